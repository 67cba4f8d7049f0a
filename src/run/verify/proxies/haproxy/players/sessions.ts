/** Clients that stick to a server, by cookie or by stick table, while servers die, drain and come back. */

import {
  findStuck,
  type StickTable,
  stick,
  stickTable,
} from '../../../../../policies/upstream/stick-table.ts'
import { Unfit } from '../../../unfit.ts'
import { runUntil, runWhile } from '../../agenda.ts'
import { allowOnly, type Step, seconds, stepsOf, whole } from '../../case-fields.ts'
import { ANY, keyed } from '../../driven.ts'
import { compared, type NumbersAgree } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { startChecks } from '../checks.ts'
import { command } from '../commands.ts'
import { cookieFrom, serverIn, setCookie } from '../cookies.ts'
import type { HaproxyProxy } from '../proxy.ts'
import { type Answer, type Ask, request } from '../session.ts'
import { SAID, setUp } from '../setup.ts'

interface Clients {
  readonly p: HaproxyProxy
  /** By client: the Cookie header that it sends. */
  readonly cookies: Map<string, string>
  readonly table: StickTable | undefined
  /** By key, as much of it as counts: the number by which the table knows it. */
  readonly keys: Map<string, number>
  /** By server: the Set-Cookie that it sends. */
  readonly origins: Map<number, string>
}

/** Words of steps, by which such a script is known. */
export const SESSION_STEPS = new Set(['req', 'raw', 'cmd', 'mode', 'wait', 'origin_cookie', 'refuse', 'ok'])

/** Recorded seconds are rounded to 0.1. */
const agree: NumbersAgree = (expected, got, position) =>
  /\[3\]$/.test(position) ? Math.abs(expected - got) < 0.051 : expected === got

export const sessionsPlayer: Player = {
  needs: ['listen', 'script'],
  play(scene) {
    allowOnly(scene, this.needs, SAID)
    const p = setUp(scene)
    const { stick: rule } = p.backend
    const table = rule && stickTable({ size: rule.size, expiry: rule.expire * 1e6 })
    const clients: Clients = { p, cookies: new Map(), table, keys: new Map(), origins: new Map() }
    startChecks(p)
    const answers: unknown[] = []
    for (const step of stepsOf(scene)) {
      const answer = take(clients, step)
      if (answer) answers.push(answer)
    }
    const [first] = Array.isArray(scene.observed) ? (scene.observed as readonly unknown[]) : []
    const length = Array.isArray(first) ? first.length : 4
    const shown = (answers as unknown[][]).map((answer) => answer.slice(0, length))
    return compared(scene.observed, shown, agree)
  },
}

/** Does a step. @returns status, server, Set-Cookie and seconds, when it is a request */
function take(clients: Clients, step: Step): readonly unknown[] | undefined {
  const { p, origins } = clients
  const [word, first, second] = step
  switch (word) {
    case 'req':
    case 'raw':
      if (typeof first !== 'string') throw new Unfit(`"${word}" must have a text`)
      return word === 'req' ? asClient(clients, first) : ask(clients, first, undefined)
    case 'cmd':
      command(p, first)
      return undefined
    case 'mode':
      if (typeof second !== 'string') throw new Unfit('"mode" must have a mode')
      p.modes[serverAt(p, first)] = second
      return undefined
    case 'refuse':
    case 'ok':
      p.modes[serverAt(p, first)] = word
      return undefined
    case 'origin_cookie':
      if (typeof second !== 'string') throw new Unfit('"origin_cookie" must have a text')
      origins.set(serverAt(p, first), second)
      return undefined
    case 'wait':
      runUntil(p.agenda, p.agenda.now + seconds(first, 'wait') * 1000)
      return undefined
    default:
      throw new Unfit(`unknown step "${word}"`)
  }
}

/** A request of a client that keeps the cookie it was last given; its name is its key. */
function asClient(clients: Clients, client: string): readonly unknown[] {
  const answer = ask(clients, clients.cookies.get(client) ?? '', client)
  const set = answer[2]
  if (typeof set === 'string') clients.cookies.set(client, cookieFrom(set))
  return answer
}

function ask(clients: Clients, header: string, client: string | undefined): readonly unknown[] {
  const { p, table, origins } = clients
  const { backend, agenda } = p
  const { method } = backend
  if (method.hashed !== 'nothing' && method.hashed !== 'value') {
    throw new Unfit('nothing is known of what is hashed')
  }
  const key = client === undefined ? undefined : keyNumber(clients, client)
  let stuckTo = serverIn(header, backend)
  if (table && key !== undefined && stuckTo < 0) stuckTo = findStuck(table, key, agenda.now * 1e6)
  const asked = method.hashed === 'value' && client !== undefined ? keyed(client) : ANY
  const { status, server, took } = settled(p, { asked, stuckTo, serviceTime: 0 })
  if (table && key !== undefined && server >= 0) stick(table, key, server, agenda.now * 1e6)
  const set = setCookie(backend, stuckTo, server, origins.get(server))
  return [status, backend.servers[server]?.name ?? null, set ?? null, Math.round(took / 100) / 10]
}

function keyNumber({ p, keys }: Clients, client: string): number | undefined {
  const { stick: rule } = p.backend
  if (!rule) return undefined
  if (rule.header === '') throw new Unfit('nothing is known of the clients’ addresses')
  const counts = client.slice(0, rule.length)
  const number = keys.get(counts) ?? keys.size
  keys.set(counts, number)
  return number
}

/** The answer to a request, once there is one. */
function settled(p: HaproxyProxy, what: Ask): Answer {
  const answers: Answer[] = []
  request(p, what, (answer) => answers.push(answer))
  runWhile(p.agenda, () => answers.length === 0)
  return answers[0]!
}

function serverAt(p: HaproxyProxy, number: unknown): number {
  const server = whole(number, 'number of a server') - 1
  if (server < 0 || server >= p.backend.servers.length) throw new Unfit(`there is no server number ${number}`)
  return server
}
