/** Time integrals of how many servers hold at least so many requests, for the shares of servers that do. */

export interface Crowds {
  /** A request joins a server. */
  join(at: number, node: number): void
  leave(at: number, node: number): void
  mark(at: number): void
  /** Share of the servers that hold at least `size`, averaged over the time between two marks. */
  share(from: number, to: number, size: number): number
}

/**
 * @param batches how many times `mark` is called after the first
 * @param sizes that are watched
 */
export function crowds(nodes: number, batches: number, sizes: readonly number[]): Crowds {
  const width = 1 + sizes.length
  const marks = new Float64Array((batches + 1) * width)
  const holds = new Int32Array(nodes)
  const crowded = new Float64Array(sizes.length)
  const areas = new Float64Array(sizes.length)
  let since = 0
  let marked = 0

  function pass(at: number): void {
    for (let i = 0; i < sizes.length; i++) areas[i]! += crowded[i]! * (at - since)
    since = at
  }

  return {
    join(at, node) {
      const now = ++holds[node]!
      const place = sizes.indexOf(now)
      if (place < 0) return
      pass(at)
      crowded[place]!++
    },
    leave(at, node) {
      const before = holds[node]!--
      const place = sizes.indexOf(before)
      if (place < 0) return
      pass(at)
      crowded[place]!--
    },
    mark(at) {
      pass(at)
      marks[marked * width] = at
      marks.set(areas, marked++ * width + 1)
    },
    share(from, to, size) {
      const column = 1 + sizes.indexOf(size)
      const between = (c: number) => marks[to * width + c]! - marks[from * width + c]!
      return between(column) / between(0) / nodes
    },
  }
}
