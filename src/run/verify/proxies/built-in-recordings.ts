/** The recordings that come with the product, for `verify` without a folder. */

import { readRecording } from './read-recording.ts'
import type { Recording } from './recording.ts'

const FILES: Readonly<Record<string, string>> = import.meta.glob('./recordings/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** In order of their names. @throws Error when one is not in order */
export function builtInRecordings(): readonly Recording[] {
  return Object.keys(FILES)
    .sort()
    .map((path) => {
      const name = path.slice(path.lastIndexOf('/') + 1)
      const { recording, problems } = readRecording(name, FILES[path]!)
      if (!recording) throw new Error(`the built-in recording ${name} ${problems[0]!.message}`)
      return recording
    })
}
