/** Random use of an event queue, and the plainest queue that behaves alike: an array in order. */

import fc, { type Arbitrary } from 'fast-check'
import { isDue, tune } from '../../src/engine/calendar.ts'
import {
  AT_SHIFT,
  cancel,
  dueAt,
  type EventQueue,
  earliest,
  eventQueue,
  KIND,
  NO_TIMER,
  OBJECT,
  ROW_SHIFT,
  SUBJECT,
  schedule,
  type Timer,
  take,
} from '../../src/engine/event-queue.ts'
import { copyTree, restoreTree } from '../../src/engine/tree.ts'

export interface Event {
  readonly at: number
  readonly name: number
}

/** One thing done to the queue; `which` chooses among the timers given out so far. */
export type Step =
  | { readonly do: 'schedule'; readonly after: number; readonly times: number }
  | { readonly do: 'take'; readonly times: number; readonly within: number }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'tune' | 'save' | 'restore' }

/** Gaps from nothing to years, in steps that often meet. */
const gap = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 1000, 1_000_000, 2 ** 20, 2 ** 20 - 1, 64 * 2 ** 20) },
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 0, max: 10_000_000_000 }),
  fc.constantFrom(3600e9, 86_400e9, 30 * 86_400e9),
)

export const anySteps: Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('schedule' as const),
        after: gap,
        times: fc.constantFrom(1, 1, 1, 3, 200),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('take' as const),
        times: fc.constantFrom(1, 2, 10, 300),
        within: fc.oneof({ weight: 3, arbitrary: fc.constant(2 ** 53 - 1) }, gap),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat() }) },
    fc.record({ do: fc.constantFrom('tune' as const, 'save' as const, 'restore' as const) }),
  ),
  { maxLength: 150 },
)

/** A queue beside its oracle; every method compares the two. */
export class Twin {
  queue: EventQueue = eventQueue()
  now = 0
  private events: Event[] = []
  private timers = new Map<number, Timer>()
  private names = 0
  private saved: { queue: EventQueue; now: number; events: Event[]; timers: Map<number, Timer> } | undefined

  schedule(after: number): void {
    const at = Math.min(this.now + after, 2 ** 53 - 1)
    const name = this.names++
    const behind = this.events.findLastIndex((event) => event.at <= at)
    this.events.splice(behind + 1, 0, { at, name })
    const timer = schedule(this.queue, at, name % 100, name, -name)
    if (timer === NO_TIMER) throw new Error('a timer that is no timer')
    if (dueAt(this.queue, timer) !== at) throw new Error('due at another time')
    this.timers.set(name, timer)
  }

  /** Takes the earliest event if it is due by `limit`; both agree on which. */
  take(limit: number): Event | undefined {
    const slot = earliest(this.queue, limit)
    const first = this.events[0]
    const expected = first !== undefined && first.at <= limit ? first : undefined
    if (slot < 0) {
      if (expected) throw new Error(`finds nothing, but ${expected.name} is due at ${expected.at}`)
      return undefined
    }
    const row = slot << ROW_SHIFT
    const name = this.queue.row[row + SUBJECT]!
    const found = { at: this.queue.at[slot << AT_SHIFT]!, name }
    if (found.at !== expected?.at || found.name !== expected.name) {
      throw new Error(`finds ${name} at ${found.at}, not ${expected?.name} at ${expected?.at}`)
    }
    if (this.queue.row[row + KIND] !== name % 100 || this.queue.row[row + OBJECT] !== -name) {
      throw new Error('kind or object was lost')
    }
    take(this.queue, slot)
    this.events.shift()
    this.timers.delete(name)
    this.now = found.at
    this.queue.taken++
    if (isDue(this.queue)) tune(this.queue)
    return found
  }

  /** Cancels some pending event, and then once more in vain. */
  cancel(which: number): void {
    const names = [...this.timers.keys()]
    const name = names[which % names.length]
    if (name === undefined) return
    const timer = this.timers.get(name)!
    if (!cancel(this.queue, timer)) throw new Error('a pending event was not cancelled')
    if (cancel(this.queue, timer)) throw new Error('cancelled twice')
    this.timers.delete(name)
    this.events = this.events.filter((event) => event.name !== name)
  }

  do(step: Step): void {
    if (step.do === 'schedule') for (let i = 0; i < step.times; i++) this.schedule(step.after)
    else if (step.do === 'take') {
      const limit = Math.min(this.now + step.within, 2 ** 53 - 1)
      for (let i = 0; i < step.times && this.take(limit); i++);
    } else if (step.do === 'cancel') this.cancel(step.which)
    else if (step.do === 'tune') tune(this.queue)
    else if (step.do === 'save') {
      const { now, events } = this
      this.saved = { queue: copyTree(this.queue), now, events: [...events], timers: new Map(this.timers) }
    } else if (this.saved) {
      restoreTree(this.queue, this.saved.queue)
      this.now = this.saved.now
      this.events = [...this.saved.events]
      this.timers = new Map(this.saved.timers)
    }
    if (this.queue.count !== this.events.length) throw new Error('another number of events')
  }
}
