/** What a unit of measure is to the file format: how its values are written, read and guessed. */

export interface Unit {
  /** "duration", "rate": what a message calls it. */
  readonly noun: string
  /** "such as 250ms or 2s". */
  readonly examples: readonly string[]
  /** What a right text looks like, for the JSON Schema. */
  readonly pattern: string
  /** The largest value that any setting may have, in the held unit. */
  readonly most: number
  /** The value in the held unit; undefined when the text is not of this unit. */
  parse(text: string): number | undefined
  /** The shortest text that is read back as exactly this value. */
  write(value: number): string
  /**
   * What somebody meant who wrote this, when it can be told: a bare number, `5 sec`, `400rps`.
   * @param bare the unit that a bare number is likely to be in, where there is a choice
   */
  guess(text: string, bare?: string): string | undefined
}

/** True for a number without a unit, however it is written. */
export function isBareNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}
