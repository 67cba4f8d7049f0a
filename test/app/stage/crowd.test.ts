/** Who stands in which cell, and what the cells and a session's page say. */

import { describe, expect, test } from 'vitest'
import { staysOf, sumsOf } from '../../../src/app/lab/node/session-rows.ts'
import { visitorRows } from '../../../src/app/lab/node/visitor-rows.ts'
import { type Cells, cellAt, cellOf, cellsIn, placesIn } from '../../../src/app/stage/crowd/cells.ts'
import { viewCrowd } from '../../../src/app/stage/crowd/crowd-view.ts'
import { cellName, cellText } from '../../../src/app/stage/crowd/crowd-words.ts'
import { layOut } from '../../../src/app/stage/layout.ts'
import type { Crowd, FactColumns } from '../../../src/worker/protocol.ts'
import { clients, poisson } from '../../model/build.ts'

const box = { x: 20, y: 100, w: 190, h: 340 }

describe('the cells of a population', () => {
  test('hold every gateway and every visitor once, within its box', () => {
    for (const [addresses, gateways] of [
      [1, 0],
      [30, 2],
      [2000, 3],
      [1e6, 500],
    ] as const) {
      const population = clients(poisson(1), {
        addresses,
        ...(gateways > 0 && { nat: { gateways, share: 0.5 } }),
      })
      const cells = cellsIn(box, population, gateways)
      expect(cells.count).toBeGreaterThan(0)
      for (const place of [-gateways, -1, 0, Math.floor(addresses / 2), addresses - 1]) {
        if (place < 0 && gateways === 0) continue
        const cell = cellOf(cells, place)
        const [first, last] = placesIn(cells, cell)
        expect(place).toBeGreaterThanOrEqual(first)
        expect(place).toBeLessThanOrEqual(last)
        const { x, y, w, h } = cellAt(cells, cell)
        expect(x + w).toBeLessThanOrEqual(box.x + box.w)
        expect(y + h).toBeLessThanOrEqual(cells.foot.y)
      }
      expect(cellOf(cells, addresses - 1)).toBe(cells.count - 1)
    }
  })

  test('of a log take whatever addresses it has', () => {
    const cells = cellsIn(box, clients({ policy: 'log', params: {} }), 0)
    for (const place of [-5, 0, 2 ** 31 - 1]) {
      expect(cellOf(cells, place)).toBeGreaterThanOrEqual(0)
      expect(cellOf(cells, place)).toBeLessThan(cells.count)
    }
  })

  test('have room on every stage, without anything that overlaps', () => {
    for (const [width, height] of [
      [1440, 600],
      [1024, 420],
      [620, 300],
      [360, 500],
    ] as const) {
      const shape = { populations: 2, tiers: [4, 3], hasCrowd: true }
      const { clients: boxes, front } = layOut(shape, width, height)
      const [one, other] = boxes as [typeof box, typeof box]
      expect(one.y + one.h <= other.y || one.x + one.w <= other.x).toBe(true)
      for (const { x, y, w, h } of boxes) expect(x + w <= front.x || y + h <= front.y).toBe(true)
      for (const each of boxes) {
        const population = clients(poisson(1), { addresses: 1000 })
        expect(cellsIn(each, population, 0).count).toBeGreaterThan(5)
      }
    }
  })
})

/** Rows: who, place, node, since, until, change. */
function crowdOf(...rows: readonly (readonly number[])[]): Crowd {
  const column = (n: number) => rows.map((row) => row[n]!)
  return {
    ...{ run: 1, from: 0, to: 100, step: 1, tier: 0, lookBack: 0, omitted: 0, count: rows.length },
    who: Float64Array.from(column(0)),
    client: new Uint16Array(rows.length),
    address: Uint32Array.from(column(1)),
    place: Int32Array.from(column(1)),
    node: Int32Array.from(column(2)),
    since: Float64Array.from(column(3)),
    until: Float64Array.from(column(4)),
    change: Uint8Array.from(column(5)),
  }
}

test('a session that moves is seen at its new replica, as news for a while', () => {
  const cells: Cells = cellsIn(box, clients(poisson(1), { addresses: 2 }), 0)
  const crowd = crowdOf([7, 0, 0, 0, 50, 0], [7, 0, 1, 50, Infinity, 2], [8, 1, 1, 0, Infinity, 0])
  const before = viewCrowd(crowd, [cells], 49, 10)
  expect([...before.nodes]).toEqual([
    [0, 1],
    [1, 1],
  ])
  const after = viewCrowd(crowd, [cells], 55, 10, before)
  expect([...after.nodes]).toEqual([[1, 2]])
  expect(after.cells[0]![0]).toMatchObject({ people: 1, at: [[1, 1]], change: 2 })
  expect(cellText(after.cells[0]![0]!, ['web/1', 'web/2'], 'session')).toBe(
    '1 session at web/2; what was known of it is gone',
  )
  expect(cellName(cells, 1)).toBe('visitor 2')
  // What says the same is the same, so that nothing is drawn again.
  expect(after.cells[0]![1]).toBe(before.cells[0]![1])
  expect(viewCrowd(crowd, [cells], 70, 10).cells[0]![0]!.change).toBe(0)
})

test('a session’s stays and sums follow from the facts of its requests', () => {
  const rows = [
    [1, 'arrived', 10, 5, 0, 0],
    [1, 'connection-opened', 10, 0, 0, 1],
    [1, 'sent', 10, 0, 0, -1],
    [2, 'settled', 10, 0, 1, 0],
    [5, 'arrived', 20, 5, 0, 0],
    [5, 'sent', 20, 1, 0, -1],
    [5, 'session-lost', 20, 1, 0, 1],
    [6, 'settled', 20, 0, 1, 1],
  ] as const
  const facts: FactColumns = {
    ...{ from: 0, to: 9, count: rows.length },
    at: Float64Array.from(rows, ([at]) => at),
    kind: rows.map(([, kind]) => kind),
    subject: Float64Array.from(rows, ([, , subject]) => subject),
    object: Int32Array.from(rows, (row) => row[3]),
    value: Float64Array.from(rows, (row) => row[4]),
    detail: Int32Array.from(rows, (row) => row[5]),
  }
  const stays = staysOf(facts, 0, 3)
  expect(stays).toEqual([
    { node: 0, from: 1, requests: 1, isMoved: false, loss: -1 },
    { node: 1, from: 5, requests: 1, isMoved: true, loss: 1 },
  ])
  expect(sumsOf(visitorRows(facts), stays)).toMatchObject({
    ended: 2,
    succeeded: 1,
    moved: 1,
    lost: 1,
    fullHandshakes: 1,
    lookUps: 0,
  })
})
