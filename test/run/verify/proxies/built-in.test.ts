/** The recordings that come with the product hold, and would fail if they were others. */

import { describe, expect, test } from 'vitest'
import { below, type Stream, stream } from '../../../../src/base/stream.ts'
import { builtInRecordings } from '../../../../src/run/verify/proxies/built-in-recordings.ts'
import type { Recording } from '../../../../src/run/verify/proxies/recording.ts'
import { LEVEL } from '../../../../src/run/verify/proxies/statistics/tests.ts'
import { outcomesOf } from './play-one.ts'

const recordings = builtInRecordings()

test('recordings of all three products come with it', () => {
  expect(new Set(recordings.map(({ product }) => product))).toEqual(new Set(['nginx', 'haproxy', 'varnish']))
})

describe.each(recordings)('$name', (recording) => {
  const outcomes = outcomesOf(recording)

  test('every case is played and holds', () => {
    expect(outcomes.filter(({ kind }) => kind !== 'held')).toEqual([])
  })

  test('a change of one observed value is found, and where it is', () => {
    const random = stream(recording.name, 'changed')
    outcomes.forEach((outcome, index) => {
      if (outcome.kind === 'held' && outcome.tests.length > 0) return
      const before = recording.observed[index]
      const { observed, path } = typeof before === 'string' ? spoilt(before, random) : changed(before, random)
      const other = {
        ...recording,
        observed: recording.observed.map((old, i) => (i === index ? observed : old)),
      }
      const failed = outcomesOf(other)[index]!
      if (failed.kind !== 'failed') expect.fail(`${path} may be anything`)
      // What an agent says is input that stands among what was observed: its status is another then.
      if (index === 0 && recording.name.startsWith('haproxy_agent') && path.endsWith('[0]')) return
      // A whole entry is missing where its time is far off.
      expect(path.startsWith(failed.position), `${failed.position} in place of ${path}`).toBe(true)
    })
  })

  test('a pick that is missing is found', () => {
    outcomes.forEach((outcome, index) => {
      const old = recording.observed[index]
      const input = recording.input[index]!
      const isCounted = 'requests' in input || 'script' in input || 'keys' in input
      if ((outcome.kind === 'held' && outcome.tests.length > 0) || !Array.isArray(old) || !isCounted) return
      const observed = recording.observed.map((one, i) => (i === index ? old.slice(0, -1) : one))
      const failed = outcomesOf({ ...recording, observed })[index]
      expect(failed).toMatchObject({ kind: 'failed', position: `[${old.length - 1}]` })
    })
  })
})

describe('counts that are left to chance', () => {
  const drawn = recordings.flatMap((recording) => {
    const isDrawn = outcomesOf(recording).some(
      (outcome) => outcome.kind === 'held' && outcome.tests.length > 0,
    )
    return isDrawn ? [recording] : []
  })

  test('there are some of each product', () => expect(drawn.length).toBeGreaterThanOrEqual(3))

  test.each(drawn)(
    '$name: a server that got a fifth of its neighbour’s requests as well fails',
    (recording) => {
      const observed = recording.observed.map(shifted)
      const other: Recording = { ...recording, observed }
      outcomesOf(other).forEach((outcome, index) => {
        if (observed[index] === recording.observed[index]) return
        expect(outcome).toMatchObject({ kind: 'failed' })
        const tests = outcome.kind === 'failed' ? outcome.tests : []
        expect(Math.min(...tests.map(({ p }) => p))).toBeLessThan(LEVEL)
      })
    },
  )
})

/** A fifth of the first server's idle requests goes to the second. */
function shifted(observed: unknown): unknown {
  if (typeof observed !== 'object' || observed === null || Array.isArray(observed)) return observed
  const [key] = Object.keys(observed)
  const counts = { ...(observed as Record<string, Record<string, number>>)[key!]! }
  const [first, second] = Object.keys(counts)
  const moved = Math.round(counts[first!]! / 5)
  counts[first!]! -= moved
  counts[second!]! += moved
  return { ...observed, [key!]: counts }
}

interface Changed {
  readonly observed: unknown
  readonly path: string
}

/** With one letter changed. */
function spoilt(text: string, random: Stream): Changed {
  const place = below(random, text.length)
  return { observed: `${text.slice(0, place)}?${text.slice(place + 1)}`, path: `[${place}]` }
}

/** An empty list has nothing in it to change. */
function hasLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.values(value).some(hasLeaf)
}

/** With one leaf changed, drawn by chance. */
function changed(value: unknown, random: Stream): Changed {
  if (typeof value === 'string') return { observed: `${value}x`, path: '' }
  if (typeof value === 'number') return { observed: value + 100, path: '' }
  if (typeof value !== 'object' || value === null) return { observed: 'x', path: '' }
  const keys = Object.keys(value).filter((key) => hasLeaf((value as Record<string, unknown>)[key]))
  const key = keys[below(random, keys.length)]!
  const inner = changed((value as Record<string, unknown>)[key], random)
  if (Array.isArray(value)) {
    const list = value.map((old, i) => (String(i) === key ? inner.observed : old))
    return { observed: list, path: `[${key}]${inner.path}` }
  }
  return { observed: { ...value, [key]: inner.observed }, path: `.${key}${inner.path}` }
}
