/** Requests one after the other, while servers refuse, hang or answer with errors for a time. */

import { Unfit } from '../../../unfit.ts'
import { plan, runWhile } from '../../agenda.ts'
import {
  allowOnly,
  beforeRequests,
  countOf,
  numbersOf,
  seconds,
  secondsOf,
  textOf,
  whole,
} from '../../case-fields.ts'
import { ANY } from '../../driven.ts'
import { compared, type Outcome } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { isFields } from '../../read-recording.ts'
import type { Scene } from '../../recording.ts'
import { numbersOf as serverNumbers } from '../labels.ts'
import { type Answer, request } from '../proxy.ts'
import { SAID, type Setup, setUp } from '../setup.ts'

interface Sent {
  /** ms */
  readonly at: number
  readonly method: string
}

interface Change {
  readonly server: number
  readonly mode: string
}

/** Nobody fails, or servers refuse from some request on. */
export const countedPlayer: Player = {
  needs: ['upstream', 'requests'],
  play(scene) {
    const table = 'refuse_connections_from_request_index'
    const spell = ['failing', 'refuse_from_request', 'listen_again_from_request']
    const sleep = ['sleep_before_request', 'sleep_s']
    if (Array.isArray(scene.fields.requests)) return playMethods(scene)
    allowOnly(scene, [...this.needs, table, ...spell, ...sleep], SAID)
    const it = setUp(scene)
    const count = countOf(scene, 'requests')
    const changes = new Map<number, readonly Change[]>()
    for (const [before, list] of beforeRequests(scene, table)) {
      const refusing = list.map((number) => whole(number, table))
      changes.set(before, refusals(it, refusing))
    }
    if ('failing' in scene.fields) {
      const server = numbered(it, textOf(scene, 'failing'))
      changes.set(countOf(scene, 'refuse_from_request'), [{ server, mode: 'refuse' }])
      changes.set(countOf(scene, 'listen_again_from_request'), [{ server, mode: 'ok' }])
    }
    const sleeps = 'sleep_s' in scene.fields
    const from = sleeps ? countOf(scene, 'sleep_before_request') : Infinity
    const pause = sleeps ? secondsOf(scene, 'sleep_s') * 1000 : 0
    const requests = Array.from({ length: count }, (_, n) => ({ at: n >= from ? pause : 0, method: 'GET' }))
    return play(scene, it, requests, changes)
  },
}

/** From then on exactly these refuse, all others take requests. */
function refusals({ labels }: Setup, refusing: readonly number[]): readonly Change[] {
  const numbers = serverNumbers(labels)
  const unknown = refusing.find((number) => !numbers.includes(number))
  if (unknown !== undefined) throw new Unfit(`there is no server number ${unknown}`)
  return numbers.map((number, server) => ({ server, mode: refusing.includes(number) ? 'refuse' : 'ok' }))
}

function playMethods(scene: Scene): Outcome {
  allowOnly(scene, ['upstream', 'requests', 'modes'], SAID)
  const it = setUp({ ...scene, fields: { ...scene.fields, servers: undefined } })
  const modes = scene.fields.modes ?? {}
  if (!isFields(modes)) throw new Unfit('"modes" must be an object')
  const changes = Object.entries(modes).map(([label, mode]) => {
    if (typeof mode !== 'string') throw new Unfit(`"modes" must have a text for ${label}`)
    return { server: numbered(it, label), mode }
  })
  const requests = (scene.fields.requests as readonly unknown[]).flatMap((entry) => {
    if (!isFields(entry) || typeof entry.method !== 'string') throw new Unfit('"requests" must have methods')
    const { method } = entry
    return Array.from({ length: whole(entry.count, 'count') }, () => ({ at: 0, method }))
  })
  return play(scene, it, requests, new Map([[0, changes]]))
}

/** Requests at given times; servers change at given times. */
export const timedPlayer: Player = {
  needs: ['upstream', 'request_at_s'],
  play(scene) {
    allowOnly(scene, [...this.needs, 'backend_mode_changes'], SAID)
    const it = setUp(scene)
    const { proxy } = it
    const changes = scene.fields.backend_mode_changes ?? []
    if (!Array.isArray(changes)) throw new Unfit('"backend_mode_changes" must be a list')
    for (const change of changes as readonly unknown[]) {
      if (!isFields(change)) throw new Unfit('"backend_mode_changes" must be a list of objects')
      const { at_s: at, server: label, mode } = change
      if (typeof label !== 'string' || typeof mode !== 'string') {
        throw new Unfit('"backend_mode_changes" must have "at_s", "server" and "mode" each')
      }
      const server = numbered(it, label)
      plan(proxy.agenda, seconds(at, 'at_s') * 1000, () => {
        proxy.modes[server] = mode
      })
    }
    const answers: Answer[] = []
    numbersOf(scene, 'request_at_s').forEach((at, n) => {
      plan(proxy.agenda, at * 1000, () =>
        request(proxy, ANY, 'GET', (answer) => {
          answers[n] = answer
        }),
      )
    })
    runWhile(proxy.agenda, () => true)
    return compared(scene.observed, shown(scene, it, answers))
  },
}

/** Each request begins when the one before has been answered, or later. */
function play(
  scene: Scene,
  it: Setup,
  requests: readonly Sent[],
  changes: ReadonlyMap<number, readonly Change[]>,
): Outcome {
  const { proxy } = it
  if (proxy.block.hashed !== '') throw new Unfit('the requests have nothing to be hashed')
  const answers = requests.map(({ at, method }, n) => {
    for (const { server, mode } of changes.get(n) ?? []) proxy.modes[server] = mode
    proxy.agenda.now = Math.max(proxy.agenda.now, at)
    const got: Answer[] = []
    request(proxy, ANY, method, (answer) => got.push(answer))
    runWhile(proxy.agenda, () => true)
    return got[0]!
  })
  return compared(scene.observed, shown(scene, it, answers))
}

/** Answers in the form in which the recording has them. */
function shown(
  { observed }: Scene,
  { proxy, labels }: Setup,
  answers: readonly Answer[],
): readonly unknown[] {
  const list = Array.isArray(observed) ? (observed as readonly unknown[]) : []
  return answers.map(({ status, tried: servers, statuses, took }, n) => {
    const tried = servers.map((server) => (server < 0 ? proxy.block.name : labels[server]!))
    const texts = statuses.map(String)
    const recorded = list[n]
    if (typeof recorded === 'string') return tried.join(', ')
    if (isFields(recorded)) return { status, tried, upstream_status: texts }
    const timed = Array.isArray(recorded) && recorded.length > 3
    return [status, tried, texts, ...(timed ? [Math.round(took / 100) / 10] : [])]
  })
}

function numbered({ labels }: Setup, label: string): number {
  const server = labels.indexOf(label)
  if (server < 0) throw new Unfit(`there is no server "${label}"`)
  return server
}
