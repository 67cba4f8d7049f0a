/**
 * A circuit breaker for each replica: closed while all is well; open after failures in a row, or when their
 * share of the last requests is too high; half-open after a while, when a few requests may try it. If they
 * all succeed it closes, at the first that fails it opens again.
 *
 * Source: M. Nygard, Release It!, 2nd edition, chapter 5; share and half-open as in Resilience4j 2.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type Ending, GOOD, LEFT, type Watch } from './watch.ts'

const params = {
  failures: {
    kind: 'integer',
    title: 'Failures in a row',
    summary: 'So many open it; 0: they do not.',
    default: 5,
    min: 0,
    max: 1e6,
  },
  share: {
    kind: 'share',
    title: 'Share of failures',
    summary: 'It opens when this share of the last requests has failed; left out, it does not.',
    optional: true,
    min: 0,
    above: true,
    max: 1,
  },
  volume: {
    kind: 'integer',
    title: 'Last requests',
    summary: 'How many requests the share is taken of; before there are so many it does not count.',
    default: 100,
    min: 1,
    max: 100_000,
  },
  openFor: {
    kind: 'duration',
    title: 'Open for',
    summary: 'How long it is open before requests may try the replica.',
    default: 60e9,
    min: 1e6,
  },
  trials: {
    kind: 'integer',
    title: 'Trials',
    summary: 'Requests that may try it, and that must succeed.',
    default: 1,
    min: 1,
    max: 1e6,
  },
} as const satisfies ParamSpec

type Given = ParamsOf<typeof params>

const CLOSED = 0
const OPEN = 1
const HALF_OPEN = 2

interface Memory {
  readonly given: Given
  readonly state: Uint8Array
  readonly openedAt: Float64Array
  /** By replica: failures in a row; of the trials, how many were sent and how many succeeded. */
  readonly inARow: Int32Array
  readonly tried: Int32Array
  readonly succeeded: Int32Array
  /** By replica: the last results (1: failed), the next place, how many there are, how many failed. */
  readonly last: readonly Uint8Array[]
  readonly next: Int32Array
  readonly known: Int32Array
  readonly failed: Int32Array
}

export const circuitBreaker: Watch<Memory> = {
  name: 'circuit-breaker',
  title: 'Circuit breaker',
  summary: 'Opens after failures, lets a few requests try the replica after a while, closes if they succeed.',
  source: 'M. Nygard, Release It!, 2nd edition, chapter 5; Resilience4j 2.',
  params,
  remember(chosen, replicas) {
    const given = Object.freeze({ ...chosen }) as Given
    const numbers = () => new Int32Array(replicas)
    const places = given.share === undefined ? 0 : given.volume
    return {
      given,
      state: new Uint8Array(replicas),
      openedAt: new Float64Array(replicas),
      inARow: numbers(),
      tried: numbers(),
      succeeded: numbers(),
      last: Array.from({ length: replicas }, () => new Uint8Array(places)),
      next: numbers(),
      known: numbers(),
      failed: numbers(),
    }
  },
  sent(memory, replica, now) {
    halfOpen(memory, replica, now)
    if (memory.state[replica] === HALF_OPEN) memory.tried[replica]!++
  },
  ended,
  isOut(memory, replica, now) {
    halfOpen(memory, replica, now)
    const state = memory.state[replica]!
    return state === OPEN || (state === HALF_OPEN && memory.tried[replica]! >= memory.given.trials)
  },
  isOnTrial: (memory, replica) => memory.state[replica] === HALF_OPEN,
  again: (memory, replica) =>
    memory.state[replica] === OPEN ? memory.openedAt[replica]! + memory.given.openFor : Infinity,
  check(given) {
    const { failures, share } = given as Given
    return failures === 0 && share === undefined
      ? ['without failures in a row and without a share nothing opens it; say failures: 5 or share: 50%']
      : []
  },
}

function halfOpen(memory: Memory, replica: number, now: number): void {
  const { state, openedAt, given } = memory
  if (state[replica] !== OPEN || now < openedAt[replica]! + given.openFor) return
  state[replica] = HALF_OPEN
  memory.tried[replica] = 0
  memory.succeeded[replica] = 0
}

function ended(memory: Memory, replica: number, ending: Ending, _weight: number, now: number): number {
  const { state, given } = memory
  if (state[replica] === OPEN) return 0
  if (state[replica] === HALF_OPEN) tried(memory, replica, ending, now)
  else if (ending !== LEFT) {
    enter(memory, replica, ending === GOOD ? 0 : 1)
    const { share, failures, volume } = given
    const isTooMany = failures > 0 && memory.inARow[replica]! >= failures
    const isTooOften =
      share !== undefined &&
      memory.known[replica] === volume &&
      memory.failed[replica]! >= share * volume &&
      memory.failed[replica]! > 0
    if (isTooMany || isTooOften) open(memory, replica, now)
  }
  return 0
}

/** An answer while half-open; one from before it opened counts too, as a real breaker cannot tell. */
function tried(memory: Memory, replica: number, ending: Ending, now: number): void {
  if (ending === LEFT) memory.tried[replica] = Math.max(0, memory.tried[replica]! - 1)
  else if (ending !== GOOD) open(memory, replica, now)
  else if (++memory.succeeded[replica]! >= memory.given.trials) {
    memory.state[replica] = CLOSED
    forget(memory, replica)
  }
}

function open(memory: Memory, replica: number, now: number): void {
  memory.state[replica] = OPEN
  memory.openedAt[replica] = now
  forget(memory, replica)
}

function forget(memory: Memory, replica: number): void {
  memory.inARow[replica] = 0
  memory.known[replica] = 0
  memory.failed[replica] = 0
}

function enter(memory: Memory, replica: number, failure: 0 | 1): void {
  memory.inARow[replica] = failure === 0 ? 0 : memory.inARow[replica]! + 1
  const last = memory.last[replica]!
  if (last.length === 0) return
  const at = memory.next[replica]!
  if (memory.known[replica] === last.length) memory.failed[replica]! -= last[at]!
  else memory.known[replica]!++
  last[at] = failure
  memory.failed[replica]! += failure
  memory.next[replica] = (at + 1) % last.length
}
