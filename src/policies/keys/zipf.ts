/**
 * Zipf's law: the k-th most popular key is asked for in proportion to 1 / k^exponent. Exact for any number of
 * keys and any exponent from 0 on, in constant time and without a table.
 *
 * Source: Hörmann & Derflinger, "Rejection-inversion to generate variates from monotone discrete
 * distributions", ACM TOMACS 6(3) (1996).
 */

import { fineUniform } from '../../base/fine.ts'
import { exp, ln } from '../../base/maths.ts'
import { expMinusOneOver, lnOnePlusOver } from '../../base/near-zero.ts'
import { round } from '../../base/round.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { count } from './count.ts'
import type { KeyChoice, KeySampler } from './key-choice.ts'

const params = {
  count,
  exponent: {
    kind: 'number',
    title: 'Exponent',
    summary: 'How unequal the keys are: 0 is uniform, web traffic mostly has 0.6 to 1.2.',
    default: 0.9,
    min: 0,
    max: 20,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** Up to this key it is worked out beforehand which part of a strip lies on the bar. */
const TABLE = 64

/** Closer to 1 than this, an exponent needs formulas that hold at 1. */
const NEAR_ONE = 1e-3

/**
 * The bars of the histogram 1 / k^s are each covered by a strip of the area under the curve 1 / x^s, from
 * k - ½ to k + ½; the curve being convex, a strip is at least as large as its bar. A place in that area is
 * drawn and taken when it falls on the bar, which is to say in the last 1 / k^s of the strip's area.
 */
function sampler({ count, exponent }: P): KeySampler {
  if (count === 1) return () => 0
  const power = 1 - exponent
  const perPower = 1 / power
  const isNearOne = Math.abs(power) < NEAR_ONE

  /** Area under the curve from 1 to x: (x^power - 1) / power, or ln x. */
  function areaTo(x: number): number {
    const lnX = ln(x)
    return lnX * expMinusOneOver(power * lnX)
  }
  /** The x up to which the area is `area`. */
  function placeOf(area: number): number {
    return exp(isNearOne ? area * lnOnePlusOver(power * area) : perPower * ln(1 + power * area))
  }
  /** Where the bar of key k begins, as an area. */
  function barOf(k: number): number {
    return areaTo(k + 0.5) - exp(-exponent * ln(k))
  }

  // The first strip is cut down to its bar, as most rejections would happen there.
  const first = areaTo(1.5) - 1
  const whole = areaTo(count + 0.5) - first
  // How far below k the bar of key k reaches; ever farther (up to ½) the larger the key.
  const reach = Float64Array.from({ length: TABLE + 1 }, (_, k) => (k < 2 ? 1 : k - placeOf(barOf(k))))

  return (random) => {
    for (;;) {
      const area = first + (1 - fineUniform(random)) * whole
      const place = placeOf(area)
      const k = Math.max(1, Math.min(count, round(place)))
      if (k - place <= reach[Math.min(k, TABLE)]! || (k > TABLE && area >= barOf(k))) return k - 1
    }
  }
}

export const zipf: KeyChoice = {
  name: 'zipf',
  title: 'Zipf',
  summary: 'A few keys are asked for very often and most hardly ever, as pages, files and accounts are.',
  source: 'Hörmann & Derflinger, "Rejection-inversion …", ACM TOMACS 6(3) (1996); Breslau et al. (1999)',
  params,
  sampler,
}
