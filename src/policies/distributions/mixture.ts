/** A mixture: each draw comes from one of several distributions, chosen by weight. */

import { uniform } from '../../base/stream.ts'
import type { Chosen, ParamSpec, ParamsOf, Part } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  parts: {
    kind: 'parts',
    title: 'Parts',
    summary: 'Distributions with weights; only the ratio of the weights matters.',
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

function totalWeight(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.weight, 0)
}

/** @param resolve finds the distribution that a part names; the registry hands it in, being built last */
export function mixtureOf(resolve: (of: Chosen) => Distribution): Distribution {
  function average(parts: readonly Part[], figure: (part: Part, of: Distribution) => number): number {
    const sum = parts.reduce((sum, part) => {
      return part.weight > 0 ? sum + part.weight * figure(part, resolve(part.of)) : sum
    }, 0)
    return sum / totalWeight(parts)
  }
  const mean = ({ parts }: P) => average(parts, (part, of) => of.mean(part.of.params))

  return {
    name: 'mixture',
    title: 'Mixture',
    summary: 'Several kinds of request in one stream: each draw comes from one of the parts, by weight.',
    source: 'Devroye, "Non-Uniform Random Variate Generation", II.4 (composition)',
    params,
    sampler({ parts }: P) {
      const samplers = parts.map((part) => resolve(part.of).sampler(part.of.params))
      const bounds = new Float64Array(parts.length)
      let sum = 0
      parts.forEach((part, i) => {
        sum += part.weight
        bounds[i] = sum
      })
      return (random) => {
        const place = uniform(random) * sum
        let i = 0
        while (place >= bounds[i]!) i++
        return samplers[i]!(random)
      }
    },
    mean,
    variance(of: P) {
      const centre = mean(of)
      if (centre === Infinity) return Infinity
      return average(of.parts, (part, of) => {
        const off = of.mean(part.of.params) - centre
        return of.variance(part.of.params) + off * off
      })
    },
    cdf: ({ parts }: P, x) => average(parts, (part, of) => of.cdf(part.of.params, x)),
    check({ parts }: P) {
      if (parts.some(({ weight }) => !(weight >= 0))) return ['weights must not be negative']
      return totalWeight(parts) > 0 ? [] : ['parts must have at least one entry with a weight above 0']
    },
  }
}
