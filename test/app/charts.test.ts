import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { familiesOf } from '../../src/app/charts/board/families.ts'
import { highest, lowestAbove0, merge, ofNode, stepAt } from '../../src/app/charts/columns.ts'
import { healthSpans } from '../../src/app/charts/health-spans.ts'
import { heatPicture, heatRange } from '../../src/app/charts/kinds/heat-bins.ts'
import { highestSum, stack, top } from '../../src/app/charts/stack.ts'
import { toInstant, toX } from '../../src/app/charts/time-scale.ts'
import { timeTicks } from '../../src/app/charts/time-ticks.ts'
import { linear, logarithmic } from '../../src/app/charts/value-scale.ts'
import type { Change, RunSeries } from '../../src/measure/series.ts'

describe('time against pixels', () => {
  const scale = { duration: 120e9, width: 600 }
  test('there and back is the same instant', () => expect(toInstant(scale, toX(scale, 30e9))).toBe(30e9))
  test('a pointer beyond the edge is at the edge', () =>
    expect([-10, 700].map((x) => toInstant(scale, x))).toEqual([0, 120e9]))
  test('a chart without width divides nothing by 0', () =>
    expect(toInstant({ duration: 1, width: 0 }, 5)).toBe(0))
})

describe('time ticks', () => {
  const labels = (seconds: number, most: number) => timeTicks(seconds * 1e9, most).map(({ label }) => label)
  test('are round', () => {
    expect(labels(120, 4)).toEqual(['0', '30 s', '1:00', '1:30', '2:00'])
    expect(labels(10, 6)).toEqual(['0', '2 s', '4 s', '6 s', '8 s', '10 s'])
    expect(labels(0.05, 5)).toEqual(['0', '0.01 s', '0.02 s', '0.03 s', '0.04 s', '0.05 s'])
    expect(labels(4 * 86400, 4)).toEqual(['0', '1 d', '2 d', '3 d', '4 d'])
  })
  test('are never more than asked for, plus the first', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-5, max: 1e7, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (seconds, most) => {
          const count = timeTicks(seconds * 1e9, most).length
          expect(count).toBeLessThanOrEqual(most + 1)
          expect(count).toBeGreaterThanOrEqual(1)
        },
      ),
    )
  })
  test('are none of a run without length', () => expect(timeTicks(0, 5)).toEqual([]))
})

describe('value scales', () => {
  test('a linear one begins where it is told to', () => {
    const { domain, ticks, at } = linear(0, 432)
    expect(domain).toEqual([0, 432])
    expect(ticks).toEqual([0, 200, 400])
    expect(at(216)).toBeCloseTo(0.5)
    expect(at(1000)).toBe(1)
  })
  test('a logarithmic one ends at 1, 2 or 5', () => {
    expect(logarithmic(11.8, 95).domain).toEqual([10, 100])
    expect(logarithmic(3, 410).domain).toEqual([2, 500])
    expect(logarithmic(10, 100).domain).toEqual([10, 100])
  })
  test('a logarithmic one spans at least a factor of ten, and takes 0 for its low end', () => {
    const { domain, at } = logarithmic(7, 7)
    expect(domain[1] / domain[0]).toBeGreaterThanOrEqual(10)
    expect(at(0)).toBe(0)
    expect(at(Number.NaN)).toBe(0)
  })
  test('always has two ticks or more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (low, factor) => {
          expect(logarithmic(low, low * factor).ticks.length).toBeGreaterThanOrEqual(2)
        },
      ),
    )
  })
})

describe('stacked parts', () => {
  test('stand on one another in their order', () => {
    const layers = stack(
      [
        [1, 2],
        [3, 4],
      ],
      2,
    )
    expect([...layers[1]!.lower]).toEqual([1, 2])
    expect([...layers[1]!.upper]).toEqual([4, 6])
    expect(top(layers)).toBe(6)
  })
  test('are as high as their sum, stacked or not', () => {
    const parts = [
      [1, 2, Number.NaN],
      [3, 4, 9],
    ]
    expect([highestSum(parts, 3), highestSum(parts, 2), top(stack(parts, 3))]).toEqual([9, 6, 9])
  })
  test('add nothing where they say nothing', () => {
    const layers = stack([[Number.NaN], [2]], 1)
    expect(top(layers)).toBe(2)
  })
  test('of nothing have no height', () => expect(top(stack([], 0))).toBe(0))
})

describe('merged steps', () => {
  const values = [1, 5, Number.NaN, 3, 9, 1, 2]
  test('are left alone while there is room', () =>
    expect([...merge(values, 7, 'rate', 7).values]).toEqual(values))
  test('average rates, add up counts, keep the highest quantile', () => {
    expect([...merge(values, 7, 'rate', 3).values]).toEqual([3, 13 / 3, 2])
    expect([...merge(values, 7, 'count', 3).values]).toEqual([6, 13, 2])
    expect([...merge(values, 7, 'quantile', 3).values]).toEqual([5, 9, 2])
  })
  test('keep every peak and trough', () => {
    const { low, high } = merge(values, 7, 'rate', 3)
    expect([[...low], [...high]]).toEqual([
      [1, 1, 2],
      [5, 9, 2],
    ])
  })
  test('say nothing where no step did', () =>
    expect(merge([Number.NaN, Number.NaN], 2, 'rate', 1).values[0]).toBeNaN())
})

