/** The recordings that come with the product, by name. */

import { builtInRecordings } from '../../../../src/run/verify/proxies/built-in-recordings.ts'
import type { Recording } from '../../../../src/run/verify/proxies/recording.ts'

const recordings = builtInRecordings()

/** @param name without ".json" */
export function builtIn(name: string): Recording {
  const found = recordings.find((recording) => recording.name === `${name}.json`)
  if (!found) throw new Error(`there is no recording ${name}`)
  return found
}
