import { beforeEach, describe, expect, test } from 'vitest'
import { moved } from '../../src/app/charts/board/board-store.ts'
import { DERIVED } from '../../src/app/charts/board/derived.ts'
import { type ChartEntry, matchingEntries, onBoard } from '../../src/app/charts/board/entry.ts'
import { merge, stepsIn } from '../../src/app/charts/columns.ts'
import { tableOf } from '../../src/app/charts/frame/chart-data.ts'
import { replicaGrid } from '../../src/app/charts/kinds/replica-grid.ts'
import { toInstant, toX } from '../../src/app/charts/time-scale.ts'
import { timeTicks } from '../../src/app/charts/time-ticks.ts'
import { brush, look, lookAtAll, shift, spanWithin, zoom } from '../../src/app/stores/brush.ts'
import { clearPins, pin, pins } from '../../src/app/stores/pins.ts'
import type { RunSeries } from '../../src/measure/series.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'

const S = 1e9

describe('the stretch that is looked at', () => {
  beforeEach(lookAtAll)
  const span = () => brush.getState().span
  test('lies between two instants in any order, within the run', () => {
    look(70 * S, 20 * S, 60 * S)
    expect(span()).toEqual({ from: 20 * S, to: 60 * S })
  })
  test('is not changed by a slip of the hand, and all of it is none', () => {
    look(5 * S, 6 * S, 60 * S)
    look(9 * S, 9 * S + 10, 60 * S)
    expect(span()).toEqual({ from: 5 * S, to: 6 * S })
    look(-1, 61 * S, 60 * S)
    expect(span()).toBeUndefined()
  })
  test('zooms about an instant, which stays in its place, and back to all', () => {
    zoom(0.5, 15 * S, 60 * S)
    expect(span()).toEqual({ from: 7.5 * S, to: 37.5 * S })
    zoom(4, 15 * S, 60 * S)
    expect(span()).toBeUndefined()
  })
  test('never leaves the run', () => {
    look(40 * S, 60 * S, 60 * S)
    shift(0.5, 60 * S)
    expect(span()).toEqual({ from: 40 * S, to: 60 * S })
    shift(-5, 60 * S)
    expect(span()).toEqual({ from: 0, to: 20 * S })
  })
  test('is all of a run that it does not meet', () =>
    expect(spanWithin({ from: 70 * S, to: 80 * S }, 60 * S)).toEqual({ from: 0, to: 60 * S }))
  test('is where pixels are instants', () => {
    const scale = { duration: 60 * S, width: 100, span: { from: 20 * S, to: 30 * S } }
    expect([toX(scale, 25 * S), toX(scale, 10 * S), toInstant(scale, 50), toInstant(scale, -9)]).toEqual([
      50,
      -100,
      25 * S,
      20 * S,
    ])
  })
  test('has ticks at round instants of the run', () =>
    expect(timeTicks(31.2 * S, 4, 17.9 * S).map(({ label }) => label)).toEqual(['20 s', '25 s', '30 s']))
  test('is drawn from whole groups of steps, so that nothing flickers', () => {
    const series = { step: S, steps: 100 }
    expect(stepsIn(series, { from: 20 * S, to: 30 * S })).toEqual({ from: 19, to: 31 })
    const { first, per, count, values } = merge(
      Float64Array.from({ length: 100 }, (_, i) => i),
      31,
      'rate',
      4,
      19,
    )
    expect([first, per, count, values[0]]).toEqual([18, 3, 5, 19])
  })
})

describe('two cursors', () => {
  beforeEach(clearPins)
  test('clicks set A, then B, then move the nearer', () => {
    for (const at of [10, 50, 20, 48]) pin(at)
    expect(pins.getState()).toMatchObject({ a: 20, b: 48 })
  })
})

