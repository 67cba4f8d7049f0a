/**
 * Distributions as rows write them: `{ dist: 'erlang', k: 2, mean: 1 }`, a number (always that), or words
 * ("lognormal cv=2") with the mean given elsewhere.
 */

import { gamma } from '../../base/gamma.ts'
import { exp } from '../../base/maths.ts'
import { distributions } from '../../policies/distributions/index.ts'
import type { Chosen, Params } from '../../policies/policy.ts'
import { Unfit } from './unfit.ts'

/**
 * @param scale what a row's 1 is here
 * @param mean in the row's unit, for forms that do not say it themselves
 * @throws Unfit when there is no such distribution here
 */
export function distributionFrom(form: unknown, scale: number, mean?: number): Chosen {
  if (typeof form === 'number') return chosen('constant', { value: form * scale })
  if (typeof form === 'string') return distributionFrom({ dist: form }, scale, mean)
  if (typeof form !== 'object' || form === null || !('dist' in form) || typeof form.dist !== 'string') {
    throw new Unfit(`${JSON.stringify(form)} is not a distribution`)
  }
  const [name = '', ...words] = form.dist.trim().split(/\s+/)
  const settings = Object.fromEntries(words.map((word) => word.split('=')))
  const read = fields({ ...(mean === undefined ? {} : { mean }), ...settings, ...form }, name, scale)
  const make = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (make === undefined) throw new Unfit(`there is no distribution "${name}" here`)
  const made = make(read)
  const wrong = distributions.get(made.policy).check?.(made.params) ?? []
  if (wrong.length > 0) throw new Unfit(`${name}: ${wrong.join(', ')}`)
  return made
}

interface Fields {
  has(key: string): boolean
  /** A plain number. */
  plain(key: string): number
  /** A number in the unit of the draws. */
  scaled(key: string): number
  readonly scale: number
}

function fields(form: object, name: string, scale: number): Fields {
  const plain = (key: string) => {
    const value = Object.hasOwn(form, key) ? Number((form as Record<string, unknown>)[key]) : NaN
    if (!Number.isFinite(value)) throw new Unfit(`${name} needs a number "${key}"`)
    return value
  }
  return { has: (key) => Object.hasOwn(form, key), plain, scaled: (key) => plain(key) * scale, scale }
}

const forms: Readonly<Record<string, (form: Fields) => Chosen>> = {
  deterministic: (form) => chosen('constant', { value: form.scaled(form.has('value') ? 'value' : 'mean') }),
  constant: (form) => chosen('constant', { value: form.scaled(form.has('value') ? 'value' : 'mean') }),
  exponential: (form) =>
    exponential(form.has('mean') ? form.scaled('mean') : form.scale / form.plain('rate')),
  erlang: (form) => chosen('erlang', { k: form.plain('k'), mean: form.scaled('mean') }),
  gamma(form) {
    const shape = form.plain('shape')
    return chosen('gamma', {
      shape,
      mean: form.has('mean') ? form.scaled('mean') : shape * form.scaled('scale'),
    })
  },
  lognormal(form) {
    if (form.has('mean')) return chosen('lognormal', { mean: form.scaled('mean'), cv: variation(form) })
    const square = form.plain('sigma') * form.plain('sigma')
    const mean = exp(form.plain('mu') + square / 2) * form.scale
    return chosen('lognormal', { mean, cv: Math.sqrt(exp(square) - 1) })
  },
  hyperexponential: hyper,
  hyperexponential2: hyper,
  hyperexponential2_balanced_means: hyper,
  pareto: pareto,
  bounded_pareto: pareto,
  uniform: (form) => chosen('uniform', { min: form.scaled('min'), max: form.scaled('max') }),
  two_point: (form) =>
    mixture(
      form.plain('p1'),
      [form.scaled('v1'), form.scaled('v2')].map((value) => chosen('constant', { value })),
    ),
  weibull(form) {
    const shape = form.plain('shape')
    if (form.has('mean')) return chosen('weibull', { shape, mean: form.scaled('mean') })
    return chosen('weibull', { shape, mean: form.scaled('scale') * gamma(1 + 1 / shape) })
  },
}

function exponential(mean: number): Chosen {
  return chosen('exponential', { mean })
}

function hyper(form: Fields): Chosen {
  if (form.has('p1') && form.has('mean1') && form.has('mean2')) {
    return mixture(form.plain('p1'), [exponential(form.scaled('mean1')), exponential(form.scaled('mean2'))])
  }
  return chosen('hyperexponential', { mean: form.scaled('mean'), cv: variation(form) })
}

function pareto(form: Fields): Chosen {
  const bounds = { min: form.scaled('min'), ...(form.has('max') ? { max: form.scaled('max') } : {}) }
  return chosen('pareto', { shape: form.plain(form.has('alpha') ? 'alpha' : 'shape'), ...bounds })
}

function variation(form: Fields): number {
  if (form.has('cv')) return form.plain('cv')
  if (form.has('scv')) return Math.sqrt(form.plain('scv'))
  return form.plain('sd') / form.plain('mean')
}

function mixture(first: number, parts: readonly Chosen[]): Chosen {
  return chosen('mixture', { parts: parts.map((of, i) => ({ weight: i === 0 ? first : 1 - first, of })) })
}

function chosen(policy: string, params: Params): Chosen {
  return { policy, params }
}
