/** Saves a chart as a file: PNG and SVG in the colours that are on, CSV with every value. */

import type { ChartTable, Plate } from '../charts/frame/chart-data.ts'
import { paintCells } from '../charts/pen.ts'
import { csvOf } from './csv.ts'
import { fileName, originOf } from './origin.ts'
import { withTexts } from './png-text.ts'
import { drawSheet, type Tool } from './sheet.ts'
import { svgInk } from './svg-ink.ts'

export type ChartFormat = 'png' | 'svg' | 'csv'

/** Device pixels for each of the sheet, so that a picture is sharp on paper. */
const DENSITY = 2

export async function saveChart(format: ChartFormat, plate: Plate, table: ChartTable): Promise<void> {
  download(await fileOf(format, plate, table), fileName(plate, format))
}

async function fileOf(format: ChartFormat, plate: Plate, table: ChartTable): Promise<Blob> {
  if (format === 'csv') return new Blob([csvOf(table, originOf(plate))], { type: 'text/csv' })
  // A picture shows a stretch, a table everything.
  const origin = originOf(plate, table.step === undefined ? undefined : plate.across.span)
  if (format === 'svg') return new Blob([svgOf(plate, origin)], { type: 'image/svg+xml' })
  const png = new Uint8Array(await (await pngOf(plate)).arrayBuffer())
  return new Blob([withTexts(png, origin) as Uint8Array<ArrayBuffer>], { type: 'image/png' })
}

function svgOf(plate: Plate, origin: ReturnType<typeof originOf>): string {
  const { ink, cells, document: whole } = svgInk()
  const { width, height } = drawSheet(plate, { ink, cells, color: themeColor(), measure: measurer(ink) })
  return whole(width, height, plate.title, origin)
}

async function pngOf(plate: Plate): Promise<Blob> {
  await document.fonts.ready
  // Drawn once to know how high it is, and once for good.
  const rehearsal = svgInk()
  const color = themeColor()
  const { width, height } = drawSheet(plate, {
    ink: rehearsal.ink,
    cells: () => undefined,
    color,
    measure: measurer(rehearsal.ink),
  })
  const canvas = new OffscreenCanvas(width * DENSITY, height * DENSITY)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser gives no canvas to draw on')
  context.scale(DENSITY, DENSITY)
  const ink = context as unknown as CanvasRenderingContext2D
  drawSheet(plate, { ink, cells: paintCells(ink), color, measure: measurer(ink) })
  return canvas.convertToBlob({ type: 'image/png' })
}

function themeColor(): Tool['color'] {
  const style = getComputedStyle(document.documentElement)
  return (token) => style.getPropertyValue(token).trim()
}

/** Texts are measured by a canvas, whatever draws them. */
function measurer(ink: { readonly font: string }): Tool['measure'] {
  const context = new OffscreenCanvas(1, 1).getContext('2d')
  return (text) => {
    if (!context) return text.length * 7
    context.font = ink.font
    return context.measureText(text).width
  }
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The download has begun by then, or never will.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
