/** Numbers and times as people read them: few digits, a space before the unit, a true minus. */

import type { SeriesKind } from '../measure/series.ts'

/** Keeps a number and its unit on one line. */
const GAP = '\u00a0'

/** `1,234`, `0.052`, `12.3`: about three significant digits. */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 100 || Number.isInteger(value)) return grouped(Math.round(value))
  return signed(trimmed(size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toPrecision(3)))
}

/** Whole numbers with a comma at the thousands. */
export function grouped(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return signed(Math.round(value).toString()).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** `950`, `12.4k`, `3.2M`. */
export function short(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e9) return `${plain(value / 1e9)}G`
  if (size >= 1e6) return `${plain(value / 1e6)}M`
  return size >= 1e4 ? `${plain(value / 1e3)}k` : plain(value)
}

/** A seed that is text stands in quotes: an empty one is one, too. */
export function seedText(seed: number | string): string {
  return typeof seed === 'number' ? String(seed) : `“${seed}”`
}

/** Milliseconds with the unit that fits: `820 µs`, `12.3 ms`, `1.25 s`. */
export function milliseconds(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 1000) return `${plain(value / 1000)}${GAP}s`
  if (size >= 0.1 || size === 0) return `${plain(value)}${GAP}ms`
  return `${plain(value * 1000)}${GAP}µs`
}

/** A share as a percentage; never rounds up to 100 % or down to 0 % what is not. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–'
  const value = share * 100
  const digits = value === 0 || value === 100 ? 0 : value > 99.9 ? 3 : value > 99 || value < 1 ? 2 : 1
  const text = value.toFixed(digits)
  if (value < 100 && Number(text) >= 100) return `>99.999${GAP}%`
  if (value > 0 && Number(text) === 0) return `<0.01${GAP}%`
  return `${text}${GAP}%`
}

/** A round share, for an axis: `99.5 %`. */
export function roundPercent(share: number): string {
  return `${Number((share * 100).toPrecision(6))}${GAP}%`
}

/** A value as its series measures it. */
export function ofKind(value: number, unit: string, kind: SeriesKind): string {
  if (!Number.isFinite(value)) return '–'
  if (kind === 'share') return percent(value)
  if (unit === 'ms') return milliseconds(value)
  if (unit === '1/s') return `${plain(value)}/s`
  return kind === 'gauge' && value < 100 ? value.toFixed(1) : plain(value)
}

/** An instant on a clock, `1:05.250`; decimals as many as the eye can follow at that speed. */
export function clock(at: number, decimals = 3): string {
  const unit = 10 ** decimals
  const ticks = Math.floor((at / 1e9) * unit + 1e-6)
  const whole = Math.floor(ticks / unit)
  const part = decimals > 0 ? `.${String(ticks % unit).padStart(decimals, '0')}` : ''
  const seconds = whole % 60
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  const head = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}` : String(minutes)
  return `${head}:${String(seconds).padStart(2, '0')}${part}`
}

/** A length of time for reading aloud and for marks: `12.3 s`, `2 min`, `1 h 5 min`. */
export function span(length: number): string {
  const seconds = length / 1e9
  if (seconds < 1) return milliseconds(seconds * 1000)
  if (seconds < 60) return `${plain(Math.round(seconds * 1000) / 1000)}${GAP}s`
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  if (minutes < 60) return rest ? `${minutes}${GAP}min ${rest}${GAP}s` : `${minutes}${GAP}min`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 ? `${hours}${GAP}h ${minutes % 60}${GAP}min` : `${hours}${GAP}h`
}

/** A speed: `0.25×`, `max` at the end of the slider. */
export function times(speed: number, fastest: number): string {
  if (speed >= fastest) return 'max'
  return `${plain(Number(speed.toPrecision(2)))}×`
}

function trimmed(text: string): string {
  return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text
}

function signed(text: string): string {
  return text.replace(/^-/, '−')
}
