/** Changes one setting of a scenario's text: the seed, a strategy, a number of replicas. */

import { scenarioFile } from '../format/scenario-file.ts'
import { applySettings } from '../settings.ts'
import { NOWHERE } from '../shapes/shape.ts'
import { problemList } from '../source/problem-list.ts'
import { plain, treeOf } from '../source/tree.ts'
import { revise, treeIn } from './revise.ts'

/**
 * The text with `value` (plain data, as a file would say it: `'2s'`, `{ strategy: 'random' }`) at a path such
 * as `tiers.web.replicas`. What excludes the new value goes. A text that cannot be read as YAML, and one in
 * which the path leads nowhere, stays as it is.
 */
export function setValue(text: string, path: string, value: unknown): string {
  const tree = treeIn(text)
  if (!tree) return text
  const problems = problemList()
  const setting = { path, place: NOWHERE, value: treeOf(value, NOWHERE) }
  const changed = applySettings(tree, [setting], scenarioFile, { path: '', problems })
  return problems.found.length > 0 ? text : revise(text, tree, plain(changed))
}
