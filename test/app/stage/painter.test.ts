import { beforeEach, describe, expect, test } from 'vitest'
import { gaugeOf } from '../../../src/app/stage/gauge.ts'
import { layOut } from '../../../src/app/stage/layout.ts'
import { levelsFrame } from '../../../src/app/stage/levels.ts'
import { OUTCOMES, REQUEST_LOOK } from '../../../src/app/stage/outcomes.ts'
import { type Moment, Painter, type Scene } from '../../../src/app/stage/painter.ts'
import { findPorts } from '../../../src/app/stage/ports.ts'
import type { Raster } from '../../../src/app/stage/raster.ts'
import { syntheticWindow } from './synthetic.ts'

const BUSY = 0xff112233
const WAITING = 0xff445566
const plan = {
  tiers: [{ id: 'web', replicas: 3, concurrency: 4 }],
  rate: 80,
  service: 100,
  latency: 40,
  seconds: 4,
}
const window = syntheticWindow(plan)

function sceneOf(replicas: number, scale = 1): Scene {
  const layout = layOut({ populations: 1, tiers: [replicas] }, 1280, 560)
  const colors = Object.fromEntries([REQUEST_LOOK, ...OUTCOMES].map(({ color }) => [color, 0xff00ff00]))
  const tiers = layout.tiers.map((place) => {
    const isCard = place.form === 'card' || place.form === 'line'
    return {
      place,
      concurrency: 4,
      hasCache: false,
      gauge: isCard ? gaugeOf(place.form, place.cell.w, place.cell.h, 4) : undefined,
    }
  })
  return {
    ...layout,
    scale,
    ports: findPorts(layout),
    tiers,
    byAddress: false,
    palette: { colors, busy: BUSY, waiting: WAITING, heat: [BUSY] },
  }
}

let shown: { w: number; h: number }[]
let raster: Raster
let painter: Painter
beforeEach(() => {
  shown = []
  painter = new Painter((picture, _x, _y, w, h) => {
    raster = picture
    shown.push({ w, h })
  })
})
const moment = (at: number, change: Partial<Moment> = {}): Moment => ({
  window,
  at: at * 1e9,
  speed: 1,
  withDots: true,
  ...change,
})

function count(color: number): number {
  let sum = 0
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) if (raster.pixel(x, y) === color) sum++
  }
  return sum
}

describe('the painter', () => {
  test('shows a frame once, and nothing while nothing changes', () => {
    painter.setScene(sceneOf(3))
    for (let frame = 0; frame < 5; frame++) painter.paint(moment(2))
    expect(shown).toHaveLength(1)
    painter.paint(moment(2.1))
    painter.paint(moment(2.1))
    expect(shown).toHaveLength(2)
  })

  test('paints again when speed, window or scene change', () => {
    painter.setScene(sceneOf(3))
    painter.paint(moment(2))
    expect(painter.paint(moment(2, { speed: 2 }))).toBe(true)
    expect(painter.paint(moment(2, { window: { ...window } }))).toBe(true)
    painter.setScene(sceneOf(3))
    expect(painter.paint(moment(2))).toBe(true)
  })

  test('wipes the last frame, and shows nothing where nothing was and is', () => {
    painter.setScene(sceneOf(3))
    painter.paint(moment(2))
    painter.paint(moment(2, { window: undefined }))
    expect(shown).toHaveLength(2)
    expect(raster.isEmpty).toBe(true)
    painter.paint(moment(2.5, { window: undefined }))
    expect(shown).toHaveLength(2)
  })

  test('paints nothing at an instant that the window does not cover', () => {
    painter.setScene(sceneOf(3))
    painter.paint(moment(-1))
    painter.paint(moment(9))
    expect(shown).toEqual([])
  })

  test('is a function of the instant: there and back gives the same picture', () => {
    painter.setScene(sceneOf(3))
    painter.paint(moment(2))
    const first = Buffer.from(raster.bytes.slice())
    for (const at of [2.2, 3.9, 0.1]) painter.paint(moment(at))
    painter.paint(moment(2))
    expect(Buffer.from(raster.bytes).equals(first)).toBe(true)
  })

  test('fills one square a busy slot and one tick a waiting request', () => {
    const scene = sceneOf(3)
    const gauge = scene.tiers[0]!.gauge!
    painter.setScene(scene)
    const levels = {
      ...window.levels,
      step: 1e12,
      frames: 1,
      busy: Uint16Array.of(1, 4, 0),
      queued: Uint16Array.of(0, 7, 0),
    }
    painter.paint(moment(2, { window: { ...window, levels }, withDots: false }))
    expect(count(BUSY)).toBe(5 * gauge.slotW * gauge.slotH)
    expect(count(WAITING)).toBe(7 * gauge.tickW * gauge.tickH)
  })

  test('without motion shows levels but no dots', () => {
    painter.setScene(sceneOf(3))
    painter.paint(moment(2, { withDots: false }))
    expect(painter.dots.count).toBe(0)
    expect(count(BUSY)).toBeGreaterThan(0)
    expect(painter.countMoving(window, 2e9, 1)).toBeGreaterThan(0)
  })

  test('paints a cell of a heat grid as high as its replicas are busy on average', () => {
    const scene = sceneOf(10_000)
    const { place } = scene.tiers[0]!
    painter.setScene(scene)
    const nodes = 10_000
    const busy = new Uint16Array(nodes)
    for (let node = 0; node < place.per; node++) busy[node] = node % 2 === 0 ? 4 : 0
    const levels = { step: 1e12, frames: 1, nodes, busy, queued: new Uint16Array(nodes) }
    const empty = { ...window.hops, count: 0 }
    painter.paint(moment(2, { window: { ...window, hops: empty, levels } }))
    const share = Math.ceil(place.per / 2) / place.per
    const { w, h } = shown[0]!
    expect(place.form).toBe('heat')
    expect(w).toBe(place.cell.w - 6)
    expect(h).toBeCloseTo((place.cell.h - 6) * share, -0.5)
  })
})

test('at the instant of an event, and between two samples, levels are those after it', () => {
  const { step, nodes } = window.levels
  const frameAt = (at: number) => levelsFrame(window, window.from + at) / nodes
  expect([0, step, 2 * step].map(frameAt)).toEqual([0, 1, 2])
  expect(frameAt(step * 1.01)).toBe(2)
  expect(frameAt(3 * step - 1e-3)).toBe(3)
  expect(levelsFrame(window, window.to + 1)).toBe(-1)
})
