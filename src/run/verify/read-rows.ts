/** Reads a file of rows (`{ group, title, rows: [...] }`) and says everything that is wrong with its form. */

import type { Problem } from '../../scenario/problem.ts'
import { type Row, type RowFile, TOLERANCE_TYPES, type Tolerance } from './row.ts'

export interface Reading {
  readonly file: RowFile
  /** Rows with a problem are left out. */
  readonly problems: readonly Problem[]
}

type Fields = Readonly<Record<string, unknown>>

/** At most this much text is read: 64 Mi characters. */
export const LONGEST_FILE = 2 ** 26

/** Reads the text of a file; never throws. */
export function readRows(name: string, text: string): Reading {
  const problem = (path: string, message: string): Problem => {
    return { file: name, path, line: 0, column: 0, message, hint: '' }
  }
  const nothing = (message: string): Reading => ({
    file: { name, rows: [] },
    problems: [problem('', message)],
  })
  if (text.length > LONGEST_FILE) return nothing('is longer than 64 MiB.')
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return nothing(`is not JSON (${error instanceof Error ? error.message : String(error)}).`)
  }
  if (!isFields(content) || !Array.isArray(content.rows)) {
    return nothing('must be an object with a list "rows".')
  }
  const rows: Row[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  content.rows.forEach((raw: unknown, i) => {
    const wrong = problemsOf(raw, seen)
    const id = isFields(raw) && typeof raw.id === 'string' ? ` (${raw.id})` : ''
    problems.push(...wrong.map((message) => problem(`rows[${i}]${id}`, message)))
    if (wrong.length === 0) rows.push(rowFrom(raw as Fields))
  })
  return { file: { name, rows }, problems }
}

function problemsOf(raw: unknown, seen: Set<string>): string[] {
  if (!isFields(raw)) return ['must be an object.']
  const wrong = ['id', 'model', 'quantity'].flatMap((key) =>
    typeof raw[key] === 'string' && raw[key] !== '' ? [] : [`"${key}" must be a text.`],
  )
  if (!isFields(raw.parameters)) wrong.push('"parameters" must be an object.')
  if (!('value' in raw) || raw.value === null) wrong.push('"value" is missing.')
  if (typeof raw.id === 'string') {
    if (seen.has(raw.id)) wrong.push('there is another row with this id.')
    seen.add(raw.id)
  }
  return [...wrong, ...problemsOfTolerance(raw.tolerance_hint)]
}

function problemsOfTolerance(hint: unknown): string[] {
  if (!isFields(hint)) return ['"tolerance_hint" must be an object.']
  const wrong: string[] = []
  if (typeof hint.type !== 'string') wrong.push('"tolerance_hint.type" must be a text.')
  for (const key of ['abs', 'rel', 'sigma_per_sqrt_n', 'model_rel']) {
    if (!(key in hint) || isAmount(hint[key])) continue
    wrong.push(`"tolerance_hint.${key}" must be a number from 0 on.`)
  }
  return wrong
}

function rowFrom(raw: Fields): Row {
  return {
    id: raw.id as string,
    model: raw.model as string,
    parameters: raw.parameters as Fields,
    quantity: raw.quantity as string,
    value: raw.value,
    tolerance: toleranceFrom(raw.tolerance_hint as Fields, raw),
  }
}

function toleranceFrom(hint: Fields, row: Fields): Tolerance {
  const amount = (value: unknown) => (isAmount(value) ? value : 0)
  const numberOr = (value: unknown, other: number) => (typeof value === 'number' ? value : other)
  const rule = String(hint.rule ?? '')
  const sigma = amount(hint.sigma_per_sqrt_n)
  const spread = /\buse (\d+(?:\.\d+)?)x/.exec(`${hint.n_counts ?? ''}; ${hint.note ?? ''}`)
  return {
    type: TOLERANCE_TYPES.find((type) => type === hint.type) ?? 'unknown',
    abs: amount(hint.abs) + partIn(rule),
    rel: amount(hint.rel),
    sigma: isAmount(hint.sigma_per_sqrt_n) ? hint.sigma_per_sqrt_n : undefined,
    spread: spread ? Number(spread[1]) : 1,
    model: amount(hint.model_rel) + percentIn(rule),
    valueError: amount(row.value_se) || sigma / Math.sqrt(trialsIn(rule)),
    direction: hint.direction === '>=' ? '>=' : '<=',
    low: numberOr(hint.min ?? hint.low ?? row.min_value, -Infinity),
    high: numberOr(hint.max ?? hint.high ?? row.max_value, Infinity),
  }
}

/** The 1 % of "4*sigma/sqrt(R)+1% of value", as a share. */
function percentIn(rule: string): number {
  return Number(/\+ ?(\d+(?:\.\d+)?) ?% of (?:the )?value/.exec(rule)?.[1] ?? 0) / 100
}

/** The 0.003 of "4*sigma/sqrt(R)+0.003". */
function partIn(rule: string): number {
  return Number(/\+ ?(\d*\.\d+)$/.exec(rule)?.[1] ?? 0)
}

/** The 150 of "4*sigma*sqrt(1/R+1/150)": how many trials the row's own value is from; Infinity unless said. */
function trialsIn(rule: string): number {
  return Number(/sqrt\(1\/[A-Z] ?\+ ?1\/(\d+)\)/.exec(rule)?.[1] ?? Infinity)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value)
}
