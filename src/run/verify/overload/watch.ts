/** What is noted of every request of a run about tries: how many there were, how it ended, how long it took. */

import { CODE, OBJECT, SUBJECT, VALUE } from '../../../base/fact-rows.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { quantileOfSorted } from '../../../measure/quantile.ts'
import { OK, SENT, SETTLED } from '../../../model/facts.ts'
import { UNIT } from '../units.ts'
import { type Measured, STANDARD_ERRORS } from '../verdict.ts'

export interface Watched extends Probe {
  /** By request: calls to the node that is watched, 1 when it succeeded, ns. */
  readonly calls: Float64Array
  readonly succeeded: Float64Array
  readonly latency: Float64Array
}

/** @param node whose calls are counted */
export function watch(n: number, node: number): Watched {
  const calls = new Float64Array(n)
  const succeeded = new Float64Array(n)
  const latency = new Float64Array(n)
  return {
    calls,
    succeeded,
    latency,
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const code = int[(row << 3) + CODE]!
        const request = Math.floor(num[(row << 2) + SUBJECT]!)
        if ((code & 255) === SENT && int[(row << 3) + OBJECT] === node) calls[request]!++
        else if ((code & 255) === SETTLED) {
          succeeded[request] = code >> 8 === OK ? 1 : 0
          latency[request] = num[(row << 2) + VALUE]!
        }
      }
    },
  }
}

/** The mean of independent observations. */
export function meanOf(values: Float64Array, scale = 1): Measured {
  const n = values.length
  const value = values.reduce((sum, x) => sum + x, 0) / n
  const squares = values.reduce((sum, x) => sum + (x - value) * (x - value), 0)
  const error = Math.sqrt(squares / Math.max(1, n - 1) / n) / scale
  const mean = value / scale
  return { value: mean, n, error, low: mean - 2 * error, high: mean + 2 * error }
}

/** A quantile of independent observations, in units. */
export function quantileOf(values: Float64Array, share: number): Measured {
  const ascending = values.slice().sort()
  const n = values.length
  const at = (p: number) => quantileOfSorted(ascending, Math.min(1, Math.max(0, p))) / UNIT
  const spread = Math.sqrt((share * (1 - share)) / n)
  return {
    value: at(share),
    n,
    error: (at(share + spread) - at(share - spread)) / 2,
    low: at(share - 2 * spread),
    high: at(share + 2 * spread),
    around: [at(share - STANDARD_ERRORS * spread), at(share + STANDARD_ERRORS * spread)],
  }
}
