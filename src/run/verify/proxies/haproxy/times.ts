/** HAProxy's times: `300` and `300ms` are milliseconds, `2s`, `1m`, `1h`, `1d`. */

import { Unfit } from '../../unfit.ts'

const UNITS: Readonly<Record<string, number>> = { us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6, d: 8.64e7 }

/** ms. @throws Unfit when it is not a time */
export function milliseconds(text: string | undefined): number {
  const parts = /^(\d+)(us|ms|s|m|h|d)?$/.exec(text ?? '')
  if (!parts) throw new Unfit(`"${text ?? ''}" is not a time`)
  return Number(parts[1]) * UNITS[parts[2] ?? 'ms']!
}
