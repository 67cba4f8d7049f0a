/** The capacities at which a miss-ratio curve is worked out. */

/** So many are worked out at most. */
export const MOST_CAPACITIES = 64

const ROUND = [1, 2, 5]

/** Round ones (1, 2, 5, 10, … objects; powers of two of bytes) from `from` to `to`, these two included. */
export function between(from: number, to: number, unit: 'objects' | 'bytes'): number[] {
  const found = new Set([from])
  if (unit === 'bytes') for (let size = 1; size < to; size *= 2) add(size)
  else for (let power = 1; power < to; power *= 10) for (const digit of ROUND) add(digit * power)
  found.add(to)
  return thinned([...found].sort((a, b) => a - b))

  function add(size: number): void {
    if (size > from && size < to) found.add(size)
  }
}

/**
 * Those that show the whole curve: from a thousandth of what is asked for to all of it.
 * @param own what the tier has, which is among them; undefined: nothing
 */
export function usualCapacities(all: number, unit: 'objects' | 'bytes', own: number | undefined): number[] {
  const from = Math.max(1, Math.floor(all / 1000))
  const wanted = between(Math.min(from, all), Math.max(1, all), unit)
  return [...new Set(own === undefined ? wanted : [...wanted, own])].sort((a, b) => a - b)
}

/** Too many are thinned out evenly; both ends stay. */
function thinned(sorted: readonly number[]): number[] {
  const most = MOST_CAPACITIES
  if (sorted.length <= most) return [...sorted]
  return Array.from({ length: most }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (most - 1))]!)
}
