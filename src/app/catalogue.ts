/**
 * The scenarios that come with the tool: every file of scenarios/, the calm one first. Only that one comes
 * with the page; the others follow once it runs, or at once when one of them is asked for.
 */

import { createStore } from 'zustand/vanilla'
import calm from '../../scenarios/calm.yaml?raw'
import type { Choice } from './parts/picker.tsx'

/** What opens first. */
export const FIRST = 'calm'

export interface Entry extends Choice {
  readonly text: string
}

export const catalogue = createStore<{ readonly entries: readonly Entry[] }>()(() => ({
  entries: [entry(FIRST, calm)],
}))

let loading: Promise<readonly Entry[]> | undefined

/** All entries, loaded when they are first asked for. */
export function loadCatalogue(): Promise<readonly Entry[]> {
  loading ??= import('./catalogue-texts.ts').then(({ TEXTS }) => {
    const entries = Object.entries(TEXTS)
      .map(([id, text]) => entry(id, text))
      .sort((a, b) => Number(b.id === FIRST) - Number(a.id === FIRST) || (a.title < b.title ? -1 : 1))
    catalogue.setState({ entries })
    return entries
  })
  // Another try may find what this one did not.
  loading.catch(() => {
    loading = undefined
  })
  return loading
}

/** Reads only what the menu shows; the parser reads the rest of the one that is chosen. */
function entry(id: string, text: string): Entry {
  return { id, title: scalar(text, 'name') ?? id, summary: scalar(text, 'summary') ?? '', text }
}

/** A top-level line of YAML, `name: …`, plain, quoted or folded. */
export function scalar(text: string, key: string): string | undefined {
  const line = new RegExp(`^${key}:[ \\t]*(.*(?:\\n[ \\t]+\\S.*)*)`, 'm').exec(text)?.[1]
  const value = line
    ?.replace(/^[>|][+-]?\s*/, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim()
  const quoted = value && /^(["'])(.*)\1$/.exec(value)
  return quoted ? quoted[2] : value
}
