import { describe, expect, test } from 'vitest'
import { type Checkpoint, history, keep, nearest } from '../../src/engine/history.ts'

const checkpoint = (events: number, bytes = 1000): Checkpoint<string> => ({
  at: events * 10,
  events,
  saved: `state ${events}`,
  bytes,
})

/** A history kept as a run keeps it: a checkpoint whenever one is due. */
function keptUpTo(events: number, bytes = 1000, every = 100) {
  const past = history<string>(every)
  for (let now = 0; now <= events; now++) if (now >= past.due) keep(past, checkpoint(now, bytes))
  return past
}

describe('a history', () => {
  test('gives the last checkpoint at or before an instant', () => {
    const past = keptUpTo(1000)
    expect(nearest(past, 0)?.at).toBe(0)
    expect(nearest(past, 999)?.at).toBe(0)
    expect(nearest(past, 1000)?.at).toBe(1000)
    expect(nearest(past, 5500)?.at).toBe(5000)
    expect(nearest(past, 1e9)?.at).toBe(10_000)
  })

  test('has none before its first', () => {
    expect(nearest(history<string>(), 5)).toBeUndefined()
    expect(nearest(keptUpTo(500), -1)).toBeUndefined()
  })

  test('never holds more than 256, and always the first', () => {
    const past = history<string>(100)
    for (let now = 0; now <= 1_000_000; now += 10) {
      if (now >= past.due) keep(past, checkpoint(now))
      expect(past.checkpoints.length).toBeLessThanOrEqual(256)
    }
    expect(past.checkpoints[0]!.at).toBe(0)
    expect(past.checkpoints.length).toBeGreaterThanOrEqual(128)
  })

  test('thins evenly: what is kept lies at equal distances, ever wider', () => {
    for (const events of [5000, 20_000, 100_000]) {
      const { checkpoints, every } = keptUpTo(events)
      const gaps = checkpoints.slice(1).map((later, i) => later.events - checkpoints[i]!.events)
      expect(new Set(gaps)).toEqual(new Set([every]))
    }
  })

  test('never replays more than a small share of a long run', () => {
    const { every } = keptUpTo(1_000_000)
    expect(every).toBeLessThanOrEqual(1_000_000 / 127)
  })

  test('keeps fewer when they are large, but some', () => {
    const MB = 1024 * 1024
    const { checkpoints } = keptUpTo(100_000, 20 * MB)
    expect(checkpoints.length * 20).toBeLessThanOrEqual(128)
    expect(keptUpTo(100_000, 500 * MB).checkpoints.length).toBeGreaterThanOrEqual(2)
    expect(keptUpTo(100_000, 500 * MB).checkpoints.length).toBeLessThanOrEqual(4)
  })
})
