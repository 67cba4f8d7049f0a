/**
 * The miss ratio of caches under independent requests, by Che's approximation: an object is held when it was
 * asked for within the cache's characteristic time T, which is that in which as many objects are asked for as
 * the cache holds. FIFO and RANDOM: it is held for T after each miss.
 *
 * Source: Che, Tung & Wang, IEEE JSAC 20(7), 2002; Fricker, Robert & Roberts, ITC 24, 2012 (why it is so
 * good, and FIFO and RANDOM); Gelenbe, IEEE Trans. Comp. 22(6), 1973.
 */

import type { Chosen } from '../../policies/policy.ts'

/** Classes of keys in order of key: how many, and the share of requests for each key of a class. */
export interface Popularity {
  readonly counts: Float64Array
  readonly shares: Float64Array
}

/** Keys of higher ranks are taken together, so many of a thousand ranks. */
const ALONE = 10_000
const WIDTH = 1e-3

/** How often keys are asked for; undefined when that changes with time or depends on what went before. */
export function popularityOf({ policy, params }: Chosen): Popularity | undefined {
  const count = Number(params.count)
  if (policy === 'uniform') return classes([[count, 1]])
  if (policy === 'zipf') return zipfClasses(count, Number(params.exponent))
  if (policy !== 'hot-set' || Number(params.drift) > 0) return undefined
  const hot = Number(params.hot)
  const share = hot === count ? 1 : Number(params.share)
  return classes([
    [hot, share / hot],
    ...(count > hot ? [[count - hot, (1 - share) / (count - hot)] as const] : []),
  ])
}

/** Several populations that ask for the same keys, each at its rate. */
export function mixed(
  parts: readonly { readonly rate: number; readonly popularity: Popularity }[],
): Popularity {
  const places = parts.map(() => 0)
  const left = parts.map(({ popularity }) => popularity.counts[0] ?? 0)
  const classesOf: [number, number][] = []
  for (;;) {
    const under = left.filter((count) => count > 0)
    if (under.length === 0) return classes(classesOf)
    const count = Math.min(...under)
    let weight = 0
    for (const [i, { rate, popularity }] of parts.entries()) {
      if (left[i] === 0) continue
      weight += rate * popularity.shares[places[i]!]!
      left[i]! -= count
      if (left[i] === 0) left[i] = popularity.counts[++places[i]!] ?? 0
    }
    classesOf.push([count, weight])
  }
}

/** The miss ratio at a capacity in objects. @param isLru false: FIFO or RANDOM */
export function approximateMisses({ counts, shares }: Popularity, capacity: number, isLru: boolean): number {
  const held = (share: number, time: number) =>
    isLru ? -Math.expm1(-share * time) : (share * time) / (1 + share * time)
  const heldAt = (time: number) => counts.reduce((sum, n, i) => sum + n * held(shares[i]!, time), 0)
  const asked = counts.reduce((sum, n, i) => sum + (shares[i]! > 0 ? n : 0), 0)
  if (capacity >= asked) return 0
  let [low, high] = [0, 1]
  while (heldAt(high) < capacity) [low, high] = [high, 2 * high]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (heldAt(middle) < capacity) low = middle
    else high = middle
  }
  return counts.reduce((sum, n, i) => sum + n * shares[i]! * (1 - held(shares[i]!, high)), 0)
}

function zipfClasses(count: number, exponent: number): Popularity {
  const parts: [number, number][] = []
  for (let rank = 1; rank <= count; ) {
    const last = rank < ALONE ? rank : Math.min(count, Math.floor(rank * (1 + WIDTH)))
    parts.push([last - rank + 1, ((rank + last) / 2) ** -exponent])
    rank = last + 1
  }
  return classes(parts)
}

function classes(parts: readonly (readonly [count: number, weight: number])[]): Popularity {
  const whole = parts.reduce((sum, [count, weight]) => sum + count * weight, 0)
  return {
    counts: Float64Array.from(parts, ([count]) => count),
    shares: Float64Array.from(parts, ([, weight]) => weight / whole),
  }
}
