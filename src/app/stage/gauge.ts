/**
 * Where a replica's slots and queue are drawn inside its box: things one can count, the queue to the left
 * with its head next to the slots. The same for every replica of a tier; layout units from the box's corner.
 */

import type { Form } from './arrange.ts'

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
}

interface Room {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly largest: number
  readonly tickW: number
  readonly tickGap: number
  /** Kept free at the left for "+n". */
  readonly more: number
}

/** Heights of a card's head and foot. */
export const CARD_HEAD = 34
export const CARD_FOOT = 28
const CARD_INSET = 14
const LINE_INSET = 9

/** Width of the sign and name of a replica drawn as a line. */
export function lineName(w: number): number {
  return w < 124 ? 46 : Math.round(Math.min(120, Math.max(68, w * 0.42)))
}

export function gaugeOf(form: Form, w: number, h: number, concurrency: number): Gauge {
  return fill(form === 'card' ? cardRoom(w, h) : lineRoom(w, h), concurrency)
}

function cardRoom(w: number, h: number): Room {
  const tight = h < 92 ? 5 : 0
  const y = CARD_HEAD - tight
  const room = h - CARD_FOOT - y
  return { x: CARD_INSET, y, w: w - 2 * CARD_INSET, h: room, largest: 17, tickW: 3, tickGap: 2, more: 30 }
}

function lineRoom(w: number, h: number): Room {
  const x = LINE_INSET + lineName(w)
  return {
    x,
    y: 7,
    w: w - LINE_INSET - x,
    h: h - 14,
    largest: 10,
    tickW: 2,
    tickGap: 1,
    more: w < 200 ? 0 : 24,
  }
}

function fill(room: Room, concurrency: number): Gauge {
  const right = room.x + room.w
  const middle = room.y + room.h / 2
  const isBar = concurrency > MOST_SLOTS
  const { slots, slotW, slotH } = isBar
    ? bar(room, right, middle)
    : squares(room, right, middle, Math.max(1, concurrency))
  const left = Math.min(...slots.map((slot) => slot.x))
  const gap = room.more > 0 ? 12 : 5
  const pitch = room.tickW + room.tickGap
  const tickH = Math.round(Math.min(room.h, 18))
  return {
    slots,
    isBar,
    slotW,
    slotH,
    queueX: left - gap + room.tickGap,
    queueY: Math.round(middle - tickH / 2),
    tickW: room.tickW,
    tickH,
    pitch,
    mostTicks: Math.max(0, Math.min(MOST_TICKS, Math.floor((left - gap - room.x - room.more) / pitch))),
  }
}

/** As large as they can be in a bit more than half of the room. */
function squares(room: Room, right: number, middle: number, count: number) {
  let best = { size: 0, rows: 1 }
  for (const rows of [1, 2, 3]) {
    const cols = Math.ceil(count / rows)
    const gap = (size: number) => slotGap(size)
    let size = room.largest
    const tooWide = () => cols * (size + gap(size)) - gap(size) > room.w * 0.56
    const tooHigh = () => rows * (size + gap(size)) - gap(size) > room.h
    while (size > 3 && (tooWide() || tooHigh())) size--
    // Even rows, unless they are much smaller.
    const bonus = count % rows === 0 ? 0 : 3
    if (size - bonus > best.size) best = { size, rows }
  }
  const { size, rows } = best
  const cols = Math.ceil(count / rows)
  const pitch = size + slotGap(size)
  const x = right - cols * pitch + slotGap(size)
  const y = Math.round(middle - (rows * pitch - slotGap(size)) / 2)
  const slots = Array.from({ length: count }, (_, slot) => ({
    x: x + (slot % cols) * pitch,
    y: y + Math.floor(slot / cols) * pitch,
  }))
  return { slots, slotW: size, slotH: size }
}

function bar(room: Room, right: number, middle: number) {
  const slotW = Math.round(room.w * 0.5)
  const slotH = Math.round(Math.min(12, room.h))
  return { slots: [{ x: right - slotW, y: Math.round(middle - slotH / 2) }], slotW, slotH }
}

function slotGap(size: number): number {
  return size >= 12 ? 4 : size >= 9 ? 3 : size >= 6 ? 2 : 1
}