describe('a board', () => {
  const entry = (id: string, isDefault = false): ChartEntry => ({
    id,
    title: id,
    about: `about ${id} of replicas`,
    group: 'Tiers',
    isDefault,
    render: () => null,
  })
  const entries = [entry('a', true), entry('b'), entry('c', true)]
  test('has its default until something is chosen; what is unknown here is passed over', () => {
    expect(onBoard(entries, undefined)).toEqual(['a', 'c'])
    expect(onBoard(entries, ['c', 'gone', 'b'])).toEqual(['c', 'b'])
    expect(onBoard(entries, [])).toEqual([])
  })
  test('is searched by every word', () => {
    expect(matchingEntries([entry('latency'), entry('queue')], 'REPL  lat').map(({ id }) => id)).toEqual([
      'latency',
    ])
    expect(matchingEntries(entries, ' ')).toHaveLength(3)
  })
  test('is arranged, and its ends are ends', () => {
    const ids = ['a', 'b', 'c']
    expect(moved(ids, 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moved(ids, 2, -2)).toEqual(['c', 'a', 'b'])
    expect([moved(ids, 0, -1), moved(ids, 2, 5), moved(ids, 7, -1)]).toEqual([ids, ids, ids])
  })
})

describe('figures made of others', () => {
  const series = {
    step: S,
    steps: 2,
    columns: [
      { id: 'arrivalsPerSecond', title: '', unit: '1/s', kind: 'rate', values: Float64Array.of(10, 0) },
      {
        id: 'tiers.web.offeredPerSecond',
        title: '',
        unit: '1/s',
        kind: 'rate',
        values: Float64Array.of(25, 3),
      },
    ],
    nodes: [
      {
        id: 'utilisation',
        title: 'Utilisation',
        unit: '',
        kind: 'share',
        nodes: 3,
        values: Float32Array.of(0.5, 1, 0.25, 0, 0, 1),
      },
      {
        id: 'inFlight',
        title: 'At',
        unit: 'requests',
        kind: 'gauge',
        nodes: 3,
        values: Float32Array.of(1, 2, 3, 4, 5, 6),
      },
    ],
  } as unknown as RunSeries
  const scenario = {
    tiers: [
      { id: 'web', replicas: [{}, {}] },
      { id: 'db', replicas: [{}] },
    ],
  } as unknown as Scenario
  const lines = (id: string) =>
    DERIVED.find((one) => one.id === id)!
      .linesOf(series, scenario)
      .map(({ title, column }) => [title, ...column.values])
  test('are sums and means over the replicas of a tier', () => {
    expect(lines('utilisation')).toEqual([
      ['web', 0.75, 0],
      ['db', 0.25, 1],
    ])
    expect(lines('atReplicas')).toEqual([
      ['web', 3, 9],
      ['db', 3, 6],
    ])
  })
  test('are tries for each request, where there is one', () => {
    expect(lines('amplification')).toEqual([['web', 2.5, Number.NaN]])
    expect(lines('furtherTries')).toEqual([['further tries', 15, 3]])
  })
})

test('a table has a row for each step that is computed, and a column for each line with values', () => {
  const column = { unit: 'ms', kind: 'quantile', values: Float64Array.of(1, 2, 3) } as const
  const table = tableOf({ step: S / 2, steps: 2 }, [
    { id: 'p50', title: 'p50', column },
    { id: 'ghost', title: 'before' },
  ])
  expect([
    table.rows,
    table.rowAt(1),
    table.columns.map(({ title, values }) => [title, values.length]),
  ]).toEqual([2, 0.5, [['p50', 2]]])
})

test('of many replicas a grid keeps the most of what each cell covers', () => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 9, 7, Number.NaN)
  expect(replicaGrid({ nodes: 4, values }, 0, 2, 5, 2)).toEqual({
    columns: 2,
    rows: 2,
    per: 1,
    first: 0,
    values: Float32Array.of(2, 9, 4, 7),
  })
  expect([...replicaGrid({ nodes: 4, values }, 0, 2, 1, 9).values]).toEqual([5, 9, 7, 4])
})
