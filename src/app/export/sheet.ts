/** A chart as a picture that stands by itself: title, legend, axes, marks, and below them where it comes from. */

import { edgeOf } from '../charts/axes-edge.ts'
import type { ChartKey, Plate } from '../charts/frame/chart-data.ts'
import { type Ink, type Pen, penWith } from '../charts/pen.ts'
import { captionOf } from './origin.ts'

export interface Sheet {
  readonly width: number
  readonly height: number
}

/** An ink, and what it needs of its surroundings. */
export interface Tool {
  readonly ink: Ink
  readonly cells: Pen['cells']
  color(token: string): string
  /** Width of a text in the ink's font. */
  measure(text: string): number
}

const MARGIN = 24
const LEFT = 84
const FONT = "'Inter Variable', Inter, system-ui, 'Helvetica Neue', Arial, sans-serif"
const LINE = 18

export const SHEET: Sheet = { width: 960, height: 540 }

/** Draws all of it; the sheet is as large as `SHEET`, and higher where a caption is long. */
export function drawSheet(plate: Plate, tool: Tool): Sheet {
  const { ink, color } = tool
  const captions = captionOf(plate)
  const height = SHEET.height + LINE * (captions.length - 1)
  const { width } = SHEET
  ink.fillStyle = color('--panel')
  ink.fillRect(0, 0, width, height)
  write(tool, plate.savedAs ?? plate.title, MARGIN, MARGIN + 14, `600 17px ${FONT}`, '--ink')
  const top = drawKeys(tool, plate.keys, MARGIN + 40, width - MARGIN) + 16
  const bottom = height - MARGIN - LINE * captions.length - 36
  const plot = { width: width - LEFT - MARGIN, height: bottom - top }
  ink.save()
  ink.translate(LEFT, top)
  drawAxes(tool, plate, plot)
  ink.save()
  ink.beginPath()
  ink.rect(0, -1, plot.width, plot.height + 2)
  ink.clip()
  plate.draw(penWith(ink, plate.across, plate.scale, plot, color, tool.cells))
  ink.restore()
  ink.restore()
  captions.forEach((caption, i) => {
    const y = height - MARGIN - LINE * (captions.length - 1 - i)
    write(
      tool,
      `${caption}${i === captions.length - 1 ? ' · simulated, not measured' : ''}`,
      MARGIN,
      y,
      `400 12px ${FONT}`,
      '--ink-3',
    )
  })
  return { width, height }
}

/** @returns the lower end of the last row */
function drawKeys(tool: Tool, keys: readonly ChartKey[], top: number, right: number): number {
  const { ink, color } = tool
  let x = MARGIN
  let y = top
  for (const { title, token, mark, dash, fixed } of keys) {
    const text = fixed === undefined ? title : `${title} ${fixed}`
    ink.font = `400 13px ${FONT}`
    const room = (token ? 22 : 0) + tool.measure(text) + 20
    if (x + room > right && x > MARGIN) {
      x = MARGIN
      y += LINE + 2
    }
    if (token && mark === 'line') {
      ink.strokeStyle = color(token)
      ink.lineWidth = 2
      ink.setLineDash(dash ? [...dash] : [])
      ink.beginPath()
      ink.moveTo(x, y - 4)
      ink.lineTo(x + 16, y - 4)
      ink.stroke()
      ink.setLineDash([])
    } else if (token) {
      ink.fillStyle = color(token)
      ink.fillRect(x, y - 10, 11, 11)
    }
    write(tool, text, x + (token ? 22 : 0), y, `400 13px ${FONT}`, '--ink-2')
    x += room
  }
  return y
}

function drawAxes(tool: Tool, { across, scale, format, rows }: Plate, { width, height }: Sheet): void {
  const font = `400 12px ${FONT}`
  const below = across.ticks(width)
  // What has no axes is a picture.
  if (!format && !rows && below.length === 0) return
  for (const tick of format ? scale.ticks : []) {
    const y = Math.round(height - scale.at(tick) * height) + 0.5
    rule(tool, '--line', 0, y, width, y)
    write(tool, format!(tick), -9, y + 4, font, '--ink-3', 'right')
  }
  rows?.forEach((name, row) => {
    const y = (row * height) / rows.length
    rule(tool, '--line', 0, y, width, y)
    write(tool, name, -9, y + height / rows.length / 2 + 4, font, '--ink-3', 'right')
  })
  for (const { at, label } of below) {
    const x = across.x(at, width)
    const edge = edgeOf(x, width)
    rule(tool, '--line-strong', x, height, x, height + 5)
    write(
      tool,
      label,
      x,
      height + 20,
      font,
      '--ink-3',
      edge === 'start' ? 'left' : edge === 'end' ? 'right' : 'center',
    )
  }
  rule(tool, '--line-strong', 0, height + 0.5, width, height + 0.5)
}

function rule({ ink, color }: Tool, token: string, x: number, y: number, toX: number, toY: number): void {
  ink.strokeStyle = color(token)
  ink.lineWidth = 1
  ink.beginPath()
  ink.moveTo(x, y)
  ink.lineTo(toX, toY)
  ink.stroke()
}

function write(
  { ink, color }: Tool,
  text: string,
  x: number,
  y: number,
  font: string,
  token: string,
  align: CanvasTextAlign = 'left',
): void {
  ink.font = font
  ink.fillStyle = color(token)
  ink.textAlign = align
  ink.fillText(text, x, y)
}
