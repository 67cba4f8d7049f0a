/** The variant that the others are held against. */

import { nearest } from '../../base/nearest.ts'
import type { Problem } from '../../scenario/problem.ts'

/**
 * @param wanted its name; the first when left out
 * @returns its place among the names, and what is wrong when there is none of that name
 */
export function baselineNamed(
  wanted: string | undefined,
  names: readonly string[],
): { readonly place: number; readonly problems: readonly Problem[] } {
  if (wanted === undefined) return { place: 0, problems: [] }
  const place = names.indexOf(wanted)
  if (place >= 0) return { place, problems: [] }
  const meant = nearest(wanted, names)
  const problem: Problem = {
    file: `--baseline ${wanted.slice(0, 60)}`,
    path: '',
    line: 0,
    column: 0,
    message: `there is no such variant; there are ${names.map((name) => `"${name}"`).join(', ')}.`,
    hint: meant === undefined ? '' : `Did you mean "${meant}"?`,
  }
  return { place, problems: [problem] }
}
