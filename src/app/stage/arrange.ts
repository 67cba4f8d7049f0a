/**
 * How a tier's replicas share a rectangle: as cards while there is room, then as one-line cards, then as
 * small cells, and in the end as a heat grid in which a cell stands for several replicas.
 */

/**
 * - `card`: name, state, queue and slots with words
 * - `line`: the same in one line
 * - `cell`: a square with its state and how full it is
 * - `heat`: a square for `per` replicas
 */
export type Form = 'card' | 'line' | 'cell' | 'heat'

export interface Grid {
  readonly form: Form
  readonly replicas: number
  readonly per: number
  readonly cells: number
  readonly cols: number
  readonly rows: number
  readonly cell: { readonly w: number; readonly h: number }
  readonly gap: { readonly x: number; readonly y: number }
}

/** Beyond this many replicas a tier is drawn as cells. */
const MOST_CARDS = 60
/** A grid of buttons stays quick to walk through and cheap to draw. */
export const MOST_CELLS = 600
const SMALLEST_CELL = 18
const LARGEST_CELL = 44
const CELL_GAP = 4
/** Between rows (columns, when upright) where dots must pass. */
const LANES = 16
/** The same, with room for what sticks out of a replica's upper edge. */
const WIDE_LANES = 26

interface Limits {
  readonly minW: number
  readonly maxW: number
  readonly minH: number
  readonly maxH: number
}
const CARD: Limits = { minW: 200, maxW: 300, minH: 72, maxH: 116 }
/** Tall, since it has queue and slots one above the other. */
const NARROW_CARD: Limits = { minW: 132, maxW: 199, minH: 86, maxH: 128 }
const UPRIGHT_CARD: Limits = { minW: 150, maxW: 199, minH: 118, maxH: 118 }
const UPRIGHT_WIDE: Limits = { minW: 200, maxW: 340, minH: 92, maxH: 92 }
const LINE: Limits = { minW: 112, maxW: 280, minH: 26, maxH: 40 }
const UPRIGHT_LINE: Limits = { minW: 112, maxW: 180, minH: 40, maxH: 40 }

/** The arrangement of `replicas` in at most `width` x `height`; cells shrink and merge until they fit. */
export function arrange(replicas: number, width: number, height: number, upright: boolean): Grid {
  const cards = replicas <= MOST_CARDS ? asCards(replicas, width, height, upright) : undefined
  return cards ?? asCells(replicas, width, height)
}

function asCards(replicas: number, width: number, height: number, upright: boolean): Grid | undefined {
  const tries: [Form, Limits, number, number?][] = upright
    ? [
        ['card', UPRIGHT_WIDE, 3],
        ['card', UPRIGHT_CARD, 3],
        ['line', UPRIGHT_LINE, 6],
      ]
    : // One column, so that dots run beside the replicas and not between them.
      [
        ['card', CARD, 1],
        ['card', NARROW_CARD, 1],
        ['line', LINE, 8, WIDE_LANES],
        ['line', LINE, 8],
      ]
  for (const [form, limits, most, lanes = LANES] of tries) {
    const grid = arrangeAs(form, limits, replicas, width, height, upright, most, lanes)
    if (grid) return grid
  }
  return undefined
}

function arrangeAs(
  form: Form,
  limits: Limits,
  replicas: number,
  width: number,
  height: number,
  upright: boolean,
  mostCols: number,
  wanted: number,
): Grid | undefined {
  const most = Math.min(mostCols, Math.max(1, replicas))
  // Upright: as many columns as the width takes; sideways: as few as the height takes.
  const candidates = Array.from({ length: most }, (_, index) => (upright ? most - index : index + 1))
  for (const cols of candidates) {
    const rows = Math.max(1, Math.ceil(replicas / cols))
    const oneRank = upright ? rows === 1 : cols === 1
    const lanes = oneRank ? (form === 'card' ? 14 : 8) : wanted
    const gap = upright ? { x: Math.max(lanes, 12), y: 12 } : { x: 14, y: lanes }
    const w = Math.floor((width - gap.x * (cols - 1)) / cols)
    const h = Math.floor((height - gap.y * (rows - 1)) / rows)
    if (w < limits.minW || h < limits.minH) continue
    const cell = { w: Math.min(w, limits.maxW), h: Math.min(h, limits.maxH) }
    // Few cards on a tall stage stand further apart.
    const spare = rows > 1 && !upright ? (height - rows * cell.h) / (rows - 1) : 0
    const y = Math.max(gap.y, Math.min(form === 'card' ? 36 : 16, Math.floor(spare)))
    return { form, replicas, per: 1, cells: replicas, cols, rows, cell, gap: { x: gap.x, y } }
  }
  return undefined
}

function asCells(replicas: number, width: number, height: number): Grid {
  const capacity = (size: number) => fits(width, size) * fits(height, size)
  const most = Math.min(MOST_CELLS, capacity(SMALLEST_CELL))
  const per = Math.ceil(replicas / most)
  const cells = Math.ceil(replicas / per)
  let size = LARGEST_CELL
  while (size > SMALLEST_CELL && capacity(size) < cells) size--
  // As square as the rectangle allows, wide rather than tall.
  const rows = Math.min(fits(height, size), Math.ceil(cells / Math.min(fits(width, size), cells)))
  const balanced = Math.max(rows, Math.min(fits(height, size), Math.ceil(Math.sqrt(cells * 0.8))))
  const cols = Math.ceil(cells / balanced)
  return {
    form: per > 1 ? 'heat' : 'cell',
    replicas,
    per,
    cells,
    cols,
    rows: Math.ceil(cells / cols),
    cell: { w: size, h: size },
    gap: { x: CELL_GAP, y: CELL_GAP },
  }
}

const fits = (room: number, size: number) => Math.max(1, Math.floor((room + CELL_GAP) / (size + CELL_GAP)))

export const gridWidth = ({ cols, cell, gap }: Grid) => cols * (cell.w + gap.x) - gap.x
export const gridHeight = ({ rows, cell, gap }: Grid) => rows * (cell.h + gap.y) - gap.y
