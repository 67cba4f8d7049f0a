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

/**
 * The bars of the histogram 1 / k^s are each covered by a strip of the area under the curve 1 / x^s, from
 * k - ½ to k + ½; the curve being convex, a strip is at least as large as its bar. A place in that area is
 * drawn and taken when it falls on the bar, which is to say in the last 1 / k^s of the strip's area.
 */
function sampler({ count, exponent }: P): KeySampler {
  if (count === 1) return () => 0
  const power = 1 - exponent

  /** Area under the curve from 1 to x: (x^power - 1) / power, or ln x. */
  function areaTo(x: number): number {
    const lnX = ln(x)
    return lnX * expMinusOneOver(power * lnX)
  }
  /** The x up to which the area is `area`. */
  function placeOf(area: number): number {
    return exp(area * lnOnePlusOver(power * area))
  }
  function bar(k: number): number {
    return exp(-exponent * ln(k))
  }

  // The first strip is cut down to its bar exactly, as nearly all rejections would happen there.
  const first = areaTo(1.5) - 1
  const whole = areaTo(count + 0.5) - first
  // A place at most this far below its key is on the bar whatever the key; found for key 2, where it is tightest.
  const alwaysOn = 2 - placeOf(areaTo(2.5) - bar(2))

  return (random) => {
    for (;;) {
      const area = first + (1 - fineUniform(random)) * whole
      const place = placeOf(area)
      const k = Math.max(1, Math.min(count, Math.round(place)))
      if (k - place <= alwaysOn || area >= areaTo(k + 0.5) - bar(k)) return k - 1
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
