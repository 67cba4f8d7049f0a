/** How long enough replicas are up, read off what truly happens to them, in batches of equal time. */

import { CODE, OBJECT } from '../../../base/fact-rows.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { HEALTH_UP, TRUTH } from '../../../model/facts.ts'

export interface Outages extends Probe {
  /** Share of the time of some batches in which enough replicas were up. */
  availability(from: number, to: number): number
  /** Outages that began in them. */
  count(from: number, to: number): number
  /** Time without enough replicas, ns. */
  downTime(from: number, to: number): number
}

/**
 * @param needed replicas that must be up
 * @param start when the first batch begins, ns
 * @param length of a batch, ns
 */
export function outages(
  replicas: number,
  needed: number,
  { start, length, batches }: { readonly start: number; readonly length: number; readonly batches: number },
): Outages {
  const isUp = new Uint8Array(replicas).fill(1)
  const began = new Float64Array(batches)
  const down = new Float64Array(batches)
  let up = replicas
  let since = 0
  const batchAt = (at: number) => Math.floor((at - start) / length)

  /** Time from `since` to `at` without enough replicas, dealt out to the batches. */
  function pass(at: number): void {
    for (let from = Math.max(since, start); from < at; ) {
      const batch = batchAt(from)
      if (batch >= batches) break
      const to = Math.min(at, start + (batch + 1) * length)
      down[batch]! += to - from
      from = to
    }
  }

  function changes(at: number, node: number, isNowUp: boolean): void {
    if ((isUp[node] === 1) === isNowUp) return
    const wasEnough = up >= needed
    isUp[node] = isNowUp ? 1 : 0
    up += isNowUp ? 1 : -1
    const isEnough = up >= needed
    if (wasEnough === isEnough) return
    if (isEnough) pass(at)
    else if (at >= start && batchAt(at) < batches) began[batchAt(at)]!++
    since = at
  }

  const sum = (of: Float64Array, from: number, to: number) => of.subarray(from, to).reduce((a, b) => a + b, 0)
  return {
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const code = int[(row << 3) + CODE]!
        if ((code & 255) !== TRUTH) continue
        changes(num[row << 2]!, int[(row << 3) + OBJECT]!, code >> 8 === HEALTH_UP)
      }
    },
    availability: (from, to) => 1 - sum(down, from, to) / ((to - from) * length),
    count: (from, to) => sum(began, from, to),
    downTime: (from, to) => sum(down, from, to),
  }
}
