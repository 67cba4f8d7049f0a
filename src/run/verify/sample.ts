/**
 * What happened to each of the requests W+1 … W+N of a run, in the order in which they arrived, and how many
 * were in the system and in service over the time in which they arrived; in batches of equal numbers of
 * requests, for standard errors.
 *
 * By order of arrival, because cutting at an instant would leave out the slowest.
 */

import { CODE, OBJECT, SUBJECT, VALUE } from '../../base/fact-rows.ts'
import type { Probe } from '../../engine/fact-log.ts'
import {
  ARRIVED,
  FORWARDED,
  OK,
  PHASE_HANDSHAKE,
  PHASE_SERVICE,
  REPLIED,
  SENT,
  SET_UP,
  SETTLED,
  STARTED,
  WAITED,
} from '../../model/facts.ts'
import { type Crowds, crowds } from './crowds.ts'
import { type Levels, levels } from './levels.ts'

export const BATCHES = 32

export interface SampleOptions {
  /** Requests left out at the start. */
  readonly warmUp: number
  /** Requests measured: a multiple of `BATCHES`. */
  readonly n: number
  /** Requests that each replica serves at once. */
  readonly slots: readonly number[]
  /** For the share of time with more requests in the system than one of these. */
  readonly limits: readonly number[]
  /** For the share of servers with at least one of these numbers of requests. */
  readonly sizes: readonly number[]
  /** Whether to note when each request arrived. */
  readonly times: boolean
  /** The work of one request after the other, in order of birth, ns. */
  readonly nextDemand?: (() => number) | undefined
}

export interface Sample extends Probe {
  readonly n: number
  readonly slots: readonly number[]
  /** By place in order of arrival: latency, ns; NaN unless it succeeded. */
  readonly sojourn: Float64Array
  /** Instant; empty unless `times` are noted. */
  readonly arrived: Float64Array
  /** Time in queues, ns, however it ended. */
  readonly wait: Float64Array
  /** Outcome, see facts. */
  readonly outcome: Uint8Array
  /** 1 where the request woke a replica up. */
  readonly woke: Uint8Array
  /** Work, ns; empty unless there is a `nextDemand`. */
  readonly demand: Float64Array
  readonly levels: Levels
  readonly crowds: Crowds
}

export function sampler(options: SampleOptions): Sample {
  const { warmUp, n, times, nextDemand } = options
  const perBatch = n / BATCHES
  const sojourn = new Float64Array(n).fill(NaN)
  const arrivedAt = new Float64Array(times ? n : 0)
  const wait = new Float64Array(n)
  const outcome = new Uint8Array(n).fill(255)
  const woke = new Uint8Array(n)
  const demand = new Float64Array(nextDemand ? n : 0)
  const over = levels(options.slots, BATCHES, options.limits)
  const crowd = crowds(options.slots.length, BATCHES, options.sizes)
  const isCrowdWatched = options.sizes.length > 0

  function arrived(at: number, place: number): void {
    const work = nextDemand?.()
    if (place >= 0 && place <= n && place % perBatch === 0) {
      over.mark(at)
      crowd.mark(at)
    }
    over.enter(at)
    if (times && place >= 0 && place < n) arrivedAt[place] = at
    if (work !== undefined && place >= 0 && place < n) demand[place] = work
  }

  function settled(at: number, place: number, latency: number, how: number): void {
    over.leave(at)
    if (place < 0 || place >= n) return
    outcome[place] = how
    if (how === OK) sojourn[place] = latency
  }

  return {
    n,
    slots: options.slots,
    sojourn,
    arrived: arrivedAt,
    wait,
    outcome,
    woke,
    demand,
    levels: over,
    crowds: crowd,
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const n4 = row << 2
        const n8 = row << 3
        const at = num[n4]!
        const place = num[n4 + SUBJECT]! - warmUp
        const detail = int[n8 + CODE]! >> 8
        switch (int[n8 + CODE]! & 255) {
          case ARRIVED:
            arrived(at, place)
            break
          case WAITED:
            if (place >= 0 && place < n) wait[place] = num[n4 + VALUE]!
            break
          case SETTLED:
            settled(at, place, num[n4 + VALUE]!, detail)
            break
          case STARTED:
            over.start(at, int[n8 + OBJECT]!)
            break
          case FORWARDED:
            if (detail === 0) over.stop(at, int[n8 + OBJECT]!)
            break
          case SENT:
            if (isCrowdWatched) crowd.join(at, int[n8 + OBJECT]!)
            break
          case REPLIED:
            if (detail >> 4 === PHASE_SERVICE || detail >> 4 === PHASE_HANDSHAKE)
              over.stop(at, int[n8 + OBJECT]!)
            if (isCrowdWatched) crowd.leave(at, int[n8 + OBJECT]!)
            break
          case SET_UP:
            if (place >= 0 && place < n) woke[place] = 1
            break
          default:
        }
      }
    },
  }
}
