/**
 * The time of a log line, `[17/May/2015:10:05:03 +0000]`, as seconds of Unix time: arithmetic on bytes, for
 * it is done ten million times, and `Date` would ask for a string.
 */

/** From the opening bracket to the closing one. */
export const STAMP_LENGTH = 28

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthByName = new Map(MONTHS.map((name, month) => [letters(name), month + 1]))
const DAYS_IN = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** Seconds since 1970 of the stamp whose `[` is at `at`; NaN when there is none or no such time exists. */
export function secondsOf(b: Uint8Array, at: number, to: number): number {
  if (at + STAMP_LENGTH > to || b[at] !== 0x5b || b[at + 27] !== 0x5d) return NaN
  if (b[at + 3] !== 0x2f || b[at + 7] !== 0x2f || b[at + 12] !== 0x3a) return NaN
  if (b[at + 15] !== 0x3a || b[at + 18] !== 0x3a || b[at + 21] !== 0x20) return NaN
  const day = two(b, at + 1)
  const month = monthByName.get((b[at + 4]! << 16) | (b[at + 5]! << 8) | b[at + 6]! | 0x202020) ?? 0
  const year = two(b, at + 8) * 100 + two(b, at + 10)
  const hour = two(b, at + 13)
  const minute = two(b, at + 16)
  const second = two(b, at + 19)
  const east = two(b, at + 23) * 3600 + two(b, at + 25) * 60
  const sign = b[at + 22] === 0x2b ? 1 : b[at + 22] === 0x2d ? -1 : NaN
  const isTime = hour < 24 && minute < 60 && second <= 60 // 60: a leap second
  if (!isTime || !(day >= 1 && day <= (DAYS_IN[month - 1] ?? 0))) return NaN
  if (month === 2 && day === 29 && !isLeap(year)) return NaN
  return daysTo(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - sign * east
}

/** Two digits as a number; NaN when they are not digits. */
function two(b: Uint8Array, at: number): number {
  const tens = b[at]! - 0x30
  const ones = b[at + 1]! - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

/** Days from 1970-01-01, by the calendar of today. */
function daysTo(year: number, month: number, day: number): number {
  const before = year - 1
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  const leapDay = month > 2 && isLeap(year) ? 1 : 0
  return year * 365 + leaps + DAYS_BEFORE[month - 1]! + leapDay + day - 719528
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function letters(name: string): number {
  return (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2)
}
