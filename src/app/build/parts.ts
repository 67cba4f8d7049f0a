/** Builds a scenario from parts: a new one, tiers, clients, variants, expectations; each is one step that undo takes back. */

import { appendAt } from '../../scenario/edit/at-path.ts'
import { renameKey } from '../../scenario/edit/order.ts'
import { addNamed, freeName, movePart, removePart, renamePart } from '../../scenario/edit/parts.ts'
import type { Named } from '../../scenario/edit/references.ts'
import { readLoosely } from '../../scenario/guide/place-at.ts'
import { plainMap } from '../../scenario/guide/resolve.ts'
import { formatDuration } from '../../scenario/units/duration.ts'
import { revise } from '../edits.ts'
import { draft } from '../stores/draft.ts'
import { notice } from '../stores/notice.ts'
import { play, playhead, seek } from '../stores/playhead.ts'
import { view } from '../stores/view.ts'
import { SMALLEST, type Start } from './starts.ts'

/** What a scenario of one's own is kept as; no file of the catalogue is called so. */
export const OWN = 'my-scenario'

/** Begins with the smallest one that runs. */
export function newScenario(): void {
  revise('a new scenario', () => SMALLEST, OWN)
  seek(0)
  play()
  view.setState({ panel: 'scenario', isPanelOpen: true, scenarioAs: 'form' })
}

/** @returns its name */
export function addTier({ id, title, value, place }: Start): string {
  const name = freeName(draft.getState().text, id)
  revise(`a tier: ${title}`, (_, text) => {
    const tiers = Object.entries(plainMap(plainMap(readLoosely(text)).tiers))
    // Balancers of one's own stand only in front of the first tier, which then stays the first.
    const least = tiers.some(([, tier]) => Object.hasOwn(plainMap(tier), 'balancers')) ? 1 : 0
    const to =
      place === 'front' ? least : place === 'beforeLast' ? Math.max(least, tiers.length - 1) : tiers.length
    return addNamed(text, ['tiers'], name, value, to)
  })
  return name
}

/** @returns their name */
export function addClients({ id, title, value }: Start): string {
  const name = freeName(draft.getState().text, id)
  revise(`clients: ${title}`, (_, text) => addNamed(text, ['clients'], name, value))
  return name
}

/** Something befalls the first tier's first replica from the playhead on. */
export function addFault(): void {
  revise('a fault', (_, text) => {
    const [tier = 'web'] = Object.keys(plainMap(plainMap(readLoosely(text)).tiers))
    const at = Math.floor(playhead.getState().at / 1e8) * 1e8
    return appendAt(text, ['faults'], { at: formatDuration(at), crash: `${tier}/1`, for: '10s' })
  })
}

export function addVariant(): void {
  revise('a variant', (_, text) => {
    const [tier = 'web'] = Object.keys(plainMap(plainMap(readLoosely(text)).tiers))
    return addNamed(text, ['variants'], freeName(text, 'another'), {
      [`tiers.${tier}.balancing`]: 'two-choices',
    })
  })
}

export function addExpectation(): void {
  revise('an expectation', (_, text) => appendAt(text, ['expect'], 'availability > 99%'))
}

/** @returns false when the name cannot be given */
export function rename(part: Named, to: string): boolean {
  const now = draft.getState().text
  if (!/^[a-zA-Z][a-zA-Z0-9-]{0,62}$/.test(to) || freeName(now, to) !== to) return false
  revise(`${part.id} is called ${to}`, (_, text) => renamePart(text, part, to))
  return true
}

/** @returns false when the name cannot be given */
export function renameVariant(name: string, to: string): boolean {
  const { variants } = plainMap(readLoosely(draft.getState().text))
  if (to === '' || to.length > 60 || to in {} || Object.hasOwn(plainMap(variants), to)) return false
  revise(`${name} is called ${to}`, (_, text) => renameKey(text, ['variants'], name, to))
  return true
}

export function move(part: Named, to: number): void {
  revise(`${part.id} in another place`, (_, text) => movePart(text, part, to))
}

const ALSO: Readonly<Record<string, readonly [one: string, many: string]>> = {
  faults: ['fault', 'faults'],
  rollouts: ['rollout', 'rollouts'],
  variants: ['variant', 'variants'],
  expect: ['expectation', 'expectations'],
}

/** What refers to it goes in the same step, and a sentence says so. */
export function remove(part: Named): void {
  const { also } = removePart(draft.getState().text, part)
  revise(`without ${part.id}`, (_, text) => removePart(text, part).text)
  const gone = Object.entries(also).map(([key, many]) => `${many} ${ALSO[key]![many === 1 ? 0 : 1]}`)
  if (gone.length === 0) return
  notice.setState({
    text: `With ${part.id} went what spoke of it: ${gone.join(', ')}. Undo brings all of it back.`,
  })
}
