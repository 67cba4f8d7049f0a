/**
 * The frame that every kind of policy shares: a public name, words for people, typed parameters and pure
 * functions. The parameters drive the form, the command line's help, the schema and the validation.
 */

/**
 * What a parameter's value is, and so which unit a scenario file must give.
 *
 * - `number`, `integer`, `boolean`, `text`: as they are
 * - `duration`: `250ms`, held in nanoseconds
 * - `rate`: `400/s`, held per second
 * - `size`: `64KiB`, held in bytes
 * - `share`: `20%` or 0.2, held as 0 to 1
 * - `choice`: one of `choices`
 * - `value`: in the unit of whatever the distribution describes (a duration, a size, a plain number)
 * - `distribution`: a distribution of durations, held as a `Chosen`
 * - `values`, `parts`, `points`, `states`: lists, see the policies that use them
 */
export type ParamKind =
  | 'number'
  | 'integer'
  | 'boolean'
  | 'text'
  | 'duration'
  | 'rate'
  | 'size'
  | 'share'
  | 'choice'
  | 'value'
  | 'distribution'
  | 'values'
  | 'parts'
  | 'points'
  | 'states'

/** One parameter: what it means and what it may be. Bounds and defaults are in the held unit. */
export interface Param {
  readonly kind: ParamKind
  readonly title: string
  readonly summary: string
  /** Taken when the scenario says nothing; without it, and without `optional`, the parameter is required. */
  readonly default?: number | string | boolean
  readonly optional?: boolean
  readonly min?: number
  readonly max?: number
  /** True when `min` itself is not allowed. */
  readonly above?: boolean
  readonly choices?: readonly string[]
}

export type ParamSpec = Readonly<Record<string, Param>>

/** A policy as a scenario names it: the registry name and its parameters, all defaults filled in. */
export interface Chosen {
  readonly policy: string
  readonly params: Params
}

/** One weighted part of a mixture. */
export interface Part {
  readonly weight: number
  readonly of: Chosen
}
/** A point of a piecewise rate: the rate per second at an instant (nanoseconds). */
export interface RatePoint {
  readonly at: number
  readonly rate: number
}
/** A state of a modulated process: the rate per second and the mean stay (nanoseconds). */
export interface RateState {
  readonly rate: number
  readonly stay: number
}

export type ParamValue =
  | number
  | string
  | boolean
  | Chosen
  | readonly number[]
  | readonly Part[]
  | readonly RatePoint[]
  | readonly RateState[]
  | undefined

export type Params = Readonly<Record<string, ParamValue>>

type Held<K extends ParamKind> = K extends 'boolean'
  ? boolean
  : K extends 'text' | 'choice'
    ? string
    : K extends 'distribution'
      ? Chosen
      : K extends 'values'
        ? readonly number[]
        : K extends 'parts'
          ? readonly Part[]
          : K extends 'points'
            ? readonly RatePoint[]
            : K extends 'states'
              ? readonly RateState[]
              : number

/** The type of the parameters that a specification describes. */
export type ParamsOf<S extends ParamSpec> = {
  readonly [K in keyof S]: S[K] extends { readonly optional: true }
    ? Held<S[K]['kind']> | undefined
    : Held<S[K]['kind']>
}

/** What every policy has, whatever it decides. */
export interface Policy {
  /** Public name, as written in scenario files. */
  readonly name: string
  readonly title: string
  /** One or two sentences: what it does and what it is good for. */
  readonly summary: string
  /** The paper, manual or book that defines it. */
  readonly source: string
  readonly params: ParamSpec
}
