/** Slots as squares in even rows, as large as they can be, or as one bar when there are too many to count. */

export interface Area {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface SlotGrid {
  readonly slots: readonly { readonly x: number; readonly y: number }[]
  readonly slotW: number
  readonly slotH: number
}

/** Squares at the right of an area, none larger than `largest`. */
export function squares({ x, y, w, h }: Area, count: number, largest: number): SlotGrid {
  let best = { size: 0, rows: 1 }
  for (const rows of [1, 2, 3]) {
    const cols = Math.ceil(count / rows)
    let size = largest
    while (size > 3 && (span(cols, size) > w || span(rows, size) > h)) size--
    // Even rows, unless they are much smaller.
    const bonus = count % rows === 0 ? 0 : 3
    if (size - bonus > best.size) best = { size, rows }
  }
  const { size, rows } = best
  const cols = Math.ceil(count / rows)
  const pitch = size + gapOf(size)
  const left = x + w - span(cols, size)
  const top = Math.round(y + (h - span(rows, size)) / 2)
  const slots = Array.from({ length: count }, (_, slot) => ({
    x: left + (slot % cols) * pitch,
    y: top + Math.floor(slot / cols) * pitch,
  }))
  return { slots, slotW: size, slotH: size }
}

/** A bar as wide as the area. */
export function bar({ x, y, w, h }: Area): SlotGrid {
  const slotH = Math.round(Math.min(12, h))
  return { slots: [{ x, y: Math.round(y + (h - slotH) / 2) }], slotW: w, slotH }
}

function span(count: number, size: number): number {
  return count * (size + gapOf(size)) - gapOf(size)
}

function gapOf(size: number): number {
  if (size >= 12) return 4
  if (size >= 9) return 3
  return size >= 6 ? 2 : 1
}
