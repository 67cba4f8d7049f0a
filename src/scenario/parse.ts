/**
 * A scenario file's text in, a scenario or all its problems out. Nothing throws and nothing hangs, whatever
 * the text is.
 */

import { nearest } from '../base/nearest.ts'
import { readScenario, scenarioFile } from './format/scenario-file.ts'
import { settingsOf } from './format/variants.ts'
import type { Problem } from './problem.ts'
import type { Scenario } from './scenario.ts'
import { applySettings, type Setting } from './settings.ts'
import { placeOfFlag, placesIn } from './source/places.ts'
import {
  allProblems,
  complain,
  didYouMean,
  type ProblemList,
  problemList,
  type Spot,
} from './source/problem-list.ts'
import { readYaml } from './source/read-yaml.ts'
import { lookUp, type Tree } from './source/tree.ts'

/** A setting from outside: the path, its value as YAML text, and the flag that said so, for problems. */
export interface OutsideSetting {
  readonly path: string
  readonly value: string
  /** `--seed 7`; `--set path=value` when left out. */
  readonly from?: string
}

export interface ParseOptions {
  /** `path=value` as after `--set`, or in parts; applied in order, before those of a variant. */
  readonly set?: readonly (string | OutsideSetting)[]
  /** The scenario that this variant of the file describes. */
  readonly variant?: string
  /** True: only the scenario asked for; what is wrong with the file's other variants is no problem of it. */
  readonly alone?: boolean
}

export type Parsed =
  | { readonly scenario: Scenario; readonly problems: readonly [] }
  | { readonly scenario?: undefined; readonly problems: readonly Problem[] }

/**
 * Reads a scenario file (YAML, and so JSON).
 * @param file its name: for problems, and as a title where the scenario has none
 */
export function parse(
  text: string,
  file: string,
  { set = [], variant, alone = false }: ParseOptions = {},
): Parsed {
  const problems = problemList()
  const spot: Spot = { path: '', problems }
  const scenario = read(text, file, { set, variant, alone }, spot)
  const found = allProblems(problems, file)
  return scenario && found.length === 0 ? { scenario, problems: [] } : { problems: found }
}

function read(
  text: string,
  file: string,
  { set, variant, alone }: Required<Omit<ParseOptions, 'variant'>> & { readonly variant: string | undefined },
  spot: Spot,
): Scenario | undefined {
  const tree = readYaml(text, placesIn(file, text), spot)
  const outside = set.map((setting) => settingFrom(setting, spot)).filter((setting) => setting !== undefined)
  if (!tree) return undefined
  if (tree.kind !== 'map') {
    const message =
      tree.kind === 'scalar' && tree.value === null ? 'the file is empty' : 'this is not a scenario'
    return complain(spot, tree.place, message, SHORTEST)
  }
  const title = file.replace(/^.*[\\/]/, '').replace(/\.(?:ya?ml|json)$/i, '')
  const variants = settingsOf(lookUp(tree, 'variants'))
  const wanted = variants.find(({ name }) => name === variant)
  if (variant !== undefined && !wanted) {
    const names = variants.map(({ name }) => name)
    const message = `there is no variant "${variant}"; there are ${names.join(', ') || 'none'}`
    return complain({ ...spot, path: 'variants' }, tree.place, message, didYouMean(nearest(variant, names)))
  }
  const base = applySettings(tree, outside, scenarioFile, spot)
  const changed = wanted ? applySettings(base, wanted.settings, scenarioFile, spot) : base
  const scenario = readScenario(changed, title, spot)
  // Beyond the limit problems are only counted, so those of the file could not be told from a variant's own.
  if (spot.problems.more > 0) return undefined
  for (const { name, settings } of alone ? [] : variants) tryVariant(base, name, settings, title, spot)
  return scenario as Scenario
}

const SHORTEST =
  'the shortest one is { clients: { users: { rate: 100/s } }, tiers: { web: { replicas: 3 } } }'

/** Reads the scenario that a variant makes, and adds the problems that the file does not have without it. */
function tryVariant(base: Tree, name: string, settings: readonly Setting[], title: string, spot: Spot): void {
  const own: ProblemList = problemList()
  const path = `variants.${name}`
  const changed = applySettings(base, settings, scenarioFile, { path: '', problems: own })
  readScenario(changed, title, { path: '', problems: own })
  const known = new Set(spot.problems.found.map(keyOf))
  for (const problem of own.found) {
    if (known.has(keyOf(problem))) continue
    complain({ ...spot, path: `${path}.${problem.path}` }, problem, problem.message, problem.hint)
  }
}

function keyOf({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}:${message}`
}

/** Reads a setting's value; its problems point at the flag. */
function settingFrom(setting: string | OutsideSetting, spot: Spot): Setting | undefined {
  const { path, value, from } = typeof setting === 'string' ? split(setting) : { from: undefined, ...setting }
  const flag = from ?? `--set ${path}=${value}`
  const place = placeOfFlag(flag.length > 120 ? `${flag.slice(0, 119)}…` : flag)
  if (value === undefined) {
    return complain(spot, place(0), `"${path.slice(0, 60)}" sets nothing; path=value is needed`)
  }
  const tree = readYaml(value.trim() === '' ? '""' : value, place, { ...spot, path })
  return tree && { path: path.trim(), place: place(0), value: tree }
}

function split(text: string): { path: string; value: string | undefined; from: string } {
  const sign = text.indexOf('=')
  const from = `--set ${text}`
  return sign < 0
    ? { path: text, value: undefined, from }
    : { path: text.slice(0, sign), value: text.slice(sign + 1), from }
}
