/**
 * Tables for the ziggurat method: a falling density on x ≥ 0 is covered by 256 layers of equal area, so that
 * a draw is a layer and a place in it, nearly always accepted by one comparison of whole numbers.
 *
 * Source: Marsaglia & Tsang, "The ziggurat method for generating random variables", Journal of Statistical
 * Software 5(8) (2000). Layer 0 is the lowest: a rectangle up to the edge of layer 1 plus the tail.
 */

export const LAYERS = 256

export interface Ziggurat {
  /** Width of each layer; for layer 0 its area over its height; 0 after the last. */
  readonly width: Float64Array
  /** Width of one place, when a layer is cut into `places`. */
  readonly step: Float64Array
  /** Places below this one lie under the density wherever in the layer they are. */
  readonly sure: Int32Array
  /** The density at each width. */
  readonly height: Float64Array
}

/**
 * Builds the tables.
 * @param edge where the tail begins
 * @param area of each layer, which `edge` implies
 * @param density falling, 1 at 0
 * @param inverse of the density
 * @param places how many places a layer is cut into
 */
export function ziggurat(
  edge: number,
  area: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
  places: number,
): Ziggurat {
  const width = new Float64Array(LAYERS + 1)
  width[0] = area / density(edge)
  width[1] = edge
  for (let i = 2; i < LAYERS; i++) {
    const below = width[i - 1]!
    width[i] = inverse(density(below) + area / below)
  }
  return {
    width,
    step: Float64Array.from(width, (w) => w / places),
    sure: Int32Array.from({ length: LAYERS }, (_, i) => Math.floor((width[i + 1]! / width[i]!) * places)),
    height: Float64Array.from(width, density),
  }
}
