/** The normal distribution function, for the truths that samplers are tested against. */

import { exp } from './exp.ts'

const PER_ROOT_TURN = 0.3989422804014327

/** The probability that a standard normal draw is at most `z`, to about 15 digits. */
export function normalCdf(z: number): number {
  const size = Math.abs(z)
  if (size > 38.6) return z > 0 ? 1 : 0
  const density = PER_ROOT_TURN * exp(-0.5 * z * z)
  if (size < 3) return 0.5 + density * centre(z)
  return z > 0 ? 1 - density * tail(size) : density * tail(size)
}

/** z + z³/3 + z⁵/(3·5) + …, area from 0 to z over density at z. */
function centre(z: number): number {
  let term = z
  let sum = z
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
    term *= (z * z) / i
    sum += term
  }
  return sum
}

/** Laplace's continued fraction 1/(z + 1/(z + 2/(z + 3/(z + …)))), area beyond z over density at z. */
function tail(z: number): number {
  let below = z
  for (let i = 100; i > 0; i--) below = z + i / below
  return 1 / below
}
