/** A chart that can be put on a board. */

import type { ReactNode } from 'react'
import type { ChartOfRun } from '../among.ts'

export interface ChartEntry {
  /** Stable: what is remembered. */
  readonly id: string
  readonly title: string
  readonly about: string
  /** Under which head it is listed. */
  readonly group: string
  /** Why it would have nothing to show; absent when it has. */
  readonly reason?: string | undefined
  /** It is on the board until the person says otherwise. */
  readonly isDefault: boolean
  /** Null: there is nothing to draw at all, for the reason that it has. */
  readonly render: () => ReactNode
}

/** A chart of a run, before it is said what stands beside it. */
export interface RunChart extends Omit<ChartEntry, 'render'> {
  readonly renderOf: (chart: ChartOfRun) => ReactNode
}

/** Those whose title or description has every word that was typed. */
export function matchingEntries(entries: readonly ChartEntry[], typed: string): readonly ChartEntry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter(({ title, about, group }) => {
    const text = `${title} ${about} ${group}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The ids on a board: those that were chosen and are known here, else the default. */
export function onBoard(
  entries: readonly ChartEntry[],
  chosen: readonly string[] | undefined,
): readonly string[] {
  if (!chosen) return entries.filter(({ isDefault }) => isDefault).map(({ id }) => id)
  return chosen.filter((id) => entries.some((entry) => entry.id === id))
}
