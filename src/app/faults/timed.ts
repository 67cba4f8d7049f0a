/** Timed entries of the scenario, added and changed by a person: each is one step of the history. */

import type { Section } from '../../scenario/edit/entries.ts'
import { instantNow, revise } from '../edits.ts'
import { clock } from '../format.ts'
import { withReader } from '../reader.ts'
import { draft } from '../stores/draft.ts'
import { view } from '../stores/view.ts'

/**
 * Adds a timed entry. @param said what it says but for its instant; what is undefined it does not say
 * @param room the tier must have room for so many replicas, if it is to come into force
 */
export function addTimed(
  section: Section,
  at: number,
  said: Readonly<Record<string, unknown>>,
  change: string,
  room?: { readonly tier: string; readonly most: number },
): void {
  revise(`${change} at ${clock(at, 1)}`, (reader, before) => {
    const text = room ? reader.setValue(before, `tiers.${room.tier}.most`, room.most) : before
    return reader.addEntry(text, section, { at: reader.formatDuration(at), ...defined(said) })
  })
  view.setState({ hasTouched: true })
}

/** Changes what the n-th entry says; undefined takes a setting away. `merge`: one step with the change before. */
export function changeTimed(
  section: Section,
  index: number,
  settings: Readonly<Record<string, unknown>>,
  change: string,
  merge = false,
): void {
  const isSame = merge && draft.getState().change === change
  revise(change, (reader, before) => reader.changeEntry(before, section, index, settings), undefined, isSame)
}

/** Moves the n-th entry to another instant. `merge`: one step with the nudges before. */
export function moveTimed(section: Section, index: number, at: number, what: string, merge = false): void {
  const to = Math.max(0, Math.round(at / 1e6) * 1e6)
  const change = merge ? `move “${what}”` : `move “${what}” to ${clock(to, 1)}`
  withReader(({ formatDuration }) => changeTimed(section, index, { at: formatDuration(to) }, change, merge))
}

/** `12.5s`, as the file writes a length. */
export function secondsText(length: number): string {
  return `${Math.round(length / 1e6) / 1e3}s`
}

export function removeTimed(section: Section, index: number, what: string): void {
  revise(`take out “${what}”`, (reader, before) => reader.removeEntry(before, section, index))
}

/**
 * A population sends so many times as many requests from the playhead on: what was said of it before ends there.
 * @param factor 1: as many as usual
 * @param drag the same hand has set it before, from this instant on (ns): that is changed, as one step of the history
 */
export function setLoad(population: string, factor: number, drag?: number): void {
  const at = drag ?? instantNow()
  const change = `${population} × ${factor} at ${clock(at, 1)}`
  const make: Parameters<typeof revise>[1] = (reader, before) => {
    const running = reader
      .entriesOf(before)
      .filter(({ what, target, at: from, lasts = Number.POSITIVE_INFINITY }) => {
        return what === 'spike' && target === population && from <= at && from + lasts > at
      })
    // From the last to the first, so that places in the list stay what they are.
    const ended = running.toReversed().reduce((text, { section, index, at: from }) => {
      if (from >= at) return reader.removeEntry(text, section, index)
      return reader.changeEntry(text, section, index, { for: reader.formatDuration(at - from) })
    }, before)
    if (factor === 1) return ended
    return reader.addEntry(ended, 'faults', { at: reader.formatDuration(at), spike: population, factor })
  }
  revise(change, make, undefined, drag !== undefined)
}

/**
 * The balancers of a tier go on with another setting from the playhead on. What was said at the same instant of
 * the same tier says this, too.
 */
export function setFromNow(
  what: 'balance' | 'checks',
  tier: string,
  settings: Readonly<Record<string, unknown>>,
  change: string,
): void {
  const at = instantNow()
  revise(`${change} from ${clock(at, 1)}`, (reader, before) => {
    const same = reader
      .entriesOf(before)
      .find((entry) => entry.what === what && entry.target === tier && entry.at === at)
    if (same) return reader.changeEntry(before, same.section, same.index, settings)
    return reader.addEntry(before, 'faults', { at: reader.formatDuration(at), [what]: tier, ...settings })
  })
  view.setState({ hasTouched: true })
}

export interface Flood {
  /** Requests per second. */
  readonly rate: number
  /** How many addresses they come from. */
  readonly addresses: number
  /** Seconds; 0: to the end. */
  readonly lasts: number
}

/**
 * A population of attackers begins to send.
 * @param at ns; the playhead's instant when left out
 */
export function unleash({ rate, addresses, lasts }: Flood, at = instantNow()): void {
  revise(`a flood at ${clock(at, 1)}`, ({ formatDuration, setAt, parse }, before) => {
    const taken = parse(before, 'flood.yaml', { alone: true }).scenario
    const names = [...(taken?.clients ?? []), ...(taken?.tiers ?? [])].map(({ id }) => id)
    const name = ['flood', ...Array.from({ length: 99 }, (_, n) => `flood-${n + 2}`)].find(
      (one) => !names.includes(one),
    )
    const points = [
      { at: formatDuration(at), rate: `${rate}/s` },
      ...(lasts > 0 ? [{ at: formatDuration(at + lasts * 1e9), rate: '0/s' }] : []),
    ]
    const bots = { role: 'attack', arrivals: { steps: { points } }, addresses, timeout: '2s' }
    return setAt(before, ['clients', name ?? 'flood-100'], bots)
  })
  view.setState({ hasTouched: true })
}

function defined(said: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}
