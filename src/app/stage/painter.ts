/**
 * One frame of what moves: a pure function of (window, instant, speed) painted into the raster and shown
 * once. It knows no browser: `show` puts the touched box on the screen, and tests count its calls.
 */

import type { TraceWindow } from '../../worker/protocol.ts'
import { type Dots, dotsFor, placeDots } from './dots.ts'
import { type HopIndex, indexHops } from './hop-index.ts'
import { levelsFrame } from './levels.ts'
import { ADDRESS_COLORS, MOVES, OUTCOMES, REQUEST_LOOK } from './outcomes.ts'
import { type FrontGauge, paintHeld } from './paint-held.ts'
import { paintLevels, type TierGauge } from './paint-levels.ts'
import type { Palette } from './palette.ts'
import type { Ports } from './ports.ts'
import { Raster } from './raster.ts'
import { SHAPE_NAMES, type ShapeName } from './shapes.ts'
import { cutStamps, type Stamp } from './stamps.ts'

/** Puts part of the raster on the screen. */
export type Show = (raster: Raster, x: number, y: number, w: number, h: number) => void

/** Where everything stands and how it looks: a new scene makes the painter forget the last frame. */
export interface Scene {
  readonly width: number
  readonly height: number
  /** Device pixels per layout unit. */
  readonly scale: number
  readonly ports: Ports
  readonly tiers: readonly TierGauge[]
  /** Where the line of those who wait at each balancer in front is drawn. */
  readonly fronts: readonly FrontGauge[]
  readonly palette: Palette
  /** Requests are coloured by the address of their client. */
  readonly byAddress: boolean
}

/** What a frame shows. */
export interface Moment {
  readonly window: TraceWindow | undefined
  /** ns */
  readonly at: number
  /** Simulated seconds per second. */
  readonly speed: number
  /** False: no flying dots (reduced motion). */
  readonly withDots: boolean
}

const RADIUS = 3.1

export class Painter {
  readonly #show: Show
  #scene: Scene | undefined
  #raster = new Raster(1, 1)
  #looks: { readonly stamps: readonly Stamp[]; readonly color: number }[] = []
  #index: HopIndex | undefined
  #dots: Dots = dotsFor(0)
  #last: Moment | undefined

  constructor(show: Show) {
    this.#show = show
  }

  /** Dots of the last frame. */
  get dots(): Readonly<Dots> {
    return this.#dots
  }

  setScene(scene: Scene): void {
    const w = Math.round(scene.width * scene.scale)
    const h = Math.round(scene.height * scene.scale)
    if (w !== this.#raster.width || h !== this.#raster.height) this.#raster = new Raster(w, h)
    this.#looks = cutLooks(scene, this.#raster.width)
    this.#scene = scene
    this.#last = undefined
  }

  /** Paints the moment unless it is what is shown already. Returns whether it painted. */
  paint(moment: Moment): boolean {
    const scene = this.#scene
    if (scene === undefined || isSame(this.#last, moment)) return false
    const { window, at } = moment
    if (window !== undefined && window.hops !== this.#index?.hops) this.#take(window)
    this.#last = moment
    const raster = this.#raster
    const { left, top, right, bottom } = raster
    raster.clear()
    this.#dots.count = 0
    const isCovered = window !== undefined && at >= window.from && at <= window.to
    if (isCovered) {
      const frame = levelsFrame(window, at)
      if (frame >= 0) {
        paintLevels(raster, scene.scale, scene.tiers, window.levels, frame, scene.palette)
        paintHeld(raster, scene.scale, scene.fronts, window.levels, frame, scene.palette.waiting)
      }
      if (moment.withDots) this.#paintDots(scene, moment)
    }
    const x = Math.min(left, raster.left)
    const y = Math.min(top, raster.top)
    const w = Math.max(right, raster.right) - x
    const h = Math.max(bottom, raster.bottom) - y
    if (w > 0 && h > 0) this.#show(raster, x, y, w, h)
    return true
  }

  /** Requests and responses on their way at an instant, for those who see no dots. */
  countMoving(window: TraceWindow | undefined, at: number, speed: number): number {
    if (window === undefined || this.#scene === undefined) return 0
    if (window.hops !== this.#index?.hops) this.#take(window)
    return placeDots(this.#index!, this.#scene.ports, at, speed, this.#dots) * window.stride
  }

  #paintDots(scene: Scene, { at, speed }: Moment): void {
    const dots = this.#dots
    placeDots(this.#index!, scene.ports, at, speed, dots, scene.byAddress)
    this.#raster.stamp(dots.count, dots.x, dots.y, dots.kind, scene.scale, this.#looks, RADIUS * scene.scale)
  }

  #take(window: TraceWindow): void {
    this.#index = indexHops(window.hops)
    if (this.#dots.x.length < window.hops.count) this.#dots = dotsFor(window.hops.count)
  }
}

function isSame(last: Moment | undefined, next: Moment): boolean {
  return (
    last !== undefined &&
    last.window === next.window &&
    last.at === next.at &&
    last.speed === next.speed &&
    last.withDots === next.withDots
  )
}

/** By kind, see dots.ts. */
function cutLooks({ scale, palette }: Scene, stride: number) {
  const cut = new Map<ShapeName, Stamp[]>()
  for (const shape of SHAPE_NAMES) cut.set(shape, cutStamps(shape, RADIUS * scale, stride))
  const visitors = ADDRESS_COLORS.map((color) => ({ ...REQUEST_LOOK, color }))
  return [REQUEST_LOOK, ...OUTCOMES, ...MOVES.slice(1), ...visitors].map(({ shape, color }) => ({
    stamps: cut.get(shape)!,
    color: palette.colors[color]!,
  }))
}
