/**
 * What was true of each replica, and what the balancers believed of it, at any instant: the changes of a
 * run folded up to there. Forward it continues; backward it starts over, which for 100,000 changes is
 * still well under a frame.
 */

import type { Change } from '../../measure/series.ts'

/** Columns by node. */
export interface HealthState {
  readonly health: Uint8Array
  /** Work done per second of time. */
  readonly rate: Float64Array
  /** Share of requests that fail. */
  readonly errors: Float64Array
  /** How many balancers believe it to be out. */
  readonly out: Uint16Array
  /** outAt[balancer * reach + node]: 1 when that balancer in front believes it to be out. */
  readonly outAt: Uint8Array
  /** Replicas that the balancers in front send to: those of the first tier. */
  readonly reach: number
  /** How many changes have happened: equal numbers mean equal states. */
  readonly changes: number
}

export interface HealthHistory {
  /** The state at an instant; one object, written over by the next call. */
  stateAt(at: number): HealthState
}

const TRUTH = 0
const BELIEF = 1

/** @param speeds the rate of each node while nothing ails it */
export function healthHistory(
  changes: readonly Change[],
  speeds: Float64Array,
  fronts = 1,
  reach = 0,
): HealthHistory {
  const nodes = speeds.length
  const columns = toColumns(changes)
  const health = new Uint8Array(nodes)
  const rate = speeds.slice()
  const errors = new Float64Array(nodes)
  const out = new Uint16Array(nodes)
  const outAt = new Uint8Array(fronts * reach)
  const state = { health, rate, errors, out, outAt, reach, changes: 0 }

  function reset(): void {
    health.fill(0)
    rate.set(speeds)
    errors.fill(0)
    out.fill(0)
    outAt.fill(0)
    state.changes = 0
  }
  function apply(change: number): void {
    const node = columns.node[change]!
    if (columns.kind[change] === BELIEF) {
      out[node] = out[node]! + columns.value[change]!
      const balancer = columns.balancer[change]!
      if (balancer < fronts && node < reach) outAt[balancer * reach + node] = columns.isOut[change]!
      return
    }
    health[node] = columns.value[change]!
    rate[node] = columns.rate[change]!
    errors[node] = columns.errors[change]!
  }
  return {
    stateAt(at) {
      const { at: times } = columns
      if (state.changes > 0 && times[state.changes - 1]! > at) reset()
      while (state.changes < times.length && times[state.changes]! <= at) apply(state.changes++)
      return state
    },
  }
}

/** Beliefs become steps of how many balancers believe the node to be out: +1, -1 or, said twice, 0. */
function toColumns(changes: readonly Change[]) {
  const count = changes.length
  const columns = {
    at: new Float64Array(count),
    kind: new Uint8Array(count),
    node: new Int32Array(count),
    value: new Int8Array(count),
    balancer: new Int32Array(count),
    isOut: new Uint8Array(count),
    rate: new Float64Array(count),
    errors: new Float64Array(count),
  }
  const isOut = new Set<string>()
  changes.forEach((change, index) => {
    columns.at[index] = change.at
    columns.node[index] = change.node
    columns.kind[index] = change.kind === 'truth' ? TRUTH : BELIEF
    columns.value[index] = change.value
    columns.rate[index] = change.rate
    columns.errors[index] = change.errors
    columns.balancer[index] = change.balancer
    columns.isOut[index] = change.value === 0 ? 1 : 0
    if (change.kind === 'truth') return
    const pair = `${change.balancer} ${change.node}`
    const was = isOut.has(pair)
    const is = change.value === 0
    columns.value[index] = Number(is) - Number(was)
    if (is) isOut.add(pair)
    else isOut.delete(pair)
  })
  return columns
}
