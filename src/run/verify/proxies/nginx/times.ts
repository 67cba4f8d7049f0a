/** nginx's times: `300`, `10s`, `1m30s`, `400ms`. */

import { Unfit } from '../../unfit.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 3.6e6, d: 8.64e7, w: 6.048e8 }

/** ms; a number without a unit is of seconds. @throws Unfit when it is not a time */
export function milliseconds(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1e3
  let rest = text
  let sum = 0
  while (rest !== '') {
    const part = /^(\d+)(ms|s|m|h|d|w)\s*/.exec(rest)
    if (!part) throw new Unfit(`"${text}" is not a time`)
    sum += Number(part[1]) * UNITS[part[2]!]!
    rest = rest.slice(part[0].length)
  }
  if (text === '') throw new Unfit('a time is empty')
  return sum
}

/** Whole seconds. @throws Unfit when it is not a time in whole seconds */
export function seconds(text: string): number {
  const ms = milliseconds(text)
  if (ms % 1000 !== 0) throw new Unfit(`"${text}" is not a time in whole seconds`)
  return ms / 1000
}
