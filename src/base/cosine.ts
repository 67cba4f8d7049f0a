/** The cosine of an angle given in full turns, from + - * only: the same bits in every JavaScript engine. */

const TURN = 6.283185307179586

/** cos(2π · turns), within 2 ulp for |turns| < 2^52; exact at every quarter turn. */
export function cosineOfTurns(turns: number): number {
  const t = Math.abs(turns - Math.floor(turns + 0.5))
  return t <= 0.25 ? firstQuarter(t) : -firstQuarter(0.5 - t)
}

function firstQuarter(t: number): number {
  return t <= 0.125 ? cosine(t * TURN) : sine((0.25 - t) * TURN)
}

/** Taylor series for an angle of at most an eighth of a turn, in radians. */
function cosine(x: number): number {
  const z = x * x
  const end = 1 / 479001600 - z * (1 / 87178291200 - z * (1 / 20922789888000 - z / 6402373705728000))
  const rest = z * (1 / 720 - z * (1 / 40320 - z * (1 / 3628800 - z * end)))
  return 1 - z * (1 / 2 - z * (1 / 24 - rest))
}

function sine(x: number): number {
  const z = x * x
  const end = 1 / 39916800 - z * (1 / 6227020800 - z * (1 / 1307674368000 - z / 355687428096000))
  const rest = z * (1 / 5040 - z * (1 / 362880 - z * end))
  return x - x * z * (1 / 6 - z * (1 / 120 - rest))
}
