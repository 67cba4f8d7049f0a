/** Uniform draws with all 53 bits of a double, where 2^-32 is too coarse: the tail of ten million keys. */

import { type Stream, uniform } from './stream.ts'

const TWO_TO_21 = 2 ** 21
const TWO_TO_MINUS_53 = 2 ** -53

/** The next two draws as one: uniform on [0, 1), a multiple of 2^-53 (seedrandom calls it `double`). */
export function fineUniform(random: Stream): number {
  return uniform(random) + Math.floor(uniform(random) * TWO_TO_21) * TWO_TO_MINUS_53
}
