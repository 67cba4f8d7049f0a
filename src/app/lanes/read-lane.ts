/** What a lane shows, read from the text of the scenario: its name, what it changes, its scenario or problems. */

import type { Parsed } from '../../scenario/parse.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { Branch } from '../branches/store.ts'
import { reader } from '../reader.ts'
import { abilities } from '../stores/abilities.ts'
import { kindOf } from './lane-key.ts'

export interface LaneReading {
  readonly name: string
  /** Dotted path in the file to its new value. */
  readonly set: Readonly<Record<string, unknown>>
  readonly parsed: Parsed
}

/** What the file without changes is called beside its variants. */
export const BASE_NAME = 'as written'

/** Whatever is not the file as it is needs the reader. `text` is the branch's where there is one; `base` is the scenario of the file as it is, when that could be read. */
export function readLane(
  key: string,
  id: string,
  text: string,
  base: Scenario | undefined,
  branch?: Branch,
): LaneReading {
  const file = `${id}.yaml`
  const lane = kindOf(key)
  if (lane?.kind === 'variant') {
    const { name } = lane
    const set = base?.variants.find((variant) => variant.name === name)?.set ?? {}
    return { name, set, parsed: reader().parse(text, file, { variant: name, alone: true }) }
  }
  if (lane?.kind === 'branch') return readBranch(branch, file)
  if (lane?.kind === 'strategy') {
    const { tier, strategy } = lane
    const path = `tiers.${tier}.balancing`
    const setting = { path, value: JSON.stringify({ strategy }) }
    return {
      name: strategyName(strategy, (base?.tiers.length ?? 1) > 1 ? tier : ''),
      set: { [`${path}.strategy`]: strategy },
      parsed: reader().parse(text, file, { set: [setting], alone: true }),
    }
  }
  const parsed: Parsed = base ? { scenario: base, problems: [] } : reader().parse(text, file, { alone: true })
  return { name: BASE_NAME, set: {}, parsed }
}

/** Of a branch that was deleted, or is in another browser, there is nothing but its name. */
function readBranch(branch: Branch | undefined, file: string): LaneReading {
  if (branch)
    return { name: branch.name, set: {}, parsed: reader().parse(branch.text, file, { alone: true }) }
  const message = 'this branch is not in this browser'
  const problem = { file, path: '', line: 0, column: 0, message, hint: '' }
  return { name: 'A branch', set: {}, parsed: { scenario: undefined, problems: [problem] } }
}

/** `Random`, `db: Random`. */
export function strategyName(strategy: string, tier: string): string {
  const title = abilities.getState().strategies.find(({ id }) => id === strategy)?.title ?? strategy
  return tier ? `${tier}: ${title}` : title
}
