/** Whom a kind strikes when it is let fall on a part of the stage. */

import type { Scenario } from '../../scenario/scenario.ts'
import type { Kind } from './kinds.ts'
import { targetOf, targetsFor } from './targets.ts'

/** The part itself, or what it belongs to and the kind is about: its tier, its zone; undefined: it cannot strike there. What strikes nobody in particular can be let fall anywhere. */
export function fitting(kind: Kind, name: string, scenario: Scenario): string | undefined {
  if (kind.on.length === 0) return name
  const possible = targetsFor(kind, scenario)
  if (possible.includes(name)) return name
  const target = targetOf(scenario, name)
  if (!target) return undefined
  const zone = target.tier?.replicas.find(({ id }) => id === name)?.zone
  return [target.tier?.id, zone].find((other) => other !== undefined && possible.includes(other))
}
