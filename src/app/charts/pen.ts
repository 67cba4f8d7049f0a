/** What a chart draws with: a canvas in CSS pixels, time and value turned into places, colours by name. */

import { type TimeScale, toX } from './time-scale.ts'
import type { ValueScale } from './value-scale.ts'

export interface Pen {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  /** Device pixels per CSS pixel. */
  readonly density: number
  /** What a line of one pixel is where the page's type is larger (4K, presenter): 1 or more. */
  readonly unit: number
  x(at: number): number
  /** Top is 0. */
  y(value: number): number
  /** A custom property of the theme: `--ok`. */
  color(token: string): string
}

/** Clears the canvas and makes a pen for it. */
export function takePen(
  canvas: HTMLCanvasElement,
  time: TimeScale,
  value: ValueScale,
  height: number,
): Pen | undefined {
  const context = canvas.getContext('2d')
  if (!context || time.width < 1 || height < 1) return undefined
  const density = window.devicePixelRatio || 1
  const wide = Math.round(time.width * density)
  const high = Math.round(height * density)
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide
    canvas.height = high
  }
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, time.width, height)
  const style = getComputedStyle(canvas)
  return {
    context,
    width: time.width,
    height,
    density,
    unit: Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16),
    x: (at) => toX(time, at),
    y: (amount) => height - value.at(amount) * height,
    color: (token) => style.getPropertyValue(token),
  }
}
