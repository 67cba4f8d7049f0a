import { describe, expect, test } from 'vitest'
import { MOST_CELLS } from '../../../src/app/stage/arrange.ts'
import { type Box, cellBox, type Layout, layOut, tierOf } from '../../../src/app/stage/layout.ts'
import { findPorts } from '../../../src/app/stage/ports.ts'

const WIDTHS = [360, 390, 560, 768, 1024, 1280, 1440, 1920, 2560, 3840]
const HEIGHTS = [0, 300, 480, 720, 1600]
const COUNTS = [1, 2, 3, 4, 7, 12, 24, 59, 60, 61, 100, 333, 1000, 2500, 10_000]
const CHAINS = [[1], [4], [4, 3], [2, 8, 2], [60, 60], [3, 3, 3, 3, 3], [10_000, 5], [1, 1, 1, 1, 1, 1, 1]]

function boxesOf(layout: Layout): Box[] {
  const cells = layout.tiers.flatMap((tier) =>
    Array.from({ length: tier.cells }, (_, cell) => cellBox(tier, cell)),
  )
  return [...layout.clients, layout.front, ...cells]
}

/** The first two boxes that share a point, by sweeping from left to right. */
function overlap(boxes: readonly Box[]): [Box, Box] | undefined {
  const sorted = [...boxes].sort((a, b) => a.x - b.x)
  let open: Box[] = []
  for (const box of sorted) {
    open = open.filter((other) => other.x + other.w > box.x + 1e-6)
    const hit = open.find((other) => other.y < box.y + box.h - 1e-6 && box.y < other.y + other.h - 1e-6)
    if (hit) return [hit, box]
    open.push(box)
  }
  return undefined
}

function check(tiers: readonly number[], populations: number): void {
  for (const width of WIDTHS) {
    for (const height of HEIGHTS) {
      const layout = layOut({ populations, tiers }, width, height)
      const boxes = boxesOf(layout)
      const where = `${tiers.join(' + ')} replicas, ${width} x ${height}`
      expect(overlap(boxes), where).toBeUndefined()
      expect(layout.height, where).toBeGreaterThanOrEqual(height)
      for (const { x, y, w, h } of boxes) {
        if (w > 0 && h > 0 && x >= 0 && y >= 0 && x + w <= width && y + h <= layout.height) continue
        expect({ x, y, w, h }, `${where}: inside the stage`).toBeUndefined()
      }
    }
  }
}

describe('layout', () => {
  test.each(COUNTS)('nothing overlaps or leaves the stage with %i replicas', (replicas) =>
    check([replicas], 1),
  )
  test.each(CHAINS.map((tiers) => [tiers]))('nothing overlaps in tiers of %j', (tiers) => check(tiers, 3))
  test('nothing overlaps with twelve client populations', () => check([4, 2], 12))

  test('every replica has a cell, and no cell stands for none', () => {
    for (const replicas of COUNTS) {
      for (const width of WIDTHS) {
        const [tier] = layOut({ populations: 1, tiers: [replicas] }, width, 600).tiers
        expect(tier!.cells * tier!.per).toBeGreaterThanOrEqual(replicas)
        expect((tier!.cells - 1) * tier!.per).toBeLessThan(replicas)
        expect(tier!.cells).toBeLessThanOrEqual(MOST_CELLS)
      }
    }
  })

  test('up to 60 replicas have a card or a line each', () => {
    for (let replicas = 1; replicas <= 60; replicas++) {
      const [tier] = layOut({ populations: 1, tiers: [replicas] }, 1440, 560).tiers
      expect(['card', 'line']).toContain(tier!.form)
    }
  })

  test('replicas that fit one below the other never stand side by side, however high the stage', () => {
    for (let height = 300; height <= 1200; height += 20) {
      for (const replicas of [2, 4, 6]) {
        const [tier] = layOut({ populations: 1, tiers: [replicas] }, 1000, height).tiers
        expect([tier!.cols, tier!.form], `${replicas} replicas, ${height} high`).toEqual([
          1,
          expect.stringMatching(/card|line/),
        ])
      }
    }
  })

  test('four replicas have a line each on the lowest stage, alone and beside others', () => {
    for (const isCompact of [false, true]) {
      for (const tiers of [[4], [2, 2, 4]]) {
        const { upright, tiers: places } = layOut({ populations: 1, tiers }, 900, 0, isCompact)
        expect(upright).toBe(false)
        for (const { form, cols } of places) expect([form, cols]).toEqual(['line', 1])
      }
    }
  })

  test('ways between rows keep clear of headings and of what sticks out of a replica', () => {
    for (const replicas of [16, 24, 30]) {
      const layout = layOut({ populations: 1, tiers: [replicas] }, 1440, 520)
      const [tier] = layout.tiers
      const { cross } = findPorts(layout)
      expect(tier!.cols).toBeGreaterThan(1)
      for (let node = 0; node < replicas; node++) {
        const { y } = cellBox(tier!, node)
        expect(y - cross[node]!).toBeGreaterThanOrEqual(8 + 9) // half a lane, and a pill
        expect(cross[node]! - 8).toBeGreaterThanOrEqual(tier!.title.y + tier!.title.h)
      }
    }
  })

  test('tells which tier a replica is in', () => {
    const { tiers } = layOut({ populations: 1, tiers: [3, 4, 2] }, 1440, 600)
    const found = Array.from({ length: 9 }, (_, node) => tiers.indexOf(tierOf(tiers, node)!))
    expect(found).toEqual([0, 0, 0, 1, 1, 1, 1, 2, 2])
    expect(tierOf(tiers, 9)).toBeUndefined()
  })

  test('tiers stand in the order in which a request meets them', () => {
    for (const width of [390, 1440]) {
      const { upright, tiers, front, clients } = layOut({ populations: 2, tiers: [4, 70, 3] }, width, 600)
      const along = [clients[0]!, front, ...tiers.map((tier) => tier.panel)].map((box) =>
        upright ? box.y : box.x,
      )
      expect(along).toEqual([...along].sort((a, b) => a - b))
    }
  })
})
