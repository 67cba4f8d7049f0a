/** Commands of HAProxy's statistics socket that change servers while it runs. */

import { Unfit } from '../../unfit.ts'
import { believe, type HaproxyProxy } from './proxy.ts'

/**
 * Does what a command says; `{l}` stands for the name of the section.
 * @throws Unfit when it is not known
 */
export function command(p: HaproxyProxy, text: unknown): void {
  if (typeof text !== 'string') throw new Unfit('a command must be a text')
  const words = text.replaceAll('{l}', p.backend.name).trim().split(/\s+/)
  const said = words.join(' ')
  const set = /^set server (\S+)\/(\S+) (weight|state) (\S+)$/.exec(said)
  const weight = /^set weight (\S+)\/(\S+) (\S+)$/.exec(said)
  const able = /^(enable|disable) server (\S+)\/(\S+)$/.exec(said)
  const [backend, server, what, value] = set
    ? [set[1]!, set[2]!, set[3]!, set[4]!]
    : weight
      ? [weight[1]!, weight[2]!, 'weight', weight[3]!]
      : able
        ? [able[2]!, able[3]!, 'state', able[1] === 'enable' ? 'ready' : 'maint']
        : ['', '', '', '']
  if (what === '' || backend !== p.backend.name) throw new Unfit(`unknown command "${said}"`)
  const i = serverNamed(p, server)
  if (what === 'state') setState(p, i, value)
  else setWeight(p, i, value)
}

/** @throws Unfit when there is none of that name */
export function serverNamed({ backend: { servers } }: HaproxyProxy, name: unknown): number {
  const found = servers.findIndex((server) => server.name === name)
  if (found < 0) throw new Unfit(`there is no server "${String(name)}"`)
  return found
}

/** @throws Unfit when there is no such state */
export function setState(p: HaproxyProxy, server: number, state: string): void {
  if (state !== 'ready' && state !== 'drain' && state !== 'maint') throw new Unfit(`unknown state "${state}"`)
  p.admin[server] = state
  believe(p, server)
}

/** A number, or a share of the configured weight; HAProxy drops what is behind the point. */
function setWeight(p: HaproxyProxy, server: number, text: string): void {
  const { weight: configured } = p.backend.servers[server]!
  const parts = /^(\d{1,4})(%?)$/.exec(text)
  if (!parts) throw new Unfit(`"${text}" is not a weight`)
  const number = Number(parts[1])
  const weight = parts[2] === '%' ? Math.trunc((configured * number) / 100) : number
  if (weight > 256) throw new Unfit(`"${text}" is more than a weight may be`)
  if (p.backend.method.isFixed && weight !== 0 && weight !== configured) return
  p.weights[server] = weight
  believe(p, server)
}
