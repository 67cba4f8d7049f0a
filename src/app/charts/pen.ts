/** What a chart draws with: an ink in CSS pixels, time and value turned into places, colours by name. */

import type { TimeSpan } from '../stores/brush.ts'
import { type Across, overTime } from './across.ts'
import type { TimeScale } from './time-scale.ts'
import type { ValueScale } from './value-scale.ts'

/** The part of a canvas that charts draw with; export/svg-ink.ts writes the same as vectors. */
export type Ink = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'rect'
  | 'fill'
  | 'stroke'
  | 'clip'
  | 'fillRect'
  | 'fillText'
  | 'save'
  | 'restore'
  | 'translate'
  | 'setLineDash'
  | 'fillStyle'
  | 'strokeStyle'
  | 'globalAlpha'
  | 'lineWidth'
  | 'lineJoin'
  | 'lineCap'
  | 'font'
  | 'textAlign'
>

/** A grid of coloured cells: pixels[row * columns + column], 0xAABBGGRR, row 0 on top. */
export interface Cells {
  readonly columns: number
  readonly rows: number
  readonly pixels: Uint32Array
}

export interface Pen {
  readonly context: Ink
  readonly width: number
  readonly height: number
  /** What a line of one pixel is where the page's type is larger (4K, presenter): 1 or more. */
  readonly unit: number
  /** What is in sight of the axis below. */
  readonly span: TimeSpan
  x(at: number): number
  /** Top is 0. */
  y(value: number): number
  /** A custom property of the theme: `--ok`. */
  color(token: string): string
  /** Fills a rectangle with cells of equal size. */
  cells(cells: Cells, left: number, top: number, width: number, height: number): void
}

/** Clears the canvas and makes a pen for it, over time. */
export function takePen(
  canvas: HTMLCanvasElement,
  time: TimeScale,
  value: ValueScale,
  height: number,
): Pen | undefined {
  return penOn(canvas, overTime(time.duration, time.span), value, time.width, height)
}

/** Clears the canvas and makes a pen for it. */
export function penOn(
  canvas: HTMLCanvasElement,
  across: Across,
  value: ValueScale,
  width: number,
  height: number,
): Pen | undefined {
  const context = takeCanvas(canvas, width, height)
  if (!context) return undefined
  const style = getComputedStyle(canvas)
  const color = (token: string) => style.getPropertyValue(token)
  return penWith(context, across, value, { width, height }, color, paintCells(context))
}

/** A pen for any ink, from the place where its own left upper corner is. */
export function penWith(
  context: Ink,
  across: Across,
  value: ValueScale,
  { width, height }: { readonly width: number; readonly height: number },
  color: Pen['color'],
  cells: Pen['cells'],
): Pen {
  return {
    context,
    width,
    height,
    unit: unit(),
    span: across.span,
    x: (at) => across.x(at, width),
    y: (amount) => height - value.at(amount) * height,
    color,
    cells,
  }
}

/** A cleared canvas of that size in CSS pixels; undefined where there is nothing to draw on. */
function takeCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const context = canvas.getContext('2d')
  if (!context || width < 1 || height < 1) return undefined
  const density = window.devicePixelRatio || 1
  const wide = Math.round(width * density)
  const high = Math.round(height * density)
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide
    canvas.height = high
  }
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, width, height)
  return context
}

/** Cells as one small picture, drawn large. */
export function paintCells(context: CanvasRenderingContext2D): Pen['cells'] {
  return ({ columns, rows, pixels }, left, top, width, height) => {
    if (columns < 1 || rows < 1) return
    const small = new OffscreenCanvas(columns, rows)
    const inner = small.getContext('2d')
    if (!inner) return
    const image = inner.createImageData(columns, rows)
    new Uint32Array(image.data.buffer).set(pixels)
    inner.putImageData(image, 0, 0)
    context.imageSmoothingEnabled = false
    context.drawImage(small, left, top, width, height)
  }
}

function unit(): number {
  return Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16)
}
