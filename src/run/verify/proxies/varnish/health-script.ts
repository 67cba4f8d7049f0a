/**
 * What a recording's notes say of a test's picks and of who is sick in between, as in
 * "fallback: 3 picks, then s1 sick: 3 picks, then s1 back: 3 picks."
 */

export interface HealthStep {
  /** Changed before the picks. */
  readonly backend: string | undefined
  readonly isSick: boolean
  readonly picks: number
}

/** Undefined when the notes say nothing of the test. */
export function healthScript(notes: string, test: string): readonly HealthStep[] | undefined {
  const sentences = notes.split(/\.(?:\s|$)/)
  const said = sentences
    .map((sentence) => /^\s*([\w-]+):\s*(.+)$/s.exec(sentence))
    .find((found) => found?.[1] === test)
  if (!said) return undefined
  const steps = said[2]!.split(/,\s*/).map((part) => STEP.exec(part.trim()))
  if (!steps.every((step) => step !== null)) return undefined
  return steps.map((step) => {
    return { backend: step[1], isSick: step[2] === 'sick', picks: Number(step[3]) }
  })
}

const STEP = /^(?:then\s+)?(?:([\w-]+)\s+(sick|back)(?:\s+too)?:\s*)?(\d+)(?:\s+picks?)?$/
