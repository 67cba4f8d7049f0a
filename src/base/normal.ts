/**
 * Normal draws by a ziggurat of 256 layers: in 98.5 % of the cases one draw of the stream (8 of its 32 bits
 * name a layer, one the sign, 23 a place in the layer).
 */

import { exp } from './exp.ts'
import { exponential } from './exponential.ts'
import { ln } from './ln.ts'
import { type Stream, uniform } from './stream.ts'
import { ziggurat } from './ziggurat.ts'

/** Where the tail begins, and the area of each of 256 layers: solved so that the top layer ends at 1. */
const EDGE = 3.654152885361009
const AREA = 0.004928673233974655

const { step, sure, height } = ziggurat(
  EDGE,
  AREA,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * ln(y)),
  2 ** 23,
)

/** A draw of the normal distribution with mean 0 and standard deviation 1. */
export function normal(random: Stream): number {
  const bits = uniform(random) * 4294967296
  const layer = bits & 255
  const place = (bits | 0) >>> 9
  const x = (place + 0.5) * step[layer]!
  const size = place < sure[layer]! ? x : unsure(random, layer, x)
  if (size < 0) return normal(random)
  // 1 or -1, without a branch that the processor would mispredict every other time
  return size * (1 - ((bits >> 7) & 2))
}

/** The size of a draw that fell on the edge of its layer; below 0 when it is refused. */
function unsure(random: Stream, layer: number, x: number): number {
  if (layer === 0) return tail(random)
  const low = height[layer]!
  const high = height[layer + 1]!
  return low + uniform(random) * (high - low) < exp(-0.5 * x * x) ? x : -1
}

/** A draw beyond the edge, by Marsaglia's method (1964): an exponential held against another. */
function tail(random: Stream): number {
  for (;;) {
    const beyond = exponential(random) / EDGE
    if (2 * exponential(random) > beyond * beyond) return EDGE + beyond
  }
}
