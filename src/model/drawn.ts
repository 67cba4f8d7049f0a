/** What is drawn while the cluster runs, made from what the scenario says. */

import { samplerOf } from '../policies/distributions/index.ts'
import type { Chosen } from '../policies/policy.ts'
import type { Drawn } from './cluster.ts'

export function drawn(chosen: Chosen): Drawn {
  const constant = chosen.policy === 'constant' ? Math.round(Number(chosen.params.value)) : -1
  return Object.freeze({ constant, sampler: samplerOf(chosen) })
}
