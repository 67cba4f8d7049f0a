/** The stage's colours as the raster takes them, read from CSS once per change of theme. */

import { ADDRESS_COLORS, MOVES, OUTCOMES } from './outcomes.ts'

export interface Palette {
  /** By CSS custom property: 0xAABBGGRR. */
  readonly colors: Readonly<Record<string, number>>
  readonly busy: number
  readonly waiting: number
  readonly heat: readonly number[]
}

const BUSY = '--stage-busy'
const WAITING = '--stage-waiting'
const COLD = '--stage-cold'
const HOT = '--stage-hot'
const SHADES = 8
const PROPERTIES = [
  ...[...MOVES, ...OUTCOMES].map(({ color }) => color),
  ...ADDRESS_COLORS,
  BUSY,
  WAITING,
  COLD,
  HOT,
]

export function readPalette(element: Element): Palette {
  const probe = document.createElement('span')
  element.append(probe)
  const colors: Record<string, number> = {}
  for (const property of PROPERTIES) {
    probe.style.color = `var(${property}, gray)`
    colors[property] = packColor(getComputedStyle(probe).color)
  }
  probe.remove()
  const heat = Array.from({ length: SHADES }, (_, i) => mixed(colors[COLD]!, colors[HOT]!, i / (SHADES - 1)))
  return { colors, busy: colors[BUSY]!, waiting: colors[WAITING]!, heat }
}

/** A colour between two, 0 being the first. */
export function mixed(first: number, second: number, share: number): number {
  let color = 0xff000000
  for (const shift of [0, 8, 16]) {
    const from = (first >>> shift) & 255
    const to = (second >>> shift) & 255
    color |= Math.round(from + (to - from) * share) << shift
  }
  return color >>> 0
}

/** `rgb(1, 2, 3)` or `color(srgb 0 0.5 1)` as an opaque 0xAABBGGRR. */
export function packColor(css: string): number {
  const parts = (css.match(/-?[\d.]+/g) ?? []).map(Number)
  const unit = css.startsWith('color(') ? 255 : 1
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    Math.round(Math.max(0, Math.min(255, part * unit))),
  )
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
