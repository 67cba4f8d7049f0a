/** What charts draw with, as an SVG document: real paths and texts instead of pixels. */

import type { Cells, Ink } from '../charts/pen.ts'
import type { Origin } from './origin.ts'

export interface SvgInk {
  readonly ink: Ink
  cells(cells: Cells, left: number, top: number, width: number, height: number): void
  /** The whole document. */
  document(width: number, height: number, title: string, origin: Origin): string
}

interface Style {
  fillStyle: string
  strokeStyle: string
  globalAlpha: number
  lineWidth: number
  lineJoin: CanvasLineJoin
  lineCap: CanvasLineCap
  font: string
  textAlign: CanvasTextAlign
  dash: readonly number[]
}

const FIRST: Style = {
  fillStyle: '#000',
  strokeStyle: '#000',
  globalAlpha: 1,
  lineWidth: 1,
  lineJoin: 'miter',
  lineCap: 'butt',
  font: '10px sans-serif',
  textAlign: 'start',
  dash: [],
}
const ANCHORS: Readonly<Record<CanvasTextAlign, string>> = {
  start: 'start',
  left: 'start',
  center: 'middle',
  end: 'end',
  right: 'end',
}

export function svgInk(): SvgInk {
  const parts: string[] = []
  const defs: string[] = []
  /** Of each saved state: its style, and how many groups have been opened since. */
  const saved: { readonly style: Style; readonly groups: number }[] = []
  let groups = 0
  let path = ''
  const style: Style = { ...FIRST }
  const open = (attributes: string) => {
    parts.push(`<g ${attributes}>`)
    groups++
  }
  const alpha = () => (style.globalAlpha < 1 ? ` opacity="${fine(style.globalAlpha)}"` : '')
  const methods = {
    beginPath() {
      path = ''
    },
    moveTo(x: number, y: number) {
      path += `M${fine(x)} ${fine(y)}`
    },
    lineTo(x: number, y: number) {
      // As on a canvas, a path may begin with a line.
      path += `${path === '' ? 'M' : 'L'}${fine(x)} ${fine(y)}`
    },
    closePath() {
      path += 'Z'
    },
    rect(x: number, y: number, width: number, height: number) {
      path += box(x, y, width, height)
    },
    fill() {
      if (path !== '') parts.push(`<path d="${path}"${paint('fill', style.fillStyle)}${alpha()}/>`)
    },
    stroke() {
      if (path === '') return
      const { lineWidth, lineJoin, lineCap, dash } = style
      const look = [
        ` stroke-width="${fine(lineWidth)}"`,
        lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`,
        lineCap === 'butt' ? '' : ` stroke-linecap="${lineCap}"`,
        dash.length > 0 ? ` stroke-dasharray="${dash.map(fine).join(' ')}"` : '',
      ].join('')
      parts.push(`<path d="${path}" fill="none"${paint('stroke', style.strokeStyle)}${look}${alpha()}/>`)
    },
    clip() {
      defs.push(`<clipPath id="clip${defs.length}"><path d="${path}"/></clipPath>`)
      open(`clip-path="url(#clip${defs.length - 1})"`)
    },
    fillRect(x: number, y: number, width: number, height: number) {
      if (width > 0 && height > 0) {
        parts.push(`<path d="${box(x, y, width, height)}"${paint('fill', style.fillStyle)}${alpha()}/>`)
      }
    },
    fillText(text: string, x: number, y: number) {
      const anchor = ANCHORS[style.textAlign]
      parts.push(
        `<text x="${fine(x)}" y="${fine(y)}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`} style="font:${escaped(style.font)}"${paint('fill', style.fillStyle)}${alpha()}>${escaped(text)}</text>`,
      )
    },
    save() {
      saved.push({ style: { ...style }, groups })
      groups = 0
    },
    restore() {
      parts.push('</g>'.repeat(groups))
      const last = saved.pop()
      groups = last?.groups ?? 0
      Object.assign(style, last?.style ?? FIRST)
    },
    translate(x: number, y: number) {
      open(`transform="translate(${fine(x)} ${fine(y)})"`)
    },
    setLineDash(dash: readonly number[]) {
      style.dash = dash
    },
  }
  return {
    ink: Object.assign(style, methods) as unknown as Ink,
    cells(cells, left, top, width, height) {
      for (const [color, d] of pathsByColor(cells, left, top, width, height)) {
        parts.push(`<path d="${d}"${paint('fill', color)} shape-rendering="crispEdges"/>`)
      }
    },
    document: (width, height, title, origin) =>
      [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
        `<title>${escaped(title)}</title>`,
        `<desc>${escaped(origin.map(([name, text]) => `${name}: ${text}`).join('\n'))}</desc>`,
        `<metadata>${escaped(JSON.stringify(Object.fromEntries(origin)))}</metadata>`,
        defs.length > 0 ? `<defs>${defs.join('')}</defs>` : '',
        ...parts,
        '</svg>\n',
      ].join('\n'),
  }
}

/** Neighbouring cells of a row and a colour are one rectangle, all rectangles of a colour one path. */
function pathsByColor(
  { columns, rows, pixels }: Cells,
  left: number,
  top: number,
  width: number,
  height: number,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>()
  const [w, h] = [width / columns, height / rows]
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; ) {
      const pixel = pixels[row * columns + column]!
      let end = column + 1
      while (end < columns && pixels[row * columns + end] === pixel) end++
      if (pixel >>> 24 > 0) {
        const color = colorOf(pixel)
        const before = paths.get(color) ?? ''
        paths.set(color, before + box(left + column * w, top + row * h, (end - column) * w, h))
      }
      column = end
    }
  }
  return paths
}

function colorOf(pixel: number): string {
  const [red, green, blue, opacity] = [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255, pixel >>> 24]
  return opacity === 255
    ? `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
    : `rgb(${red} ${green} ${blue} / ${fine(opacity / 255)})`
}

/** Opacity as an attribute of its own, which every program understands. */
function paint(attribute: 'fill' | 'stroke', color: string): string {
  const [, red, green, blue, opacity] =
    /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*[/,]\s*([\d.]+)\s*\)$/.exec(color.trim()) ?? []
  if (opacity === undefined) return ` ${attribute}="${escaped(color.trim())}"`
  return ` ${attribute}="rgb(${red},${green},${blue})" ${attribute}-opacity="${opacity}"`
}

function box(x: number, y: number, width: number, height: number): string {
  return `M${fine(x)} ${fine(y)}h${fine(width)}v${fine(height)}h${fine(-width)}z`
}

function fine(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0'
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
  )
}
