/** Values and differences of them as people read them. */

import { ofKind } from '../format.ts'
import type { ChartKey, Values } from './frame/chart-data.ts'

export function valueText({ column, text }: Pick<ChartKey, 'column' | 'text'>, value: number): string {
  if (!column || Number.isNaN(value)) return '–'
  return text ? text(value) : ofKind(value, column.unit, column.kind)
}

/** With its sign; of shares in percentage points. */
export function differenceText({ unit, kind }: Pick<Values, 'unit' | 'kind'>, value: number): string {
  if (Number.isNaN(value)) return '–'
  if (kind === 'share') return `${signedNumber(Number((value * 100).toPrecision(3)))}\u00a0pp`
  return `${value > 0 ? '+' : ''}${ofKind(value, unit, kind).replace(/^-/, '−')}`
}

export function signedNumber(value: number): string {
  return value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0'
}
