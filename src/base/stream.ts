/**
 * Random streams: seedrandom's `alea`, with its four numbers of state held as plain data so that a stream
 * can be saved, restored and forked like everything else.
 *
 * Alea (Johannes Baagøe) is a multiply-with-carry generator on plain IEEE arithmetic: 32 random bits a
 * draw, the same bits in every JavaScript engine. Seeding is left to seedrandom.
 */

import alea from 'seedrandom/lib/alea.js'

/** The state of one stream: s0, s1, s2 and the carry. */
export type Stream = Float64Array

/** A stream of its own for each purpose and entity, e.g. `stream(7, 'arrivals/shoppers')`. */
export function stream(seed: string | number, name: string): Stream {
  return seeded(`${seed}/${name}`)
}

/** The stream that seedrandom's alea gives for a text. */
export function seeded(text: string): Stream {
  const { s0, s1, s2, c } = alea(text, { state: true }).state()
  return Float64Array.of(s0, s1, s2, c)
}

/** The next draw: uniform on [0, 1), a multiple of 2^-32. */
export function uniform(random: Stream): number {
  const t = 2091639 * random[0]! + random[3]! * 2.3283064365386963e-10
  random[0] = random[1]!
  random[1] = random[2]!
  const carry = t | 0
  random[3] = carry
  const next = t - carry
  random[2] = next
  return next
}

/** A whole number from 0 to `count` - 1, each equally likely to within 2^-32 · count. */
export function below(random: Stream, count: number): number {
  return Math.floor(uniform(random) * count)
}
