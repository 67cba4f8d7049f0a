/** The registry of distributions, and what one asks of a chosen one. */

import { registry } from '../../base/registry.ts'
import type { Chosen } from '../policy.ts'
import { constant } from './constant.ts'
import type { Distribution, Sampler } from './distribution.ts'
import { empirical } from './empirical.ts'
import { erlang } from './erlang.ts'
import { exponential } from './exponential.ts'
import { gamma } from './gamma.ts'
import { geometric } from './geometric.ts'
import { hyperexponential } from './hyperexponential.ts'
import { lognormal } from './lognormal.ts'
import { mixtureOf } from './mixture.ts'
import { pareto } from './pareto.ts'
import { uniform } from './uniform.ts'
import { weibull } from './weibull.ts'

const mixture = mixtureOf((of) => distributions.get(of.policy))

export const distributions = registry<Distribution>('distribution', [
  constant,
  uniform,
  exponential,
  erlang,
  hyperexponential,
  lognormal,
  pareto,
  weibull,
  gamma,
  geometric,
  empirical,
  mixture,
])

/** Compiles a chosen distribution; a sampler holds no state and may be made again at any time. */
export function samplerOf(chosen: Chosen): Sampler {
  return distributions.get(chosen.policy).sampler(chosen.params)
}

/** The expected value, in the unit of the values; Infinity where there is none. */
export function meanOf(chosen: Chosen): number {
  return distributions.get(chosen.policy).mean(chosen.params)
}

/** The variance, in the square of that unit; Infinity where there is none. */
export function varianceOf(chosen: Chosen): number {
  return distributions.get(chosen.policy).variance(chosen.params)
}

/** The probability of a draw of at most `x`. */
export function cdfOf(chosen: Chosen, x: number): number {
  return distributions.get(chosen.policy).cdf(chosen.params, x)
}
