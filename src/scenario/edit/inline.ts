/** Plain data on one line of YAML: `{ at: 30s, crash: web/2 }`. */

import { stringify } from 'yaml'

/** Quoted where it must be, be it within a list, a map or on its own. */
function inline(value: unknown): string {
  const options = { collectionStyle: 'flow', lineWidth: 0, blockQuote: false } as const
  const within = stringify([value], options).trimEnd()
  return within.slice(1, -1).trim()
}

/** How values are written in a text: as JSON where all of it is JSON. */
export function styleOf(text: string): (value: unknown) => string {
  try {
    JSON.parse(text)
    return JSON.stringify
  } catch {
    return inline
  }
}
