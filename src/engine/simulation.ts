/**
 * Moves time: takes the earliest event, hands it to the handler of its kind, and so on. Knows no cluster.
 *
 * A world is a tree of plain data (see tree.ts) with an event queue in it. Script entries are what the
 * outside does at given instants; at its instant an entry runs before every event, so a run with an entry
 * inserted later equals a run that had it from the start.
 */

import type { Instant } from '../base/time.ts'
import { isDue, PERIOD, tune } from './calendar.ts'
import { AT_SHIFT, type EventQueue, earliest, KIND, OBJECT, ROW_SHIFT, SUBJECT, take } from './event-queue.ts'

/** What every world carries, besides its own tables. */
export interface World {
  /** The present. */
  now: Instant
  /** Events handled so far. */
  events: number
  /** Script entries run so far. */
  scriptDone: number
  readonly queue: EventQueue
}

/** Handles one kind of event. */
export type Handler<W extends World> = (world: W, subject: number, object: number) => void

/** Something done to the world from outside at an instant. Entries are sorted by `at`. */
export interface ScriptEntry {
  readonly at: Instant
}

export interface Rules<W extends World, E extends ScriptEntry> {
  /** By kind of event. */
  readonly handlers: readonly Handler<W>[]
  /** Runs one script entry; `index` is its place in the script. */
  enact(world: W, entry: E, index: number): void
}

/**
 * Runs all events and script entries up to and including `end`, and sets the clock to `end`.
 * @param atMost events after which it stops early, for a caller that must come up for air
 * @returns false when it stopped early
 */
export function runUntil<W extends World, E extends ScriptEntry>(
  world: W,
  rules: Rules<W, E>,
  script: readonly E[],
  end: Instant,
  atMost = Infinity,
): boolean {
  let left = atMost
  for (;;) {
    const entry = script[world.scriptDone]
    const due = entry !== undefined && entry.at <= end
    left -= runEvents(world, rules.handlers, due ? entry.at - 1 : end, left)
    if (left <= 0) return false
    if (!due) break
    world.now = entry.at
    rules.enact(world, entry, world.scriptDone++)
  }
  if (end > world.now) world.now = end
  return true
}

/** Runs exactly one event or script entry, the next one; false when there is none up to `end`. */
export function stepOnce<W extends World, E extends ScriptEntry>(
  world: W,
  rules: Rules<W, E>,
  script: readonly E[],
  end: Instant,
): boolean {
  const entry = script[world.scriptDone]
  const due = entry !== undefined && entry.at <= end
  if (runEvents(world, rules.handlers, due ? entry.at - 1 : end, 1) > 0) return true
  if (!due) return false
  world.now = entry.at
  rules.enact(world, entry, world.scriptDone++)
  return true
}

function runEvents<W extends World>(
  world: W,
  handlers: readonly Handler<W>[],
  limit: Instant,
  atMost: number,
): number {
  const { queue } = world
  let done = 0
  while (done < atMost) {
    const slot = earliest(queue, limit)
    if (slot < 0) break
    const base = slot << ROW_SHIFT
    const { row } = queue
    const kind = row[base | KIND]!
    const subject = row[base | SUBJECT]!
    const object = row[base | OBJECT]!
    world.now = queue.at[slot << AT_SHIFT]!
    take(queue, slot)
    done++
    handlers[kind]!(world, subject, object)
    if ((done & (PERIOD - 1)) === 0) lookAt(queue, PERIOD)
  }
  lookAt(queue, done & (PERIOD - 1))
  world.events += done
  return done
}

/** So many more events have been taken. */
function lookAt(queue: EventQueue, taken: number): void {
  queue.taken += taken
  if (isDue(queue)) tune(queue)
}
