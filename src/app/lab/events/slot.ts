/** Which stretch of time the log shows: on a fixed grid for each power of two of speed, as the stage's windows. */

export interface LogSlot {
  readonly from: number
  readonly to: number
}

/** Simulated time that a log shows at ordinary speed, ns. */
const LENGTH = 2e9

export function logSlotAt(at: number, speed: number, duration: number): LogSlot {
  const length = LENGTH * 2 ** Math.max(0, Math.ceil(Math.log2(speed)))
  const index = Math.floor(Math.min(at, Math.max(0, duration - 1)) / length)
  return { from: index * length, to: Math.min(duration, (index + 1) * length - 1) }
}

/** The last row at or before an instant; -1: none. */
export function rowAt(instants: Float64Array, at: number): number {
  let low = 0
  let high = instants.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (instants[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
