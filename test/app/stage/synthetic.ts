/**
 * A made-up cluster for tests, pictures and the benchmark: a few lines that send seeded traffic through
 * tiers of first-come-first-served replicas and write down hops and levels as the worker would.
 */

import type { Change } from '../../../src/measure/series.ts'
import type { Scenario } from '../../../src/scenario/scenario.ts'
import type { Hops, TraceWindow } from '../../../src/worker/protocol.ts'

export interface Plan {
  readonly tiers: readonly { readonly id: string; readonly replicas: number; readonly concurrency: number }[]
  readonly populations?: number
  /** Requests per second. */
  readonly rate: number
  /** Mean service time, ms. */
  readonly service: number
  /** One-way latency, ms. */
  readonly latency: number
  readonly seconds: number
  /** First node of the first tier: down from 30 % to 70 % of the time. */
  readonly crash?: boolean
  readonly queue?: number
}

interface Row {
  request: number
  from: number
  to: number
  departs: number
  arrives: number
  way: number
  outcome: number
}

const MS = 1e6

export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 4294967296
  }
}

export function hopsOf(rows: readonly Row[]): Hops {
  const sorted = [...rows].sort((a, b) => a.departs - b.departs)
  const column = <T>(make: (values: number[]) => T, read: (row: Row) => number) => make(sorted.map(read))
  return {
    count: sorted.length,
    request: column(
      (v) => Float64Array.from(v),
      (row) => row.request,
    ),
    from: column(
      (v) => Int32Array.from(v),
      (row) => row.from,
    ),
    to: column(
      (v) => Int32Array.from(v),
      (row) => row.to,
    ),
    departs: column(
      (v) => Float64Array.from(v),
      (row) => row.departs,
    ),
    arrives: column(
      (v) => Float64Array.from(v),
      (row) => row.arrives,
    ),
    way: column(
      (v) => Uint8Array.from(v),
      (row) => row.way,
    ),
    outcome: column(
      (v) => Uint8Array.from(v),
      (row) => row.outcome,
    ),
  }
}

export function syntheticWindow(plan: Plan, seed = 1): TraceWindow {
  const random = randomFrom(seed)
  const until = plan.seconds * 1e9
  const nodes = plan.tiers.reduce((sum, tier) => sum + tier.replicas, 0)
  const rows: Row[] = []
  const frames = Math.min(4000, Math.max(1, Math.round(plan.seconds * 60)))
  const step = until / frames
  const changes = { queued: new Int32Array((frames + 1) * nodes), busy: new Int32Array((frames + 1) * nodes) }
  const note = (levels: Int32Array, node: number, from: number, to: number) => {
    const a = Math.max(0, Math.ceil(from / step))
    const b = Math.max(0, Math.ceil(to / step))
    if (a >= b) return
    if (a <= frames) levels[a * nodes + node]!++
    if (b <= frames) levels[b * nodes + node]!--
  }
  const latency = () => plan.latency * MS * (0.5 + random())
  const isDown = (node: number, at: number) =>
    plan.crash === true && node === 0 && at > until * 0.3 && at < until * 0.7

  // Born and at the first balancer; then tier by tier in order of arrival.
  interface Call {
    request: number
    client: number
    at: number
    path: number[]
    times: number[]
    outcome: number
  }
  let calls: Call[] = []
  for (let at = 0, request = 0; at < until; request++) {
    at += (-Math.log(random()) / plan.rate) * 1e9
    const client = -2 - Math.floor(random() * (plan.populations ?? 1))
    const there = at + latency()
    rows.push({ request, from: client, to: -1, departs: at, arrives: there, way: 0, outcome: 0 })
    calls.push({ request, client, at: there, path: [-1], times: [], outcome: 0 })
  }
  const done: Call[] = []
  let first = 0
  for (const tier of plan.tiers) {
    const free = Array.from({ length: tier.replicas }, () => new Array<number>(tier.concurrency).fill(0))
    const next: Call[] = []
    calls.forEach((call, turn) => {
      const replica = turn % tier.replicas
      const node = first + replica
      const arrives = call.at + latency() * 0.5
      rows.push({
        request: call.request,
        from: call.path.at(-1)!,
        to: node,
        departs: call.at,
        arrives,
        way: 0,
        outcome: 0,
      })
      call.path.push(node)
      call.at = arrives
      if (isDown(node, arrives)) {
        call.outcome = 2
        done.push(call)
        return
      }
      const slots = free[replica]!
      const slot = slots.indexOf(Math.min(...slots))
      const start = Math.max(arrives, slots[slot]!)
      if (start - arrives > (plan.queue ?? 1e9) * plan.service * MS) {
        call.outcome = 4
        done.push(call)
        return
      }
      const end = start - Math.log(random()) * plan.service * MS
      slots[slot] = end
      note(changes.queued, node, arrives, start)
      note(changes.busy, node, start, end)
      call.at = end
      next.push(call)
    })
    calls = next.sort((a, b) => a.at - b.at)
    first += tier.replicas
  }
  for (const call of calls) if (random() < 0.02) call.outcome = 1
  for (const call of [...done, ...calls]) {
    const back = [...call.path, call.client]
    back.splice(0, 1)
    const stops = [call.client, ...call.path]
    let at = call.at
    for (let index = stops.length - 1; index > 0; index--) {
      const arrives = at + latency() * (index === 1 ? 1 : 0.5)
      rows.push({
        request: call.request,
        from: stops[index]!,
        to: stops[index - 1]!,
        departs: at,
        arrives,
        way: 1,
        outcome: call.outcome,
      })
      at = arrives
    }
  }
  const levels = { queued: new Uint16Array(frames * nodes), busy: new Uint16Array(frames * nodes) }
  for (const name of ['queued', 'busy'] as const) {
    for (let node = 0; node < nodes; node++) {
      let level = 0
      for (let frame = 0; frame < frames; frame++) {
        level += changes[name][frame * nodes + node]!
        levels[name][frame * nodes + node] = level
      }
    }
  }
  return {
    run: 1,
    from: 0,
    to: until,
    stride: 1,
    hops: hopsOf(rows),
    levels: { step, frames, nodes, ...levels },
  }
}

