/** Makes something happen: from a kind and what was entered to a timed entry, with room where it needs some. */

import { nameIn } from '../../policies/health/active/changed.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { instantNow } from '../edits.ts'
import { type Amount, FLOOD, type Kind } from './kinds.ts'
import { type Entered, saidOf } from './said.ts'
import { roomOf } from './targets.ts'
import { addTimed, unleash } from './timed.ts'

/** @param at ns; the playhead's instant when left out */
export function happen(kind: Kind, entered: Entered, scenario: Scenario, at = instantNow()): void {
  if (kind.id === FLOOD.id) {
    const { rate = 1, addresses = 1 } = entered.amounts
    unleash({ rate, addresses, lasts: entered.lasts }, at)
    return
  }
  addTimed(
    kind.section,
    at,
    saidOf(kind, entered),
    `${kind.id} ${entered.target}`,
    roomFor(kind, entered, scenario),
  )
}

/** What a tier must have room for, when it has too little. */
export function roomFor(
  kind: Kind,
  { target, amounts, options }: Entered,
  scenario: Scenario,
): { readonly tier: string; readonly most: number } | undefined {
  const tier = scenario.tiers.find(({ id }) => id === target)
  if (!tier || (kind.id !== 'scale' && kind.id !== 'deploy')) return undefined
  const { now, most } = roomOf(tier)
  const { to = now, maxSurge = 1, maxUnavailable = 0 } = amounts
  const surge = maxUnavailable === 0 ? Math.max(1, maxSurge) : maxSurge
  const needed =
    kind.id === 'scale'
      ? to
      : now + (RISES[options.strategy ?? ''] === 'all' ? now : isInTurns(options) ? surge : 0)
  return needed > most ? { tier: target, most: needed } : undefined
}

const RISES: Readonly<Record<string, 'all'>> = { 'blue-green': 'all' }

function isInTurns({ strategy }: Entered['options']): boolean {
  return strategy === 'rolling' || strategy === 'canary'
}

/** The amounts that mean something with the options as they are. */
export function amountsFor(
  { id, amounts }: Kind,
  { options, target }: Entered,
  { tiers }: Scenario,
): readonly Amount[] {
  if (id === 'checks') {
    const rule = tiers.find((tier) => tier.id === target)?.health?.active?.rule
    return amounts.filter(({ key }) => rule !== undefined && nameIn(rule, key) !== undefined)
  }
  if (id !== 'deploy') return amounts
  return amounts.filter(({ key }) => {
    if (key.startsWith('canary.')) return options.strategy === 'canary'
    return key.startsWith('version.') || isInTurns(options)
  })
}
