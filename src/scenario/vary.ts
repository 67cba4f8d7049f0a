/**
 * The scenarios that are to be compared: the file as it is written and each of its variants, or one for each
 * value of a setting that is varied.
 */

import { type OutsideSetting, parse } from './parse.ts'
import type { Problem } from './problem.ts'
import type { Scenario } from './scenario.ts'

/** One of the scenarios to compare. */
export interface Candidate {
  readonly name: string
  /** What it changes: dotted paths, each with its new value. */
  readonly set: Readonly<Record<string, unknown>>
  readonly scenario: Scenario
}

export interface Candidates {
  readonly candidates: readonly Candidate[]
  readonly problems: readonly Problem[]
}

/** As many as are compared at once. */
export const MOST_CANDIDATES = 64

/** What the file itself is called beside its variants. */
const AS_WRITTEN = 'as written'

/**
 * The file as written and its variants; the file itself is left out when a variant says the same.
 * @param set changes all of them; applied before those of a variant
 */
export function candidatesOf(
  text: string,
  file: string,
  set: readonly (string | OutsideSetting)[] = [],
): Candidates {
  const base = parse(text, file, { set })
  if (!base.scenario) return { candidates: [], problems: base.problems }
  const found: Candidate[] = []
  for (const { name, set: changes } of base.scenario.variants) {
    const { scenario, problems } = parse(text, file, { set, variant: name })
    if (!scenario) return { candidates: [], problems }
    found.push({ name, set: changes, scenario })
  }
  const own = JSON.stringify(base.scenario)
  if (found.some(({ scenario }) => JSON.stringify(scenario) === own))
    return { candidates: found, problems: [] }
  let name = AS_WRITTEN
  while (found.some((candidate) => candidate.name === name)) name = `the file ${name}`
  return { candidates: [{ name, set: {}, scenario: base.scenario }, ...found], problems: [] }
}

/**
 * One scenario for each value of what is varied; of several, for each combination.
 * @param vary `path=a,b,c`, as after `--vary`; a comma within brackets or quotes belongs to its value
 */
export function varied(
  text: string,
  file: string,
  set: readonly (string | OutsideSetting)[],
  vary: readonly string[],
): Candidates {
  const base = parse(text, file, { set })
  if (!base.scenario) return { candidates: [], problems: base.problems }
  const axes = vary.map(axisOf)
  const problems = axes.flatMap((axis, i) => axisProblems(axis, axes.slice(0, i)))
  const count = axes.reduce((product, { values }) => product * values.length, 1)
  if (count > MOST_CANDIDATES) {
    const flags = vary.map((each) => `--vary ${each}`).join(' ')
    problems.push(
      flagProblem(clipped(flags), `makes ${count} variants; the most allowed is ${MOST_CANDIDATES}.`),
    )
  }
  if (problems.length > 0) return { candidates: [], problems }
  const found: Candidate[] = []
  const all = new Map<string, Problem>()
  for (const settings of crossed(axes)) {
    const { scenario, problems: wrong } = parse(text, file, { set: [...set, ...settings] })
    for (const problem of wrong) all.set(JSON.stringify(problem), problem)
    if (!scenario) continue
    const name = settings.map(({ path, value }) => `${shortName(path, axes)}=${value}`).join(', ')
    found.push({ name, set: Object.fromEntries(settings.map(({ path, value }) => [path, value])), scenario })
  }
  return all.size > 0 ? { candidates: [], problems: [...all.values()] } : { candidates: found, problems: [] }
}

/** The last key of the path, where that tells it from the others. */
function shortName(path: string, axes: readonly Axis[]): string {
  const last = (of: string) => of.slice(of.lastIndexOf('.') + 1)
  const isClear = axes.every((axis) => axis.path === path || last(axis.path) !== last(path))
  return isClear ? last(path) : path
}

interface Axis {
  readonly flag: string
  readonly path: string
  readonly values: readonly string[]
}

function axisOf(text: string): Axis {
  const sign = text.indexOf('=')
  const path = (sign < 0 ? text : text.slice(0, sign)).trim()
  return { flag: clipped(`--vary ${text}`), path, values: sign < 0 ? [] : splitValues(text.slice(sign + 1)) }
}

/** The parts between commas that stand in no brackets and no quotes. */
function splitValues(text: string): string[] {
  const parts: string[] = []
  let [from, depth, quote] = [0, 0, '']
  for (let i = 0; i < text.length; i++) {
    const letter = text.charAt(i)
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if ('{['.includes(letter)) depth++
    else if ('}]'.includes(letter)) depth--
    else if (letter === ',' && depth <= 0) {
      parts.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  return [...parts, text.slice(from).trim()]
}

function axisProblems({ flag, path, values }: Axis, before: readonly Axis[]): Problem[] {
  if (path === '' || values.length === 0 || values.includes('')) {
    return [flagProblem(flag, 'path=a,b,c is needed, such as tiers.web.replicas=3,4,5.')]
  }
  const twice = values.find((value, i) => values.indexOf(value) < i)
  if (twice !== undefined) return [flagProblem(flag, `"${twice}" is given twice.`)]
  if (before.some((axis) => axis.path === path)) return [flagProblem(flag, `"${path}" is varied twice.`)]
  return []
}

function crossed(axes: readonly Axis[]): OutsideSetting[][] {
  return axes.reduce<OutsideSetting[][]>(
    (rows, { flag, path, values }) =>
      rows.flatMap((row) => values.map((value) => [...row, { path, value, from: flag }])),
    [[]],
  )
}

function flagProblem(file: string, message: string): Problem {
  return { file, path: '', line: 0, column: 0, message, hint: '' }
}

function clipped(flag: string): string {
  return flag.length > 120 ? `${flag.slice(0, 119)}…` : flag
}
