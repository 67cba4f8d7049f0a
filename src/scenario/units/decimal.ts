/** Decimal numbers as people write them, and their exact product with a unit: 0.1s is 100,000,000 ns, not nearly. */

/** A decimal without sign or exponent, as a pattern source. */
export const DECIMAL = '\\d+(?:\\.\\d+)?'

/** Texts beyond this length are not quantities. */
export const LONGEST_QUANTITY = 64

/** `decimal` (matching `DECIMAL`) times a whole `factor`, to the nearest whole number; half goes up. */
export function times(decimal: string, factor: number): number {
  const [whole = '0', rest = ''] = decimal.split('.')
  const scale = 10n ** BigInt(rest.length)
  const product = BigInt(whole + rest) * BigInt(factor)
  return Number((2n * product + scale) / (2n * scale))
}

/**
 * `value` (a whole number) over a whole `unit` as a decimal without loss, or undefined when it would take
 * more than `places` digits after the point.
 */
export function over(value: number, unit: number, places: number): string | undefined {
  const scaled = BigInt(value) * 10n ** BigInt(places)
  if (scaled % BigInt(unit) !== 0n) return undefined
  const digits = String(scaled / BigInt(unit)).padStart(places + 1, '0')
  const rest = digits.slice(digits.length - places).replace(/0+$/, '')
  const whole = digits.slice(0, digits.length - places)
  return rest === '' ? whole : `${whole}.${rest}`
}
