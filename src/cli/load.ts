/** A scenario from its file, with what the command line changes of it; or all that is wrong with it. */

import { type OutsideSetting, parse } from '../scenario/index.ts'
import type { Problem } from '../scenario/problem.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { logProblems } from './logs.ts'
import type { Changes } from './options.ts'
import { readText } from './read-text.ts'

/** A scenario that can be run. */
export interface Loaded {
  readonly file: string
  readonly scenario: Scenario
}

export interface Loading {
  readonly loaded: readonly Loaded[]
  readonly problems: Problem[]
}

/** Reads all files; nothing may be run unless `problems` is empty. */
export function load(files: readonly string[], changes: Changes): Loading {
  const loaded: Loaded[] = []
  const problems: Problem[] = []
  for (const file of files) {
    const { scenario, problems: found } = loadOne(file, settingsOf(changes))
    if (scenario && found.length === 0) loaded.push({ file, scenario })
    problems.push(...found)
  }
  return { loaded, problems }
}

function loadOne(
  file: string,
  set: readonly (string | OutsideSetting)[],
): { readonly scenario?: Scenario | undefined; readonly problems: readonly Problem[] } {
  const reading = readText(file)
  if ('problem' in reading) return { problems: [reading.problem] }
  const { scenario, problems } = parse(reading.text, file, { set })
  return { scenario, problems: scenario ? logProblems(scenario, file, reading.text) : problems }
}

/** The flags that change a scenario, as settings. */
export function settingsOf({ set = [], seed, duration }: Changes): (string | OutsideSetting)[] {
  const settings: (string | OutsideSetting)[] = [...set]
  if (seed !== undefined) {
    const isNumber = /^-?\d{1,15}$/.test(seed)
    settings.push({ path: 'seed', value: isNumber ? seed : JSON.stringify(seed), from: `--seed ${seed}` })
  }
  if (duration !== undefined) {
    settings.push({ path: 'duration', value: JSON.stringify(duration), from: `--duration ${duration}` })
  }
  return settings
}
