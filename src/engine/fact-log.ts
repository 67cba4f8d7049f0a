/**
 * What happened, as rows of five numbers (see base/fact-rows.ts), collected in a block and handed to the
 * probes when it is full. Blocks, because a probe's loop over thousands of rows is many times faster than a
 * call for each row.
 */

import { CODE, type FactRows, OBJECT, SUBJECT, VALUE } from '../base/fact-rows.ts'

const ROWS = 2048

/** Reads facts; must not keep the rows, which are written over. Its own state, if any, is plain data. */
export interface Probe {
  /** @param count rows filled */
  consume(rows: FactRows, count: number): void
  /** What a checkpoint must hold of it; a probe without memory leaves it out. */
  readonly state?: object
}

/** Frozen into the world: the log is not state, and is empty whenever state is copied. */
export interface FactLog extends FactRows {
  /** Rows filled. */
  filled: number
  probes: readonly Probe[]
}

export function factLog(probes: readonly Probe[]): FactLog {
  const block = new ArrayBuffer(ROWS * 32)
  return { num: new Float64Array(block), int: new Int32Array(block), filled: 0, probes }
}

/**
 * Adds a row.
 * @param code the kind, 0 to 255, plus 256 times a detail of 24 bits
 */
export function record(
  log: FactLog,
  at: number,
  code: number,
  object: number,
  subject: number,
  value: number,
): void {
  const { num, int, filled } = log
  const d = filled << 2
  num[d] = at
  num[d | SUBJECT] = subject
  num[d | VALUE] = value
  int[(filled << 3) | CODE] = code
  int[(filled << 3) | OBJECT] = object
  log.filled = filled + 1
  if (filled === ROWS - 1) flush(log)
}

/** Hands what is collected to the probes. */
export function flush(log: FactLog): void {
  if (log.filled === 0) return
  const count = log.filled
  log.filled = 0
  for (const probe of log.probes) probe.consume(log, count)
}
