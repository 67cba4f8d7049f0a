/** A hash ring of 32 bits: points in ascending order, each with the replica that stands there. */

/** Never changed once made, so that all copies of a memory share it: freeze what holds it. */
export interface Ring {
  readonly points: Uint32Array
  readonly owners: Int32Array
}

/** Replicas that fit beside a point of 32 bits in the 53 of a double. */
const REPLICAS = 2 ** 21

/** A point and its replica as one number that sorts by point, then by replica. */
export function packed(point: number, replica: number): number {
  return point * REPLICAS + replica
}

/** A ring of packed points, which are put in order in place. */
export function ringOf(pairs: Float64Array): Ring {
  pairs.sort()
  const points = new Uint32Array(pairs.length)
  const owners = new Int32Array(pairs.length)
  for (let i = 0; i < pairs.length; i++) {
    points[i] = Math.floor(pairs[i]! / REPLICAS)
    owners[i] = pairs[i]! - points[i]! * REPLICAS
  }
  return Object.freeze({ points, owners })
}

/** The place of the first point at or after the hash; the number of points when there is none. */
export function atOrAfter(points: Uint32Array, hash: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle]! < hash) low = middle + 1
    else high = middle
  }
  return low
}

/** What share of the ring falls to each replica, when a hash goes to the first point at or after it. */
export function sharesOf({ points, owners }: Ring, size: number): Float64Array {
  const shares = new Float64Array(size)
  for (let i = 0; i < points.length; i++) {
    const before = i === 0 ? points[points.length - 1]! - 2 ** 32 : points[i - 1]!
    shares[owners[i]!]! += (points[i]! - before) / 2 ** 32
  }
  return shares
}
