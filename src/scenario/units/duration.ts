/** Durations: `250ms`, `2s`, `1h30m`; held in whole nanoseconds. */

import { DAY, HOUR, MICROSECOND, MILLISECOND, MINUTE, NANOSECOND, SECOND } from '../../base/time.ts'
import { DECIMAL, LONGEST_QUANTITY, over, times } from './decimal.ts'
import { isBareNumber, type Unit } from './unit.ts'

/** From the longest to the shortest: the order in which a compound such as 1h30m is written. */
const UNITS: readonly [name: string, nanoseconds: number][] = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', MILLISECOND],
  ['us', MICROSECOND],
  ['ns', NANOSECOND],
]

const ALIASES: Readonly<Record<string, string>> = {
  day: 'd',
  days: 'd',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  msec: 'ms',
  millis: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  usec: 'us',
  micros: 'us',
  microsecond: 'us',
  microseconds: 'us',
  nanos: 'ns',
  nanosecond: 'ns',
  nanoseconds: 'ns',
}

const compound = new RegExp(
  `^(?=\\d)${UNITS.map(([name]) => `(?: ?(${DECIMAL}) ?${name === 'us' ? '[uµμ]s' : name})?`).join('')}$`,
)

function parse(text: string): number | undefined {
  const found = text.length <= LONGEST_QUANTITY ? compound.exec(text) : null
  if (!found) return undefined
  return UNITS.reduce((sum, [, factor], i) => sum + times(found[i + 1] ?? '0', factor), 0)
}

/**
 * A duration as a scenario file has it: whole days, hours or minutes, or else in the longest shorter unit
 * (90s, 12.345s, 0.5 ms as 500us). `parse` gives exactly `nanoseconds` back.
 */
export function formatDuration(nanoseconds: number): string {
  const whole = Math.round(nanoseconds)
  if (whole <= 0) return whole < 0 ? `-${formatDuration(-whole)}` : '0s'
  for (const [name, factor] of UNITS) {
    const places = factor > SECOND ? 0 : 9
    const amount = whole < factor ? undefined : over(whole, factor, places)
    if (amount !== undefined) return `${amount}${name}`
  }
  return `${whole}ns`
}

function guess(text: string, bare = 'ms'): string | undefined {
  const clean = text.trim().toLowerCase()
  if (isBareNumber(clean)) return isPlausible(clean) ? `${clean}${Number(clean) < 1 ? 's' : bare}` : undefined
  const [, amount, name = ''] = new RegExp(`^(${DECIMAL}) *([a-zµ]+)\\.?$`).exec(clean) ?? []
  if (amount === undefined) return undefined
  const right = Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name
  return parse(amount + right) === undefined ? undefined : amount + right
}

function isPlausible(bare: string): boolean {
  return parse(`${bare}s`) !== undefined
}

export const duration: Unit = {
  noun: 'duration',
  examples: ['250ms', '2s'],
  pattern: compound.source,
  most: 100 * DAY,
  parse,
  write: formatDuration,
  guess,
}
