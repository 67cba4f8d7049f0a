/** Who owns which keys, as the view draws it. */
import { describe, expect, test } from 'vitest'
import { trace } from '../../src/app/charts/keys/draw-owners.ts'
import { CELLS, isKeyed, movedBetween, ownersOf, sharesOf } from '../../src/app/charts/keys/owners.ts'
import { gridPaths, ringPaths } from '../../src/app/charts/keys/paths.ts'
import { readinessAt } from '../../src/app/charts/keys/readiness.ts'
import type { Change } from '../../src/measure/series.ts'
import { strategies } from '../../src/policies/balancing/index.ts'
import { parse } from '../../src/scenario/index.ts'

function tierOf(strategy: string) {
  const text = `clients: { users: { rate: 1/s } }\ntiers: { web: { replicas: 5, balancing: ${strategy} } }\n`
  return parse(text, 'a.yaml').scenario!.tiers[0]!
}
const keyed = strategies.all.filter(({ isKeyed: is }) => is).map(({ name }) => name)

describe.each(keyed)('%s', (name) => {
  const tier = tierOf(name)
  test('owns every place, by ready replicas alone', () => {
    expect(isKeyed(tier)).toBe(true)
    const all = ownersOf(tier, '11111')
    expect(all.of).toHaveLength(CELLS)
    expect(all.of.every((owner) => owner >= 0 && owner < 5)).toBe(true)
    expect(ownersOf(tier, '11011').of.includes(2)).toBe(false)
  })
})

test.each(['ketama', 'ring-hash', 'haproxy-consistent'])('%s is a ring', (name) =>
  expect(ownersOf(tierOf(name), '11111').kind).toBe('ring'),
)
test('Maglev is a table, even to a place or two', () => {
  const owners = ownersOf(tierOf('maglev'), '11111')
  expect(owners.kind).toBe('table')
  for (const share of sharesOf(owners, 5)) expect(share).toBeCloseTo(0.2, 1)
})
test('on a ring only the keys of the replica that goes move', () => {
  const before = ownersOf(tierOf('ketama'), '11111')
  const moved = movedBetween(before, ownersOf(tierOf('ketama'), '11101'))
  moved.forEach((isMoved, cell) => {
    expect(isMoved === 1).toBe(before.of[cell] === 3)
  })
})

test('readiness is that of one balancer, now and before the last change', () => {
  const belief = (at: number, node: number, value: number, balancer = 0): Change => ({
    at,
    kind: 'belief',
    node,
    value,
    balancer,
    rate: 1,
    errors: 0,
  })
  const changes = [belief(1, 2, 0), belief(2, 3, 0, 1), belief(3, 4, 0), belief(4, 2, 1)]
  expect(readinessAt(changes, 2, 3, 0)).toEqual({ now: '111', before: '111', last: undefined })
  expect(readinessAt(changes, 2, 3, 3)).toEqual({ now: '010', before: '011', last: { replica: 2, at: 3 } })
  expect(readinessAt(changes, 2, 3, 9).now).toBe('110')
})

test('neighbouring places of one owner are one arc; a lone owner has a whole ring', () => {
  const { owned, moved } = ringPaths(Int32Array.of(0, 0, 1, 1), Uint8Array.of(0, 1, 0, 0), 2)
  expect(owned.map((path) => path.split('M').length - 1)).toEqual([1, 1])
  expect(moved).not.toBe('')
  const [whole] = ringPaths(new Int32Array(8), new Uint8Array(8), 1).owned
  expect(whole!.split('M')).toHaveLength(3)
})

test('a grid has a cell for each place, and none for places without an owner', () => {
  const { owned, moved } = gridPaths(Int32Array.of(0, 1, -1, 0), Uint8Array.of(0, 0, 0, 1), 2)
  expect(owned.map((path) => path.split('M').length - 1)).toEqual([2, 1])
  expect(moved.split('M')).toHaveLength(2)
})

test('a file has the same shapes as the screen, its arcs as short lines', () => {
  const points: number[][] = []
  const ink = {
    moveTo: (x: number, y: number) => void points.push([x, y]),
    lineTo: (x: number, y: number) => void points.push([x, y]),
    closePath: () => undefined,
  }
  const [half] = ringPaths(Int32Array.of(0, 1), new Uint8Array(2), 2).owned
  trace(ink, half!, (x, y) => [x, y])
  const radii = points.map(([x, y]) => Math.round(Math.hypot(x!, y!)))
  expect(radii.slice(0, 91)).toEqual(new Array(91).fill(42))
  expect(radii.slice(91)).toEqual(new Array(91).fill(28))
  expect(points.every(([x]) => x! > -0.01)).toBe(true)
  expect(Math.max(...points.map(([x]) => x!))).toBeCloseTo(42, 1)

  points.length = 0
  const [cells] = gridPaths(Int32Array.of(0, 1, 1, 1), new Uint8Array(4), 2).owned
  trace(ink, cells!, (x, y) => [x, y])
  expect(points).toEqual([
    [-50, -50],
    [0, -50],
    [0, 0],
    [-50, 0],
  ])
})
