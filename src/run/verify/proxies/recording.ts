/** What a real proxy did: its configuration text, what it was given, and what was observed. */

/** Plain JSON. */
export type Fields = Readonly<Record<string, unknown>>

export interface Recording {
  /** As the user named it. */
  readonly name: string
  /** Product and version, as in "nginx 1.22.1". */
  readonly system: string
  /** The system's first word, in small letters. */
  readonly product: string
  readonly feature: string
  readonly config: string
  /** One entry a case. */
  readonly input: readonly Fields[]
  /** One entry a case. */
  readonly observed: readonly unknown[]
  /** How the recording was made, in words; parts of it say what the input does not. */
  readonly notes: string
}

/** One case of a recording. */
export interface Scene {
  readonly recording: Recording
  readonly index: number
  readonly fields: Fields
  readonly observed: unknown
}

export function scene(recording: Recording, index: number): Scene {
  const fields = recording.input[index]!
  return { recording, index, fields, observed: recording.observed[index] }
}

/** What a case is called: its place in the file, and the group, test or case that it names. */
export function titleOf({ index, fields }: Scene): string {
  const name = ['case', 'test', 'listen', 'upstream', 'location']
    .map((key) => fields[key])
    .find((value) => typeof value === 'string')
  return name === undefined ? `input[${index}]` : `input[${index}] ${name}`
}
