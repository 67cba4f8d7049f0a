/** A hash ring of 64 bits: points in ascending order as high and low words, each with its replica. */

/** Never changed once made: freeze what holds it. */
export interface Ring64 {
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly owners: Int32Array
}

/** A ring of points in any order. */
export function ring64(high: Uint32Array, low: Uint32Array, owners: Int32Array): Ring64 {
  const order = Uint32Array.from(owners, (_, i) => i)
  order.sort((a, b) => high[a]! - high[b]! || low[a]! - low[b]! || a - b)
  return Object.freeze({
    high: Uint32Array.from(order, (i) => high[i]!),
    low: Uint32Array.from(order, (i) => low[i]!),
    owners: Int32Array.from(order, (i) => owners[i]!),
  })
}

/** The place of the first point at or after the hash, round the end to the first. */
export function placeOf(ring: Ring64, high: number, low: number): number {
  let from = 0
  let to = ring.owners.length
  while (from < to) {
    const middle = (from + to) >>> 1
    const isBefore = ring.high[middle]! < high || (ring.high[middle] === high && ring.low[middle]! < low)
    if (isBefore) from = middle + 1
    else to = middle
  }
  return from === ring.owners.length ? 0 : from
}

/** What share of the ring falls to each replica, to within 2^-32 a point. */
export function shares64({ high, owners }: Ring64, size: number): Float64Array {
  const shares = new Float64Array(size)
  for (let i = 0; i < owners.length; i++) {
    const before = i === 0 ? high[owners.length - 1]! - 2 ** 32 : high[i - 1]!
    shares[owners[i]!]! += (high[i]! - before) / 2 ** 32
  }
  return shares
}
