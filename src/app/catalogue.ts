/** The scenarios that come with the tool: every file of scenarios/, the calm one first. */

import type { Choice } from './parts/picker.tsx'

const FILES: Readonly<Record<string, string>> = import.meta.glob('../../scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** What opens first. */
export const FIRST = 'calm'

export interface Entry extends Choice {
  readonly text: string
}

export const catalogue: readonly Entry[] = Object.entries(FILES)
  .map(([path, text]) => entry(/([^/]+)\.yaml$/.exec(path)?.[1] ?? path, text))
  .sort((a, b) => Number(b.id === FIRST) - Number(a.id === FIRST) || (a.title < b.title ? -1 : 1))

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
