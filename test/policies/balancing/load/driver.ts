/** A pool and one strategy on it, driven the way that a balancer drives them. */

import { type Stream, stream } from '../../../../src/base/stream.ts'
import type { Asked, LoadReport, Pool, Strategy } from '../../../../src/policies/balancing/strategy.ts'
import type { Params } from '../../../../src/policies/policy.ts'
import type { Case, Server } from './recordings.ts'

export interface Driven<M = any> {
  readonly strategy: Strategy<M>
  readonly pool: Pool
  memory: M
  readonly random: Stream
  readonly asked: Asked
}

export function drive(strategy: Strategy<any>, weights: readonly number[], chosen: Params = {}): Driven {
  const pool: Pool = {
    size: weights.length,
    names: weights.map((_, i) => `s${i + 1}`),
    now: 0,
    ready: Int32Array.from(weights, (_, i) => i),
    readyCount: weights.length,
    isReady: new Uint8Array(weights.length).fill(1),
    weight: Float64Array.from(weights),
    inFlight: new Int32Array(weights.length),
    isFull: new Uint8Array(weights.length),
    inSystem: new Int32Array(weights.length),
  }
  const params: Record<string, Params[string]> = {}
  for (const [name, param] of Object.entries(strategy.params)) params[name] = param.default
  return {
    strategy,
    pool,
    memory: strategy.remember({ ...params, ...chosen }, pool),
    random: stream(7, 'balancing/test'),
    asked: { key: 1, text: undefined, address: 1 },
  }
}

/** Picks a replica and sends a request there; probes are answered at once. */
export function send(d: Driven): number {
  const { strategy, pool, memory } = d
  const picked = strategy.pick(pool, d.asked, memory, d.random)
  if (picked >= 0) {
    pool.inFlight[picked]!++
    pool.inSystem[picked]!++
    strategy.sent?.(pool, memory, picked)
  }
  while (strategy.toProbe !== undefined) {
    const probed = strategy.toProbe(pool, memory, d.random)
    if (probed < 0) break
    strategy.reported?.(pool, memory, probed, reportOf(pool, probed, 0))
  }
  return picked
}

/** The answer comes back, with the replica's own word on its load when it is a good one. */
export function reply(d: Driven, replica: number, latency = 1e6, failed = false): void {
  const { strategy, pool, memory } = d
  pool.inFlight[replica]!--
  pool.inSystem[replica]!--
  strategy.replied?.(pool, memory, replica, latency, failed)
  if (!failed) strategy.reported?.(pool, memory, replica, reportOf(pool, replica, latency))
}

/** Each replica has ten slots, and takes 1 ms for each request that it has. */
function reportOf({ inSystem }: Pool, replica: number, serviceTime: number): LoadReport {
  const count = inSystem[replica]!
  return {
    utilisation: Math.min(1, count / 10),
    inSystem: count,
    requestsPerSecond: 100 * (replica + 1),
    errorsPerSecond: replica,
    serviceTime,
    latency: 1e6 * (1 + count),
  }
}

/** Changes what the balancer believes of a replica, and tells the strategy if that is news. */
export function set(d: Driven, replica: number, isReady: boolean, weight = d.pool.weight[replica]!): void {
  const { pool } = d
  if ((pool.isReady[replica] === 1) === isReady && pool.weight[replica] === weight) return
  pool.weight[replica] = weight
  pool.isReady[replica] = isReady ? 1 : 0
  pool.readyCount = 0
  for (let i = 0; i < pool.size; i++) if (pool.isReady[i] === 1) pool.ready[pool.readyCount++] = i
  d.strategy.changed?.(pool, d.memory, replica)
}

/** Which of the candidates explain puts first: least score, first of equals as listed. */
export function explained(d: Driven): number {
  const scores = d.strategy.explain(d.pool, d.asked, d.memory)
  return scores.reduce((best, score) => (score.score < best.score ? score : best)).replica
}

/** One request after the other, each answered before the next; HAProxy's commands run in between. */
export function sequence(strategy: Strategy<any>, servers: readonly Server[], recorded: Case): string[] {
  const d = drive(
    strategy,
    servers.map((server) => server.weight),
  )
  const weights = servers.map((server) => server.weight)
  const isOpen = servers.map(() => true)
  return Array.from({ length: recorded.requests! }, (_, n) => {
    for (const command of recorded.stats_socket_commands_before_request?.[n] ?? []) {
      const [, name, what, value] = /^set server \w+\/(\w+) (weight|state) (\S+)$/.exec(command)!
      const i = servers.findIndex((server) => server.name === name)
      if (what === 'state') isOpen[i] = value === 'ready'
      else weights[i] = weightGiven(value!, servers[i]!.weight)
      set(d, i, isOpen[i]! && weights[i]! > 0, weights[i]! || d.pool.weight[i]!)
    }
    const first = explained(d)
    const picked = send(d)
    if (first !== picked) throw new Error(`explain says ${first}, pick ${picked}`)
    reply(d, picked)
    return servers[picked]!.name
  })
}

function weightGiven(text: string, configured: number): number {
  return text.endsWith('%') ? Math.trunc((configured * parseInt(text, 10)) / 100) : Number(text)
}

/** Requests that are opened and ended as the script says. */
export function script(strategy: Strategy<any>, servers: readonly Server[], recorded: Case): string[] {
  const d = drive(
    strategy,
    servers.map((server) => server.weight),
  )
  const at = new Map<number, number>()
  const picks: string[] = []
  for (const [step, request] of recorded.script!) {
    if (step === 'finish') {
      reply(d, at.get(request)!)
      continue
    }
    const first = explained(d)
    const picked = send(d)
    if (first !== picked) throw new Error(`explain says ${first}, pick ${picked}`)
    at.set(request, picked)
    picks.push(servers[picked]!.name)
  }
  return picks
}

/**
 * As `script`, with full replicas and one queue for all, from which each reply lets the oldest go.
 * @param known true: the strategy is told the limit; false: a full replica is made not ready
 */
export function held(
  strategy: Strategy<any>,
  servers: readonly Server[],
  recorded: Case,
  known: boolean,
): unknown[] {
  const d = drive(
    strategy,
    servers.map((server) => server.weight),
    known ? { maxconn: servers[0]!.maxconn } : {},
  )
  const at = new Map<number, number>()
  const waiting: number[] = []
  const events: unknown[] = []
  const isFull = (i: number) => d.pool.inFlight[i]! >= servers[i]!.maxconn
  const start = (request: number, word: string) => {
    const picked = send(d)
    if (!known) set(d, picked, !isFull(picked))
    at.set(request, picked)
    events.push([word, request, servers[picked]!.name])
  }
  for (const [step, request] of recorded.script!) {
    if (step === 'start' && servers.every((_, i) => isFull(i))) {
      waiting.push(request)
      events.push(['queued', request])
    } else if (step === 'start') {
      start(request, 'pick')
    } else if (waiting.includes(request)) {
      events.push(['skipped_finish', request])
    } else {
      const replica = at.get(request)!
      reply(d, replica)
      if (!known) set(d, replica, !isFull(replica))
      if (waiting.length > 0) start(waiting.shift()!, 'dequeued')
    }
  }
  return events
}
