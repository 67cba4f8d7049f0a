import { describe, expect, test } from 'vitest'
import { type EventQueue, eventQueue, schedule } from '../../src/engine/event-queue.ts'
import { type Rules, runUntil, stepOnce, type World } from '../../src/engine/simulation.ts'

interface Diary extends World {
  readonly lines: string[]
}
interface Entry {
  readonly at: number
  readonly says: string
}

/** Kind 0 notes its subject; kind 1 schedules another event at once and one a second later. */
const rules: Rules<Diary, Entry> = {
  handlers: [
    (world, subject, object) => world.lines.push(`${world.now}: ${subject}${object ? `/${object}` : ''}`),
    (world, subject) => {
      world.lines.push(`${world.now}: parent ${subject}`)
      schedule(world.queue, world.now, 0, subject * 10, 0)
      schedule(world.queue, world.now + 1000, 0, subject * 10 + 1, 0)
    },
  ],
  enact: (world, { says }, index) => world.lines.push(`${world.now}: ${says} (entry ${index})`),
}

function diary(fill: (queue: EventQueue) => void = () => undefined): Diary {
  const world: Diary = { now: 0, events: 0, scriptDone: 0, queue: eventQueue(), lines: [] }
  fill(world.queue)
  return world
}

describe('a run', () => {
  test('handles events in order of time, and equal times in the order of scheduling', () => {
    const world = diary((queue) => {
      schedule(queue, 30, 0, 3, 0)
      schedule(queue, 10, 0, 1, 5)
      schedule(queue, 30, 0, 4, 0)
      schedule(queue, 20, 0, 2, 0)
    })
    runUntil(world, rules, [], 100)
    expect(world.lines).toEqual(['10: 1/5', '20: 2', '30: 3', '30: 4'])
    expect(world.now).toBe(100)
    expect(world.events).toBe(4)
  })

  test('handles what is scheduled at the present instant behind what is due already', () => {
    const world = diary((queue) => {
      schedule(queue, 10, 1, 1, 0)
      schedule(queue, 10, 0, 2, 0)
    })
    runUntil(world, rules, [], 2000)
    expect(world.lines).toEqual(['10: parent 1', '10: 2', '10: 10', '1010: 11'])
  })

  test('includes its end, and nothing after it', () => {
    const world = diary((queue) => {
      schedule(queue, 10, 0, 1, 0)
      schedule(queue, 11, 0, 2, 0)
    })
    runUntil(
      world,
      rules,
      [
        { at: 10, says: 'at the end' },
        { at: 11, says: 'too late' },
      ],
      10,
    )
    expect(world.lines).toEqual(['10: at the end (entry 0)', '10: 1'])
    expect(world.scriptDone).toBe(1)
  })

  test('does not go back when its end is past', () => {
    const world = diary()
    runUntil(world, rules, [], 50)
    runUntil(world, rules, [], 20)
    expect(world.now).toBe(50)
  })

  test('enacts an entry before all events of its instant, entries of one instant in their order', () => {
    const script = [
      { at: 0, says: 'first of all' },
      { at: 10, says: 'one' },
      { at: 10, says: 'two' },
      { at: 15, says: 'between' },
    ]
    const world = diary((queue) => {
      schedule(queue, 0, 0, 7, 0)
      schedule(queue, 10, 0, 1, 0)
      schedule(queue, 20, 0, 2, 0)
    })
    runUntil(world, rules, script, 100)
    expect(world.lines).toEqual([
      '0: first of all (entry 0)',
      '0: 7',
      '10: one (entry 1)',
      '10: two (entry 2)',
      '10: 1',
      '15: between (entry 3)',
      '20: 2',
    ])
    expect(world.events).toBe(3)
  })

  test('is the same in steps of any length and in slices of any number of events', () => {
    const fill = (queue: EventQueue) => {
      for (let i = 0; i < 40; i++) schedule(queue, (i * 37) % 90, i % 2, i, 0)
    }
    const script = [5, 5, 37, 74].map((at, i) => ({ at, says: `entry ${i}` }))
    const whole = diary(fill)
    runUntil(whole, rules, script, 5000)
    for (const step of [1, 7, 500]) {
      const world = diary(fill)
      for (let end = 0; end < 5000 + step; end += step) runUntil(world, rules, script, Math.min(end, 5000))
      expect(world).toEqual({ ...whole, queue: world.queue })
    }
    for (const slice of [1, 2, 13]) {
      const world = diary(fill)
      while (!runUntil(world, rules, script, 5000, slice));
      expect(world).toEqual({ ...whole, queue: world.queue })
    }
  })

  test('that stops early says so and has not reached its end', () => {
    const world = diary((queue) => {
      for (let i = 0; i < 5; i++) schedule(queue, i * 10, 0, i, 0)
    })
    expect(runUntil(world, rules, [], 100, 2)).toBe(false)
    expect(world.lines).toHaveLength(2)
    expect(world.now).toBe(10)
    expect(runUntil(world, rules, [], 100)).toBe(true)
    expect(world.lines).toHaveLength(5)
  })
})

describe('a single step', () => {
  test('visits every event and entry of a run, one at a time', () => {
    const fill = (queue: EventQueue) => {
      schedule(queue, 10, 1, 1, 0)
      schedule(queue, 10, 0, 2, 0)
    }
    const script = [
      { at: 10, says: 'entry' },
      { at: 30, says: 'entry' },
    ]
    const whole = diary(fill)
    runUntil(whole, rules, script, 2000)
    const world = diary(fill)
    let steps = 0
    for (; stepOnce(world, rules, script, 2000); steps++) expect(world.lines).toHaveLength(steps + 1)
    expect(world.lines).toEqual(whole.lines)
    expect(steps).toBe(6)
  })

  test('goes no further than its end, and leaves the clock at the last event', () => {
    const world = diary((queue) => {
      schedule(queue, 10, 0, 1, 0)
      schedule(queue, 99, 0, 2, 0)
    })
    expect(stepOnce(world, rules, [], 50)).toBe(true)
    expect(stepOnce(world, rules, [], 50)).toBe(false)
    expect(world.now).toBe(10)
  })
})
