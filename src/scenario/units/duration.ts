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

const written = (name: string) => (name === 'us' ? '[uµμ]s' : name)
const compound = new RegExp(`^${UNITS.map(([name]) => `(?:(${DECIMAL}) ?${written(name)})?`).join(' ?')}$`)

function parse(text: string): number | undefined {
  const found = text.length <= LONGEST_QUANTITY ? compound.exec(text.trim()) : null
  if (!found || found[0] === '') return undefined
  return UNITS.reduce((sum, [, factor], i) => sum + times(found[i + 1] ?? '0', factor), 0)
}

/**
 * A duration as a scenario file has it: the longest unit that needs at most three digits after the point,
 * or else the longest that is exact; `parse` gives exactly `nanoseconds` back.
 */
export function formatDuration(nanoseconds: number): string {
  const whole = Math.round(nanoseconds)
  if (whole === 0) return '0s'
  const [sign, size] = whole < 0 ? ['-', -whole] : ['', whole]
  for (const places of [0, 3, 9]) {
    for (const [name, factor] of UNITS) {
      if (size < factor || (name !== 's' && name !== 'ms' && places > 0)) continue
      const amount = over(size, factor, places)
      if (amount !== undefined && amount.length <= 7 + places) return `${sign}${amount}${name}`
    }
  }
  return `${sign}${size}ns`
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
  pattern: compound.source.replace('^', '^(?=.)'),
  most: 100 * DAY,
  parse,
  write: formatDuration,
  guess,
}
