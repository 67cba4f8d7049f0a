/** A row of a file of reference values: a model, its parameters, and what one of its figures must be. */

/** Plain JSON. */
export type Parameters = Readonly<Record<string, unknown>>

export const TOLERANCE_TYPES = [
  'exact',
  'absolute',
  'relative',
  'statistical',
  'statistical+model',
  'asymptotic',
  'interval',
  'bound',
  'ordering',
  'qualitative',
] as const

export type ToleranceType = (typeof TOLERANCE_TYPES)[number]

/** How far a measured value may be from the row's; numbers that do not apply are 0. */
export interface Tolerance {
  /** `unknown`: of a kind that is not in the list above; such a row cannot be judged. */
  readonly type: ToleranceType | 'unknown'
  readonly abs: number
  /** Share of the value. */
  readonly rel: number
  /** Standard deviation of the figure times √N; undefined: only the run itself can tell. */
  readonly sigma: number | undefined
  /** Factor on sigma that the row asks for because its observations hang together ("use 2x"). */
  readonly spread: number
  /** Share of the value that the theory itself may be off. */
  readonly model: number
  /** Standard error of the row's own value. */
  readonly valueError: number
  /** Of a `bound`: `<=` when the value must never be exceeded. */
  readonly direction: '<=' | '>='
  /** Of an `interval`. */
  readonly low: number
  readonly high: number
}

export interface Row {
  readonly id: string
  readonly model: string
  readonly parameters: Parameters
  readonly quantity: string
  /** A number; for some models a list, or a text. */
  readonly value: unknown
  readonly tolerance: Tolerance
}

export interface RowFile {
  /** As the user named it. */
  readonly name: string
  readonly rows: readonly Row[]
}
