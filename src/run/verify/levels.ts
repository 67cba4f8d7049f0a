/** Time integrals of how many requests are in the system and in service, with their readings at marks. */

export interface Levels {
  enter(at: number): void
  leave(at: number): void
  start(at: number, node: number): void
  stop(at: number, node: number): void
  /** Takes down the integrals so far: first, where the measured time begins, then after each batch. */
  mark(at: number): void
  /** Time from one mark to another, ns. */
  time(from: number, to: number): number
  /** Between two marks: the time average of the number in the system. */
  inSystem(from: number, to: number): number
  /** Share of the time with more in the system than `limit`, one of those that are watched. */
  above(from: number, to: number, limit: number): number
  /** Time average of the requests in service at a replica, at most its slots. */
  busy(from: number, to: number, node: number): number
}

/**
 * @param slots of each replica
 * @param batches how many times `mark` is called after the first
 * @param limits numbers in the system whose exceedance is timed
 */
export function levels(slots: readonly number[], batches: number, limits: readonly number[] = []): Levels {
  const nodes = slots.length
  const firstLimit = 2 + nodes
  const width = firstLimit + limits.length
  const marks = new Float64Array((batches + 1) * width)
  const timeAbove = new Float64Array(limits.length)
  let marked = 0
  let inSystem = 0
  let since = 0
  let area = 0
  const busy = new Int32Array(nodes)
  const busySince = new Float64Array(nodes)
  const busyArea = new Float64Array(nodes)

  function pass(at: number): void {
    const passed = at - since
    area += inSystem * passed
    for (let i = 0; i < limits.length; i++) if (inSystem > limits[i]!) timeAbove[i]! += passed
    since = at
  }
  function passBusy(at: number, node: number): void {
    busyArea[node]! += Math.min(busy[node]!, slots[node]!) * (at - busySince[node]!)
    busySince[node] = at
  }
  function between(from: number, to: number, column: number): number {
    return marks[to * width + column]! - marks[from * width + column]!
  }

  return {
    enter(at) {
      pass(at)
      inSystem++
    },
    leave(at) {
      pass(at)
      inSystem--
    },
    start(at, node) {
      passBusy(at, node)
      busy[node]!++
    },
    stop(at, node) {
      passBusy(at, node)
      busy[node]!--
    },
    mark(at) {
      pass(at)
      const row = marked++ * width
      marks[row] = at
      marks[row + 1] = area
      marks.set(timeAbove, row + firstLimit)
      for (let node = 0; node < nodes; node++) {
        passBusy(at, node)
        marks[row + 2 + node] = busyArea[node]!
      }
    },
    time: (from, to) => between(from, to, 0),
    inSystem: (from, to) => between(from, to, 1) / between(from, to, 0),
    above: (from, to, limit) => between(from, to, firstLimit + limits.indexOf(limit)) / between(from, to, 0),
    busy: (from, to, node) => between(from, to, 2 + node) / between(from, to, 0),
  }
}
