/** Rows and files of rows for tests, with all that a test does not care about filled in. */

import { type Reading, readRows } from '../../src/run/verify/read-rows.ts'
import type { Row } from '../../src/run/verify/row.ts'

export interface RawRow {
  readonly id?: string
  readonly model?: string
  readonly parameters?: object
  readonly quantity?: string
  readonly value?: unknown
  readonly tolerance_hint?: object
  readonly [extra: string]: unknown
}

export const mm1: Required<Pick<RawRow, 'model' | 'parameters' | 'quantity' | 'value' | 'tolerance_hint'>> = {
  model: 'M/M/1 FIFO',
  parameters: { arrival_rate: 0.5, service_mean: 1, servers: 1, service: 'exponential', discipline: 'fifo' },
  quantity: 'p_wait',
  value: 0.5,
  tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: 0.77 },
}

export function reading(...rows: readonly RawRow[]): Reading {
  const full = rows.map((row, i) => ({ id: `row-${i}`, ...mm1, ...row }))
  return readRows('test.json', JSON.stringify({ group: 'test', title: 'Test', rows: full }))
}

export function rowOf(row: RawRow): Row {
  return reading(row).file.rows[0]!
}
