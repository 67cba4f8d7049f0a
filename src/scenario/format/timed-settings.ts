/** Settings that change in the middle of a run have to fit the tier that they are for. */

import { strategies } from '../../policies/balancing/index.ts'
import { changedParams, nameIn } from '../../policies/health/active/changed.ts'
import { checkRules } from '../../policies/health/active/index.ts'
import type { Params } from '../../policies/policy.ts'
import type { Fault, Tier } from '../scenario.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'

/**
 * A strategy for a tier whose counts are old, other settings for checks that a tier has not, and more replicas
 * than a tier has room for.
 */
export function refuseUnfitSettings(
  befalls: readonly Fault[],
  tiers: readonly Tier[],
  tree: Tree,
  spot: Spot,
): void {
  const wrong = (message: string, hint?: string) =>
    complain(within(spot, 'faults'), (lookUp(tree, 'faults') ?? tree).place, message, hint)
  const params: (Params | undefined)[] = tiers.map(({ health }) => health?.active?.rule.params)
  for (const { kind, tier, strategy, checks, amount } of befalls) {
    const { id, structure, health, replicas = [] } = tiers[tier] ?? {}
    if (kind === 'scale' && amount > replicas.length) {
      const message = `"${id}" has room for ${replicas.length} replicas and cannot be scaled to ${amount}`
      wrong(message, `say most: ${amount} in the tier`)
    }
    if (kind === 'balance' && structure?.refresh && !strategies.get(strategy!.policy).bearsOldCounts) {
      const why = 'which does not go by counts of requests alone'
      wrong(`"${id}" has "refresh", which has no meaning for ${strategy!.policy}, ${why}`)
    }
    if (kind !== 'checks') continue
    const chosen = health?.active?.rule
    if (chosen === undefined) {
      if (health?.probes !== undefined) {
        wrong(
          `"${id}" has probes of Kubernetes, which do not change in a running pod; new pods have new ones`,
        )
        continue
      }
      wrong(`"${id}" has no active checks of its balancers; "checks" changes those of health: { active: … }`)
      continue
    }
    const rule = checkRules.get(chosen.policy)
    for (const setting of Object.keys(checks!)) {
      if (nameIn(rule, setting) === undefined)
        wrong(`"${id}" is checked by the rule ${rule.name}, which has no "${setting}"`)
    }
    params[tier] = changedParams(rule, params[tier]!, checks!)
    for (const fault of rule.check?.(params[tier]) ?? []) wrong(`the checks of "${id}" change: ${fault}`)
  }
}
