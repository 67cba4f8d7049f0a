/** Notes what is rare and wanted in full: changes of truth and belief, and what else happens. */

import type { Instant } from '../base/time.ts'
import { HEALTH_UP } from '../model/facts.ts'
import { beliefChanges, capacityChanges } from './capacity.ts'
import type { Happening } from './happenings.ts'
import type { Layout } from './layout.ts'
import { change, UP } from './node-areas.ts'
import type { RecorderState } from './recorder-state.ts'
import type { Change } from './series.ts'

/** More than these are counted, not kept. */
const MOST_CHANGES = 20_000
const MOST_HAPPENINGS = 2000

/** What is noted, and where; see Recorder. */
interface Notes {
  readonly layout: Layout
  readonly state: RecorderState
  readonly changes: Change[]
  readonly happenings: Happening[]
}

/** A replica's true state changes; see the fact TRUTH. */
export function noteTruth(
  notes: Notes,
  at: Instant,
  node: number,
  health: number,
  rate: number,
  errors: number,
): void {
  const { areas, capacity } = notes.state
  const passed = at - areas.stepStart
  const wasUp = areas.counts[(node << 2) | UP] === 1
  const isUp = health === HEALTH_UP
  if (wasUp !== isUp) change(areas, node, UP, passed, isUp ? 1 : -1)
  capacityChanges(capacity, notes.layout, node, passed, health, rate, errors)
  note(notes, { at, kind: 'truth', node, balancer: -1, value: health, rate, errors })
}

/** A balancer changes its mind (BELIEVED), or hears of a replica (HEARD). @param value 1: it counts on it */
export function noteBelief(
  notes: Notes,
  at: Instant,
  node: number,
  balancer: number,
  isHeard: boolean,
  value: number,
): void {
  const { areas, capacity } = notes.state
  beliefChanges(capacity, notes.layout, balancer, node, at - areas.stepStart, isHeard, value === 1)
  note(notes, { at, kind: 'belief', node, balancer, value, rate: 1, errors: 0 })
}

/** Something else happens. */
export function noteHappening({ state, happenings }: Notes, noted: Happening): void {
  if (state.happenings < MOST_HAPPENINGS) {
    happenings.length = state.happenings
    happenings.push(noted)
  }
  state.happenings++
}

function note({ state, changes }: Notes, noted: Change): void {
  if (state.changes < MOST_CHANGES) {
    changes.length = state.changes
    changes.push({ ...noted, failed: state.failed[noted.node]! })
  }
  state.changes++
}
