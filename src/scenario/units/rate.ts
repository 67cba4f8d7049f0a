/** Rates: `400/s`, `30/m`; held per second. */

import { DECIMAL, LONGEST_QUANTITY } from './decimal.ts'
import { isBareNumber, type Unit } from './unit.ts'

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 }

const shape = new RegExp(`^(${DECIMAL}) ?/ ?([smhd])$`)

/** `400rps`, `30 per minute`, `5 req/sec`: the amount, and the first letter of the unit if there is one. */
const sloppy = new RegExp(
  `^(${DECIMAL}) *(?:(?:req(?:uests?)?)? *(?:/|per) *([smhd])[a-z]*|rps|qps|hz|req/s|r/s)$`,
)

function parse(text: string): number | undefined {
  const found = text.length <= LONGEST_QUANTITY ? shape.exec(text) : null
  return found ? Number(found[1]) / SECONDS[found[2]!]! : undefined
}

function write(perSecond: number): string {
  for (const [name, seconds] of Object.entries(SECONDS)) {
    const text = `${perSecond * seconds}/${name}`
    if (perSecond * seconds >= 1 && parse(text) === perSecond) return text
  }
  return `${perSecond}/s`
}

function guess(text: string): string | undefined {
  const clean = text.trim().toLowerCase()
  if (isBareNumber(clean)) return Number(clean) < 0 ? undefined : `${Number(clean)}/s`
  const found = sloppy.exec(clean)
  return found ? `${found[1]}/${found[2] ?? 's'}` : undefined
}

export const rate: Unit = {
  noun: 'rate',
  examples: ['400/s', '30/m'],
  pattern: shape.source,
  most: 1e7,
  parse,
  write,
  guess,
}
