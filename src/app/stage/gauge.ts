/**
 * Where a replica's slots and queue are drawn inside its box: things one can count, the queue to the left
 * with its head next to the slots (above them where that is too narrow). The same for every replica of a tier; layout units from the box's corner.
 */

import type { Form } from './arrange.ts'
import { type Area, bar, squares } from './slot-grid.ts'

/** More slots than this are a bar. */
export const MOST_SLOTS = 16
/** More waiting requests than this are "+n". */
export const MOST_TICKS = 30

export interface Gauge {
  /** Corners of the slots; one bar when there are too many to count. */
  readonly slots: readonly { readonly x: number; readonly y: number }[]
  readonly isBar: boolean
  readonly slotW: number
  readonly slotH: number
  /** The queue's right end. Tick i is at x = queueX - (i + 1) * pitch. */
  readonly queueX: number
  readonly queueY: number
  readonly tickW: number
  readonly tickH: number
  readonly pitch: number
  readonly mostTicks: number
  /** How full its cache is; absent: it has none. */
  readonly store?: Area
}

/** How a form divides its box. */
interface Rooms {
  readonly slots: Area
  readonly largest: number
  /** Absent: the queue is beside the slots, in what they leave of `all`. */
  readonly queue?: Area
  readonly all: Area
  /** Between queue and slots. */
  readonly gap: number
  readonly tickW: number
  readonly tickGap: number
  /** Kept free at the left for "+n". */
  readonly more: number
}

const CARD_HEAD = 34
const CARD_FOOT = 28
const CARD_INSET = 14
/** A narrow card has its queue above the slots. */
const NARROW_CARD = 200
const QUEUE_ROW = 15
const LINE_INSET = 9
/** What the level of a cache takes below. */
const STORE_ROW = 8
const LINE_STORE_ROW = 4
/** A narrower line has a number instead of ticks. */
const NARROW_LINE = 140

/** Width of the sign and name of a replica drawn as a line. */
export function lineName(w: number): number {
  return w < 124 ? 46 : Math.round(Math.min(120, Math.max(68, w * 0.42)))
}

export function gaugeOf(form: Form, w: number, h: number, concurrency: number, hasCache = false): Gauge {
  const lower = hasCache ? (form === 'card' ? STORE_ROW : LINE_STORE_ROW) : 0
  const rooms = form === 'card' ? cardRooms(w, h - lower) : lineRooms(w, h - lower)
  const isBar = concurrency > MOST_SLOTS
  const grid = isBar ? bar(rooms.slots) : squares(rooms.slots, Math.max(1, concurrency), rooms.largest)
  const queue = rooms.queue ?? beside(rooms, Math.min(...grid.slots.map((slot) => slot.x)))
  const pitch = rooms.tickW + rooms.tickGap
  const tickH = Math.round(Math.min(queue.h, 18))
  const hasTicks = form === 'card' || w >= NARROW_LINE
  return {
    ...grid,
    ...(hasCache && { store: storeArea(form, w, h) }),
    isBar,
    queueX: queue.x + queue.w + rooms.tickGap,
    queueY: Math.round(queue.y + (queue.h - tickH) / 2),
    tickW: rooms.tickW,
    tickH,
    pitch,
    mostTicks: hasTicks ? Math.max(0, Math.min(MOST_TICKS, Math.floor((queue.w - rooms.more) / pitch))) : 0,
  }
}

/** Along the lower edge. */
function storeArea(form: Form, w: number, h: number): Area {
  return form === 'card' ? { x: 13, y: h - 12, w: w - 26, h: 5 } : { x: 9, y: h - 8, w: w - 18, h: 3 }
}

function beside({ all, gap }: Rooms, left: number): Area {
  return { ...all, w: left - gap - all.x }
}

function cardRooms(w: number, h: number): Rooms {
  const tight = h < 100 ? 5 : 0
  const y = CARD_HEAD - tight
  const all = { x: CARD_INSET, y, w: w - 2 * CARD_INSET, h: h - CARD_FOOT + Math.min(tight, 2) - y }
  const ticks = { gap: 12, tickW: 3, tickGap: 2, more: 30, largest: 17 }
  if (w >= NARROW_CARD) return { ...ticks, all, slots: rightPart(all, 0.56) }
  const row = QUEUE_ROW - tight
  const queue = { ...all, h: row }
  const slots = { ...all, y: y + row + 5, h: all.h - row - 5 }
  return { ...ticks, all, queue, slots }
}

function lineRooms(w: number, h: number): Rooms {
  const x = LINE_INSET + lineName(w)
  const all = { x, y: 7, w: w - LINE_INSET - x, h: h - 14 }
  return { gap: 5, tickW: 2, tickGap: 1, more: 24, largest: 10, all, slots: rightPart(all, 0.5) }
}

function rightPart({ x, y, w, h }: Area, share: number): Area {
  const part = Math.round(w * share)
  return { x: x + w - part, y, w: part, h }
}
