import { describe, expect, test } from 'vitest'
import { Raster } from '../../../src/app/stage/raster.ts'
import { SHAPE_NAMES, type ShapeName } from '../../../src/app/stage/shapes.ts'
import { cutStamps, PHASES, stampReach } from '../../../src/app/stage/stamps.ts'

const RADIUS = 3
const BLUE = 0xffcc6600
const RED = 0xff0000ff

function stampAt(
  raster: Raster,
  places: readonly (readonly [number, number])[],
  shape: ShapeName,
  color = BLUE,
) {
  const looks = [{ stamps: cutStamps(shape, RADIUS, raster.width), color }]
  const xs = Float32Array.from(places, ([x]) => x)
  const ys = Float32Array.from(places, ([, y]) => y)
  raster.stamp(places.length, xs, ys, new Uint8Array(places.length), 1, looks, RADIUS)
}

/** Sum of opacity over all pixels, in whole pixels. */
function area(raster: Raster): number {
  let sum = 0
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) sum += (raster.pixel(x, y) >>> 24) / 255
  }
  return sum
}

describe('a stamp', () => {
  test('of a disc covers its area wherever it falls between pixels', () => {
    for (let step = 0; step < 10; step++) {
      const raster = new Raster(40, 40)
      stampAt(raster, [[20 + step / 10, 20 + step / 7]], 'disc')
      expect(area(raster)).toBeCloseTo(Math.PI * RADIUS ** 2, -0.2)
    }
  })

  test('moves by quarters of a pixel', () => {
    const centre = (x: number) => {
      const raster = new Raster(40, 40)
      stampAt(raster, [[x, 20]], 'disc')
      let sum = 0
      for (let col = 0; col < 40; col++)
        for (let row = 0; row < 40; row++) sum += (raster.pixel(col, row) >>> 24) * (col + 0.5)
      return sum / 255 / area(raster)
    }
    expect(centre(20.55) - centre(20.05)).toBeCloseTo(0.5, 1)
    expect(centre(20.3) - centre(20.05)).toBeCloseTo(0.25, 1)
  })

  test('differs from every other shape by more than a few pixels', () => {
    const pictures = SHAPE_NAMES.map((shape) => {
      const raster = new Raster(20, 20)
      stampAt(raster, [[10.5, 10.5]], shape)
      return raster
    })
    pictures.forEach((one, first) => {
      for (const other of pictures.slice(first + 1)) {
        let different = 0
        for (let y = 0; y < 20; y++) {
          for (let x = 0; x < 20; x++)
            different += Math.abs((one.pixel(x, y) >>> 24) - (other.pixel(x, y) >>> 24))
        }
        expect(different / 255).toBeGreaterThan(8)
      }
    })
  })

  test('stays within its reach', () => {
    for (const shape of SHAPE_NAMES) {
      const reach = stampReach(RADIUS)
      for (const { solid, edge, part } of cutStamps(shape, RADIUS, 1000)) {
        expect(part).toHaveLength(edge.length)
        for (const offset of [...solid, ...edge]) {
          const y = Math.round(offset / 1000)
          expect(Math.abs(y)).toBeLessThanOrEqual(reach)
          expect(Math.abs(offset - y * 1000)).toBeLessThanOrEqual(reach)
        }
      }
    }
    expect(cutStamps('disc', RADIUS, 100)).toHaveLength(PHASES ** 2)
  })

  test('is left out when it would cross the border, and writes nowhere else', () => {
    const raster = new Raster(30, 30)
    stampAt(
      raster,
      [
        [0, 15],
        [29.9, 15],
        [15, -3],
        [15, 400],
        [Number.NaN, 3],
      ],
      'disc',
    )
    expect(area(raster)).toBe(0)
    expect(raster.isEmpty).toBe(true)
  })

  test('laid over an opaque colour leaves it opaque, with the new colour inside', () => {
    const raster = new Raster(30, 30)
    raster.fill(0, 0, 30, 30, RED)
    stampAt(raster, [[15.1, 15.1]], 'disc')
    expect(raster.pixel(15, 15)).toBe(BLUE)
    expect(raster.pixel(2, 2)).toBe(RED)
    expect(area(raster)).toBe(900)
  })

  test('laid over an edge of the same colour keeps that colour', () => {
    const raster = new Raster(30, 30)
    stampAt(
      raster,
      [
        [15.1, 15.1],
        [16.6, 15.9],
      ],
      'disc',
    )
    for (let y = 0; y < 30; y++) {
      for (let x = 0; x < 30; x++) {
        const pixel = raster.pixel(x, y)
        if (pixel === 0) continue
        for (const shift of [0, 8, 16]) {
          expect(Math.abs(((pixel >>> shift) & 255) - ((BLUE >>> shift) & 255))).toBeLessThanOrEqual(2)
        }
      }
    }
  })
})

describe('a raster', () => {
  test('clears exactly what was touched', () => {
    const raster = new Raster(50, 40)
    raster.fill(10, 5, 7, 3, RED)
    stampAt(raster, [[30, 30]], 'cross')
    expect([raster.left, raster.top]).toEqual([10, 5])
    expect(raster.right).toBeGreaterThan(30)
    raster.clear()
    expect(raster.isEmpty).toBe(true)
    expect(area(raster)).toBe(0)
  })

  test('cuts off what lies outside', () => {
    const raster = new Raster(10, 10)
    raster.fill(-5, 8, 100, 100, RED)
    expect(area(raster)).toBe(20)
  })
})
