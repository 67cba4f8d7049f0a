/** What the scenario expects, and whether it held. */

import type { ExpectationResult } from '../../measure/report.ts'
import { duration, NOTHING, percent, plain } from './numbers.ts'
import type { Style } from './style.ts'

export function expectations(results: readonly ExpectationResult[], style: Style): string[] {
  if (results.length === 0) return []
  const width = Math.max(...results.map(({ text }) => text.length))
  return [
    style.bold('Expected'),
    ...results.map((result) => {
      const sign = result.holds ? style.green('✓') : style.red('✗')
      const text = result.text.padEnd(width)
      return `${sign} ${result.holds ? text : style.red(text)}   ${measured(result)}`
    }),
  ]
}

/** The measured figure in the unit in which it was expected. */
export function measured({ text, measured: value }: ExpectationResult): string {
  if (value === null) return NOTHING
  if (text.includes('%')) return percent(value)
  if (!/\d\s*(?:ns|us|µs|ms|s|m|h)\s*$/.test(text)) return plain(value)
  // Figures of work are in seconds in the report, all others in milliseconds.
  return duration(/^\S*(?:wasted|Seconds)\s/.test(text) ? value * 1000 : value)
}
