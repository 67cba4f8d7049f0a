/**
 * What happened, as rows of six numbers, collected in a block and handed to the probes when it is full.
 * Blocks, because a probe's loop over thousands of rows is many times faster than a call for each row.
 */

/** Numbers in a row: at, kind, subject, object, value, detail. */
export const ROW = 6
const ROWS = 2048

/** Reads facts; must not keep `rows`, which are written over. Its own state, if any, is plain data. */
export interface Probe {
  /** @param count rows filled, each `ROW` numbers */
  consume(rows: Float64Array, count: number): void
  /** What a checkpoint must hold of it; a probe without memory leaves it out. */
  readonly state?: object
}

/** Frozen into the world: the log is not state, and is empty whenever state is copied. */
export interface FactLog {
  readonly rows: Float64Array
  /** Numbers filled. */
  filled: number
  probes: readonly Probe[]
}

export function factLog(probes: readonly Probe[]): FactLog {
  return { rows: new Float64Array(ROWS * ROW), filled: 0, probes }
}

/** Adds a row. */
export function record(
  log: FactLog,
  at: number,
  kind: number,
  subject: number,
  object: number,
  value: number,
  detail: number,
): void {
  const { rows } = log
  let i = log.filled
  rows[i++] = at
  rows[i++] = kind
  rows[i++] = subject
  rows[i++] = object
  rows[i++] = value
  rows[i++] = detail
  log.filled = i
  if (i === rows.length) flush(log)
}

/** Hands what is collected to the probes. */
export function flush(log: FactLog): void {
  if (log.filled === 0) return
  const count = log.filled / ROW
  log.filled = 0
  for (const probe of log.probes) probe.consume(log.rows, count)
}