export function syntheticScenario(plan: Plan): Scenario {
  const constant = (value: number) => ({ policy: 'constant', params: { value } })
  return {
    format: 'evenkeel/1',
    name: 'Synthetic',
    summary: '',
    seed: 1,
    duration: plan.seconds * 1e9,
    warmUp: 0,
    clients: Array.from({ length: plan.populations ?? 1 }, (_, index) => ({
      id: ['shoppers', 'crawlers', 'phones', 'partners'][index] ?? `group-${index}`,
      arrivals: { policy: 'poisson', params: { rate: plan.rate / (plan.populations ?? 1) } },
      keys: constant(0),
      size: constant(1000),
      addresses: 100,
      onTimeout: 'continue',
      latency: constant(plan.latency * MS),
    })),
    tiers: plan.tiers.map((tier) => ({
      id: tier.id,
      strategy: { policy: 'least-connections', params: {} },
      replicas: Array.from({ length: tier.replicas }, (_, index) => ({
        id: `${tier.id}/${index + 1}`,
        weight: 1,
        speed: 1,
      })),
      service: {
        demand: constant(plan.service * MS),
        concurrency: tier.concurrency,
        queue: 100,
        discipline: 'fifo',
        blocking: false,
      },
      latency: constant(plan.latency * MS),
    })),
    faults: [],
    variants: [],
    expect: [],
  }
}

/** A replica of each condition, and beliefs that lag behind. */
export function syntheticChanges(plan: Plan): Change[] {
  const until = plan.seconds * 1e9
  const truth = (node: number, at: number, value: number, rate: number, errors = 0): Change => ({
    at: at * until,
    kind: 'truth',
    node,
    balancer: 0,
    value,
    rate,
    errors,
  })
  const belief = (node: number, at: number, value: number, balancer = 0): Change => ({
    at: at * until,
    kind: 'belief',
    node,
    balancer,
    value,
    rate: 0,
    errors: 0,
  })
  const changes = [truth(0, 0.3, 1, 0), belief(0, 0.45, 0), truth(0, 0.7, 0, 1), belief(0, 0.8, 1)]
  if ((plan.tiers[0]?.replicas ?? 0) > 3) {
    changes.push(truth(1, 0.3, 0, 0.2), truth(2, 0.3, 0, 1, 0.3), truth(3, 0.4, 2, 0), belief(3, 0.5, 0))
  }
  return changes.sort((a, b) => a.at - b.at)
}
