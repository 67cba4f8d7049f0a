/** A probability distribution of durations, sizes or plain numbers; a bare value is a constant. */

import { distributions } from '../../policies/distributions/index.ts'
import type { Measure } from './params.ts'
import { type PolicyShape, policyOf } from './policy.ts'

const made = new Map<Measure, PolicyShape>()

/** The distributions of one measure; always the same object, as mixtures hold distributions. */
export function distributionOf(measure: Measure): PolicyShape {
  const known =
    made.get(measure) ??
    policyOf({
      registry: distributions,
      measure,
      distributionOf,
      bare: 'constant',
      named: `${measure}-distribution`,
    })
  made.set(measure, known)
  return known
}
