/** What a lane changes, in words: `balancing.strategy: random`. */

import type { Scenario } from '../../scenario/scenario.ts'

type Settings = Readonly<Record<string, unknown>>

/** What is expected of a run changes nothing in it. */
const isCause = (path: string) => path !== 'expect' && !path.startsWith('expect.')

/** The settings of one lane, as a file would have them; empty for the file as it is. */
export function settingsInWords(set: Settings, scenario: Pick<Scenario, 'tiers' | 'clients'>): string {
  return Object.entries(set)
    .filter(([path]) => isCause(path))
    .map(([path, value]) => `${shortPath(path, scenario)}: ${inline(value)}`)
    .join(', ')
}

/** What differs from the first lane; what only the first one changes is as in the file here. */
export function differenceInWords(
  set: Settings,
  first: Settings,
  scenario: Pick<Scenario, 'tiers' | 'clients'>,
): string {
  const own = Object.entries(set).filter(([path, value]) => inline(first[path]) !== inline(value))
  const left = Object.keys(first).filter((path) => !(path in set) && isCause(path))
  return [
    settingsInWords(Object.fromEntries(own), scenario),
    left.map((path) => `${shortPath(path, scenario)} as in the file`).join(', '),
  ]
    .filter((part) => part !== '')
    .join('; ')
}

/** A lone tier or population need not be named. */
function shortPath(path: string, { tiers, clients }: Pick<Scenario, 'tiers' | 'clients'>): string {
  const lone = [
    ['tiers', tiers],
    ['clients', clients],
  ] as const
  for (const [section, parts] of lone) {
    const prefix = `${section}.${parts.length === 1 ? `${parts[0]!.id}.` : ''}`
    if (path.startsWith(prefix)) return path.slice(prefix.length)
  }
  return path
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${inline(inner)}`)
  return `{ ${entries.join(', ')} }`
}
