import { describe, expect, test } from 'vitest'
import { CLOSEST, panBy, WHOLE, within, zoomAt, zoomTo } from '../../../src/app/stage/zoom/zoom.ts'

const extent = { width: 800, height: 400 }

describe('zoom', () => {
  test('leaves the point under the pointer where it is', () => {
    const closer = zoomAt(WHOLE, 2, 300, 100, extent)
    expect((300 - closer.x) / closer.scale).toBeCloseTo(300)
    expect((100 - closer.y) / closer.scale).toBeCloseTo(100)
  })
  test('never shows what is beyond the stage, nor gets too close', () => {
    expect(panBy({ scale: 2, x: 0, y: 0 }, 50, 50, extent)).toEqual({ scale: 2, x: 0, y: 0 })
    expect(panBy({ scale: 2, x: 0, y: 0 }, -9999, -9999, extent)).toEqual({ scale: 2, x: -800, y: -400 })
    expect(zoomAt(WHOLE, 1e6, 0, 0, extent).scale).toBe(CLOSEST)
  })
  test('out as far as it goes is the whole stage', () => {
    expect(zoomAt({ scale: 3, x: -500, y: -300 }, 0.01, 400, 200, extent)).toEqual(WHOLE)
    expect(within({ scale: 1.001, x: -3, y: 0 }, extent)).toEqual(WHOLE)
  })
  test('to a box fills the stage with it, in its middle', () => {
    const { scale, x, y } = zoomTo({ x: 400, y: 150, w: 200, h: 100 }, extent)
    expect(scale).toBeCloseTo(400 / 110)
    expect([500 * scale + x, 200 * scale + y].map(Math.round)).toEqual([400, 200])
  })
  test('to a tiny box stops before it is a poster', () => {
    expect(zoomTo({ x: 0, y: 0, w: 5, h: 5 }, extent)).toEqual({ scale: 4, x: 0, y: 0 })
  })
})
