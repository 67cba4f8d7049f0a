import { describe, expect, test } from 'vitest'
import { cellBox, layOut } from '../../../src/app/stage/layout.ts'
import { zoneRuns } from '../../../src/app/stage/zones/zone-runs.ts'

const place = (replicas: number) => layOut({ populations: 1, tiers: [replicas] }, 1280, 560).tiers[0]!
const thirds = (count: number) => Array.from({ length: count }, (_, i) => 'abc'[Math.floor((3 * i) / count)])

describe('zones', () => {
  test('are runs of neighbours, in order', () => {
    expect(zoneRuns(place(9), thirds(9)).map(({ zone }) => zone)).toEqual(['a', 'b', 'c'])
    expect(zoneRuns(place(4), ['a', 'b', 'a', undefined]).map(({ zone }) => zone)).toEqual(['a', 'b', 'a'])
    expect(zoneRuns(place(3), [undefined, undefined, undefined])).toEqual([])
  })
  test.each([9, 24, 100, 400])('of %i replicas hold all their own and none of the others', (count) => {
    const tier = place(count)
    const zones = thirds(count)
    const runs = zoneRuns(tier, zones)
    expect(runs.map(({ zone }) => zone)).toEqual(['a', 'b', 'c'])
    for (const { zone, boxes } of runs) {
      for (let cell = 0; cell < tier.cells; cell++) {
        const { x, y, w, h } = cellBox(tier, cell)
        const isHeld = boxes.some(
          (box) =>
            x + w / 2 > box.x && x + w / 2 < box.x + box.w && y + h / 2 > box.y && y + h / 2 < box.y + box.h,
        )
        expect(isHeld).toBe(zones[cell * tier.per] === zone)
      }
    }
  })
})
