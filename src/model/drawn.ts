/** What is drawn while the cluster runs, made from what the scenario says. */

import type { Stream } from '../base/stream.ts'
import { samplerOf } from '../policies/distributions/index.ts'
import type { Chosen } from '../policies/policy.ts'
import type { Drawn } from './cluster.ts'

/** The same, so many times as long. */
export function times(what: Drawn, factor: number): Drawn {
  if (factor === 1) return what
  const { constant, sampler } = what
  return Object.freeze({
    constant: constant >= 0 ? Math.round(constant * factor) : -1,
    sampler: (random: Stream) => sampler(random) * factor,
  })
}

export function drawn(chosen: Chosen): Drawn {
  const constant = chosen.policy === 'constant' ? Math.round(Number(chosen.params.value)) : -1
  return Object.freeze({ constant, sampler: samplerOf(chosen) })
}
