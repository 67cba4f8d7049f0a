/** What came of a case, and where two values first differ. */

/** One figure of a case that is left to chance. */
export interface ChiSquareTest {
  /** What was counted. */
  readonly what: string
  readonly statistic: number
  readonly freedom: number
  /** The chance of a statistic at least as large when nothing but chance is at work. */
  readonly p: number
}

export type Outcome =
  | { readonly kind: 'held'; readonly tests: readonly ChiSquareTest[] }
  | {
      readonly kind: 'failed'
      /** Path into the case's entry of "observed": `[4].tried[1]`. */
      readonly position: string
      /** What was recorded there. */
      readonly expected: unknown
      /** What our policies give. */
      readonly got: unknown
      readonly tests: readonly ChiSquareTest[]
    }
  | { readonly kind: 'not run'; readonly because: string }

export interface Difference {
  readonly position: string
  readonly expected: unknown
  readonly got: unknown
}

/** Whether a played number is as good as the recorded one. */
export type NumbersAgree = (expected: number, got: number, position: string) => boolean

const same: NumbersAgree = (expected, got) => expected === got

/** The first place, in order of the recording, at which what was played is not what was recorded. */
export function firstDifference(
  expected: unknown,
  got: unknown,
  agree: NumbersAgree = same,
  position = '',
): Difference | undefined {
  if (typeof expected === 'number' && typeof got === 'number') {
    return agree(expected, got, position) ? undefined : { position, expected, got }
  }
  if (typeof expected === 'string' && typeof got === 'string' && position === '') {
    return expected === got ? undefined : firstDifference([...expected], [...got], agree, position)
  }
  if (!isTree(expected) || !isTree(got) || Array.isArray(expected) !== Array.isArray(got)) {
    return expected === got ? undefined : { position, expected, got }
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)])
  for (const key of keys) {
    const place = Array.isArray(expected) ? `${position}[${key}]` : `${position}.${key}`
    const found = firstDifference(value(expected, key), value(got, key), agree, place)
    if (found) return found
  }
  return undefined
}

/** Held when what was played is what was recorded. */
export function compared(expected: unknown, got: unknown, agree: NumbersAgree = same): Outcome {
  const difference = firstDifference(expected, got, agree)
  return difference ? { kind: 'failed', ...difference, tests: [] } : { kind: 'held', tests: [] }
}

type Tree = Readonly<Record<string, unknown>>

function isTree(thing: unknown): thing is Tree {
  return typeof thing === 'object' && thing !== null
}

function value(tree: Tree, key: string): unknown {
  return Object.hasOwn(tree, key) ? tree[key] : undefined
}
