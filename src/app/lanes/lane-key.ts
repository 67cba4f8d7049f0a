/**
 * Which scenario a lane shows, as a word that the address can hold: `base`, `variant:round robin`,
 * `strategy:web:random`, `branch:2`.
 */

import type { Scenario } from '../../scenario/scenario.ts'

export const BASE = 'base'
/** More lanes than these nobody can compare, or see. */
export const MOST_LANES = 4

export type LaneKind =
  | { readonly kind: 'base' }
  | { readonly kind: 'variant'; readonly name: string }
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'strategy'; readonly tier: string; readonly strategy: string }

export function variantKey(name: string): string {
  return `variant:${name}`
}

export function strategyKey(tier: string, strategy: string): string {
  return `strategy:${tier}:${strategy}`
}

/** The lane of a branch: see branches/store.ts. */
export function branchKey(branch: string): string {
  return `branch:${branch}`
}

/** undefined when it is no such word. */
export function kindOf(key: string): LaneKind | undefined {
  if (key === BASE) return { kind: 'base' }
  const variant = /^variant:(.+)$/s.exec(key)
  if (variant) return { kind: 'variant', name: variant[1]! }
  const branch = /^branch:(\w+)$/.exec(key)
  if (branch) return { kind: 'branch', branch: branch[1]! }
  const strategy = /^strategy:(.+):([^:]+)$/s.exec(key)
  return strategy ? { kind: 'strategy', tier: strategy[1]!, strategy: strategy[2]! } : undefined
}

/** Every lane that a file itself offers: as it is, then its variants. */
export function offered({ variants }: Pick<Scenario, 'variants'>): readonly string[] {
  return [BASE, ...variants.map(({ name }) => variantKey(name))]
}

/** Known words only, none twice, not too many; the file as it is when there are none. */
export function rightKeys(keys: readonly string[]): readonly string[] {
  const right = [...new Set(keys)].filter((key) => kindOf(key) !== undefined).slice(0, MOST_LANES)
  return right.length > 0 ? right : [BASE]
}