describe('a column', () => {
  test('has a highest and a lowest value, of the computed steps only', () => {
    expect(highest([1, 7, Number.NaN, 99], 3)).toBe(7)
    expect(lowestAbove0([0, 7, 3, 1], 3)).toBe(3)
    expect(highest([], 0, 4)).toBe(4)
  })
  test('of a node is every nth value', () => {
    const figure = {
      id: 'a',
      title: '',
      unit: '',
      kind: 'gauge',
      nodes: 2,
      values: Float32Array.of(1, 2, 3, 4),
    } as const
    expect([...ofNode(figure, 1, 2)]).toEqual([2, 4])
  })
  test('is read at the step that an instant is in, the end belonging to the last', () => {
    const series = { step: 1e9, steps: 3 } as RunSeries
    expect([0, 1.5e9, 3e9, 3.1e9].map((at) => stepAt(series, at))).toEqual([0, 1, 2, -1])
  })
})

describe('health over time', () => {
  const common = { balancer: 0, rate: 1, errors: 0 }
  const truth = (at: number, value: number): Change => ({ ...common, at, kind: 'truth', node: 0, value })
  const belief = (at: number, value: number, balancer = 0): Change => ({
    ...common,
    at,
    kind: 'belief',
    node: 0,
    value,
    balancer,
  })

  test('truth and belief are stretches that need not agree', () => {
    const [spans] = healthSpans([truth(10, 1), belief(14, 0), truth(30, 0), belief(33, 1)], 1, 60)
    expect(spans).toEqual({ down: [{ from: 10, to: 30 }], out: [{ from: 14, to: 33 }] })
  })
  test('what is not over lasts to the end', () =>
    expect(healthSpans([truth(10, 2)], 1, 60)[0]!.down).toEqual([{ from: 10, to: 60 }]))
  test('it is out while any balancer believes so', () => {
    const changes = [belief(5, 0, 0), belief(6, 0, 1), belief(8, 1, 0), belief(9, 1, 1)]
    expect(healthSpans(changes, 1, 60)[0]!.out).toEqual([{ from: 5, to: 9 }])
  })
})

describe('the heat map', () => {
  const series = (counts: number[]): RunSeries => ({
    step: 1,
    steps: 2,
    columns: [],
    nodes: [],
    heat: { bounds: Float64Array.of(1, 10, 100, 1000), counts: Uint32Array.from(counts) },
  })
  const pictureOf = (counts: number[], columns: number, rows: number) => {
    const map = series(counts)
    return heatPicture(map, heatRange(map)!, columns, rows)
  }
  test('keeps only rows that hold something, the highest latency first', () => {
    const picture = pictureOf([0, 3, 1, 0, 0, 2], 10, 10)
    expect([picture.low, picture.high, picture.columns, picture.rows]).toEqual([10, 1000, 2, 2])
    expect([...picture.shares]).toEqual([0.25, 1, 0.75, 0])
  })
  test('merges steps when there are more than columns', () => {
    const picture = pictureOf([0, 3, 1, 0, 0, 2], 1, 10)
    expect([...picture.shares]).toEqual([0.5, 0.5])
  })
  test('merges bins when there are more than rows', () => {
    const picture = pictureOf([0, 3, 1, 0, 0, 2], 2, 1)
    expect([picture.low, picture.high, ...picture.shares]).toEqual([10, 1000, 1, 1])
  })
  test('is nothing while nothing has ended', () =>
    expect(heatRange(series([0, 0, 0, 0, 0, 0]))).toBeUndefined())
})

describe('charts of what only some scenarios have', () => {
  const series = (...columns: [id: string, kind: 'rate' | 'gauge' | 'share', ...values: number[]][]) =>
    ({
      step: 1e9,
      steps: 2,
      columns: columns.map(([id, kind, ...values]) => ({
        id,
        title: `web: ${id}`,
        unit: kind === 'rate' ? '1/s' : '',
        kind,
        values: Float64Array.from(values),
      })),
    }) as unknown as RunSeries
  const shown = (all: RunSeries) =>
    familiesOf(all).map(({ id, isSilent, lines }) => [id, isSilent, lines.map(({ title }) => title)])
  test('are offered for every column, and silent when nothing of it happens', () => {
    expect(
      shown(
        series(
          ['arrivalsPerSecond', 'rate', 1, 1],
          ['tiers.web.unheardOf', 'gauge', 1, 1.2],
          ['tiers.db.unheardOf', 'gauge', 1, 1],
          ['tiers.web.fetchesPerSecond', 'rate', 0, 0],
          ['tiers.web.hitRate', 'share', Number.NaN, 0],
        ),
      ),
    ).toEqual([
      ['arrivalsPerSecond', false, ['web: arrivalsPerSecond']],
      ['tiers.hitRate', false, ['web']],
      ['tiers.fetchesPerSecond', true, ['web']],
      ['tiers.unheardOf', false, ['web', 'db']],
    ])
  })
  test('what other charts draw is not offered twice', () =>
    expect(shown(series(['failedPerSecond', 'rate', 1, 1], ['latencyP99Ms', 'gauge', 1, 1]))).toEqual([]))
  test('what belongs together shares a chart, of each tier where there are several', () => {
    const of = (tier: string): [id: string, kind: 'rate', ...values: number[]][] => [
      [`tiers.${tier}.sessionsMovedPerSecond`, 'rate', 0, 2],
      [`tiers.${tier}.sessionsBrokenPerSecond`, 'rate', 0, 1],
    ]
    expect(shown(series(...of('web')))).toEqual([
      ['tiers.sessionsMovedPerSecond', false, ['moved', 'broken']],
    ])
    expect(shown(series(...of('web'), ...of('db')))).toEqual([
      ['tiers.sessionsMovedPerSecond.web', false, ['moved', 'broken']],
      ['tiers.sessionsMovedPerSecond.db', false, ['moved', 'broken']],
    ])
  })
})
