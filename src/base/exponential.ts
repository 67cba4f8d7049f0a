/**
 * Exponential draws by a ziggurat of 256 layers: in 97.8 % of the cases one draw of the stream (8 of its 32
 * bits name a layer, 24 a place in it), one multiplication and one comparison.
 */

import { exp } from './exp.ts'
import { ln } from './ln.ts'
import { type Stream, uniform } from './stream.ts'
import { ziggurat } from './ziggurat.ts'

/** Where the tail begins, and the area of each of 256 layers: solved so that the top layer ends at 1. */
const EDGE = 7.69711747013105
const AREA = 0.003949659822581557

const { step, sure, height } = ziggurat(
  EDGE,
  AREA,
  (x) => exp(-x),
  (y) => -ln(y),
  2 ** 24,
)

/** An exponential draw of mean 1; multiply by the mean wanted. Never 0. */
export function exponential(random: Stream): number {
  const bits = uniform(random) * 4294967296
  const layer = bits & 255
  const place = (bits | 0) >>> 8
  const x = (place + 0.5) * step[layer]!
  return place < sure[layer]! ? x : unsure(random, layer, x)
}

/** The draw fell on the edge of its layer: in the tail, or to be held against the density itself. */
function unsure(random: Stream, layer: number, x: number): number {
  // Beyond the edge an exponential is exponential again.
  if (layer === 0) return EDGE + exponential(random)
  const low = height[layer]!
  const high = height[layer + 1]!
  return low + uniform(random) * (high - low) < exp(-x) ? x : exponential(random)
}
