/**
 * One frame of what moves: a pure function of (window, instant, speed) painted into the raster and shown
 * once. It knows no browser: `show` puts the touched box on the screen, and tests count its calls.
 */

import type { TraceWindow } from '../../worker/protocol.ts'
import { heatsAt } from './doors/heats.ts'
import { type Dots, dotsFor, placeDots } from './dots.ts'
import { type HopIndex, indexOf } from './hop-index.ts'
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

/** The part of the stage that is seen: so many times larger, its corner at (x, y) layout units of the screen. */
export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

const RADIUS = 3.1

/** Dots grow in steps, and less than what they fly between. */
function radiusAt(zoom: number): number {
  if (zoom < 1.5) return RADIUS
  return RADIUS * (zoom < 3 ? 1.4 : 1.9)
}

export class Painter {
  readonly #show: Show
  #scene: Scene | undefined
  #raster = new Raster(1, 1)
  #looks: { readonly stamps: readonly Stamp[]; readonly color: number }[] = []
  #index: HopIndex | undefined
  #dots: Dots = dotsFor(0)
  #last: Moment | undefined
  #zoom: View = { scale: 1, x: 0, y: 0 }
  #radius = RADIUS

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
    this.#scene = scene
    this.#cut()
  }

  /** From the next frame on another part is seen. */
  setView(view: View): void {
    const radius = radiusAt(view.scale)
    this.#zoom = view
    this.#last = undefined
    if (radius === this.#radius) return
    this.#radius = radius
    this.#cut()
  }

  #cut(): void {
    this.#last = undefined
    if (this.#scene) this.#looks = cutLooks(this.#scene, this.#radius, this.#raster.width)
  }

  /** Paints the moment unless it is what is shown already. Returns whether it painted. */
  paint(moment: Moment): boolean {
    const scene = this.#scene
    if (scene === undefined || isSame(this.#last, moment)) return false
    const { window, at } = moment
    if (window !== undefined && window.hops !== this.#index?.hops) this.#take(window)
    this.#last = moment
    const raster = this.#raster
    const scale = scene.scale * this.#zoom.scale
    raster.originX = -this.#zoom.x * scene.scale
    raster.originY = -this.#zoom.y * scene.scale
    const { left, top, right, bottom } = raster
    raster.clear()
    this.#dots.count = 0
    const isCovered = window !== undefined && at >= window.from && at <= window.to
    if (isCovered) {
      const frame = levelsFrame(window, at)
      if (frame >= 0) {
        const heats = heatsAt(scene.tiers, window, at)
        paintLevels(raster, scale, scene.tiers, window.levels, frame, scene.palette, heats)
        paintHeld(raster, scale, scene.fronts, window.levels, frame, scene.palette.waiting)
      }
      if (moment.withDots) this.#paintDots(scene, scale, moment)
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

  #paintDots(scene: Scene, scale: number, { at, speed }: Moment): void {
    const dots = this.#dots
    placeDots(this.#index!, scene.ports, at, speed, dots, scene.byAddress)
    const radius = this.#radius * scene.scale
    this.#raster.stamp(dots.count, dots.x, dots.y, dots.kind, scale, this.#looks, radius)
  }

  #take(window: TraceWindow): void {
    this.#index = indexOf(window.hops)
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
function cutLooks({ scale, palette }: Scene, radius: number, stride: number) {
  const cut = new Map<ShapeName, Stamp[]>()
  for (const shape of SHAPE_NAMES) cut.set(shape, cutStamps(shape, radius * scale, stride))
  const visitors = ADDRESS_COLORS.map((color) => ({ ...REQUEST_LOOK, color }))
  return [REQUEST_LOOK, ...OUTCOMES, ...MOVES.slice(1), ...visitors].map(({ shape, color }) => ({
    stamps: cut.get(shape)!,
    color: palette.colors[color]!,
  }))
}
