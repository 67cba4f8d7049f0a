/** Recordings made in tests, and what comes of them. */

import type { Outcome } from '../../../../src/run/verify/proxies/outcome.ts'
import { playRecording } from '../../../../src/run/verify/proxies/play.ts'
import { readRecording } from '../../../../src/run/verify/proxies/read-recording.ts'
import type { Recording } from '../../../../src/run/verify/proxies/recording.ts'

export interface Made {
  readonly system: string
  readonly config: string
  readonly input: readonly unknown[]
  readonly observed: readonly unknown[]
  readonly notes?: string
}

/** Read as from a file, so that a test cannot hand over what a file cannot hold. */
export function recordingOf(made: Made): Recording {
  const { recording, problems } = readRecording('made.json', JSON.stringify(made))
  if (!recording) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  return recording
}

export function outcomesOf(recording: Recording, seed = '1'): readonly Outcome[] {
  return playRecording(recording, { seed }).cases.map(({ outcome }) => outcome)
}

/** The outcome of a recording with one case. */
export function outcomeOf(made: Made): Outcome {
  return outcomesOf(recordingOf(made))[0]!
}
