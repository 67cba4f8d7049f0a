/** Sizes: `16KiB`, `10MB`, `512B`; held in bytes. */

import { DECIMAL, LONGEST_QUANTITY, over, times } from './decimal.ts'
import { isBareNumber, type Unit } from './unit.ts'

const BYTES: Readonly<Record<string, number>> = {
  TiB: 1099511627776,
  TB: 1e12,
  GiB: 1073741824,
  GB: 1e9,
  MiB: 1048576,
  MB: 1e6,
  KiB: 1024,
  kB: 1e3,
  B: 1,
}

const shape = new RegExp(`^(${DECIMAL}) ?(${Object.keys(BYTES).join('|')})$`)

function parse(text: string): number | undefined {
  const found = text.length <= LONGEST_QUANTITY ? shape.exec(text) : null
  return found ? times(found[1]!, BYTES[found[2]!]!) : undefined
}

function write(bytes: number): string {
  const whole = Math.round(bytes)
  const exact = Object.entries(BYTES).find(([, unit]) => whole >= unit && over(whole, unit, 0) !== undefined)
  return exact ? `${whole / exact[1]}${exact[0]}` : `${whole}B`
}

function guess(text: string): string | undefined {
  const clean = text.trim()
  if (isBareNumber(clean)) return Number(clean) < 0 ? undefined : write(Number(clean))
  const [, amount, name = ''] = new RegExp(`^(${DECIMAL}) *([a-zA-Z]+)$`).exec(clean) ?? []
  const wanted = name.toLowerCase().replace(/^bytes?$/, 'b')
  const right = Object.keys(BYTES).find((unit) => [unit, unit[0]!].some((u) => u.toLowerCase() === wanted))
  return amount === undefined || right === undefined ? undefined : amount + right
}

export const size: Unit = {
  noun: 'size',
  examples: ['16KiB', '10MB'],
  pattern: shape.source,
  most: 1e15,
  parse,
  write,
  guess,
}
