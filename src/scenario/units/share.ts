/** Shares: `20%`, or 0.2; held as 0 to 1. */

import { DECIMAL, LONGEST_QUANTITY } from './decimal.ts'
import { isBareNumber, type Unit } from './unit.ts'

const shape = new RegExp(`^(${DECIMAL}) ?%$`)

function parse(text: string): number | undefined {
  const found = text.length <= LONGEST_QUANTITY ? shape.exec(text) : null
  // Moving the point in the text, as dividing by 100 would round twice.
  return found ? Number(`${found[1]}e-2`) : undefined
}

function write(share: number): string {
  const text = `${Number(`${share}e2`)}%`
  return parse(text) === share ? text : `${share}`
}

function guess(text: string): string | undefined {
  const number = isBareNumber(text) ? Number(text) : NaN
  return number > 1 && number <= 100 ? `${number}%` : undefined
}

export const share: Unit = {
  noun: 'share',
  examples: ['20%', '0.2'],
  pattern: shape.source,
  most: 1,
  parse,
  write,
  guess,
}
