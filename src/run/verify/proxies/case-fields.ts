/** Reads the fields of a case; whatever is missing, of another kind or not known makes the case unfit to run. */

import { Unfit } from '../unfit.ts'
import { isFields } from './read-recording.ts'
import type { Fields, Scene } from './recording.ts'

/** Counts and times (in s) beyond these would keep a computer busy for nothing. */
export const MOST = 1_000_000
const LONGEST = 100_000

/**
 * A field that nobody reads could matter, so it makes the case unfit.
 * @param read fields that are read
 * @param said fields that only repeat what the configuration says, or name the case
 */
export function allowOnly({ fields }: Scene, read: readonly string[], said: readonly string[]): void {
  const known = new Set([...read, ...said, 'case'])
  const unknown = Object.keys(fields).filter((key) => !known.has(key))
  if (unknown.length > 0) throw new Unfit(`nothing is known of "${unknown.join('", "')}" in such an input`)
}

/** @throws Unfit when it is not a text */
export function textOf({ fields }: Scene, key: string): string {
  const value = fields[key]
  if (typeof value === 'string') return value
  throw new Unfit(`"${key}" must be a text`)
}

/** @throws Unfit when it is not a whole number from 0 to a million */
export function countOf({ fields }: Scene, key: string): number {
  return whole(fields[key], key)
}

/** @throws Unfit when it is not a list of numbers of seconds from 0 on */
export function numbersOf({ fields }: Scene, key: string): readonly number[] {
  const value = fields[key]
  if (Array.isArray(value) && value.every(isTime)) return value
  throw new Unfit(`"${key}" must be a list of numbers`)
}

/** @throws Unfit when it is not a number of seconds from 0 on */
export function secondsOf({ fields }: Scene, key: string): number {
  return seconds(fields[key], key)
}

export function seconds(value: unknown, what: string): number {
  if (isTime(value)) return value
  throw new Unfit(`"${what}" must be a number of seconds from 0 to ${LONGEST}`)
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LONGEST
}

export function whole(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST) return value
  throw new Unfit(`"${what}" must be a whole number from 0 to ${MOST}`)
}

/**
 * A list of texts, which may be said to be that of another case: "same as input[0].keys", "as in hash",
 * "same as the first uri case".
 */
export function textsOf({ recording: { input }, fields }: Scene, key: string): readonly string[] {
  let value = fields[key]
  for (let steps = 0; typeof value === 'string' && steps <= input.length; steps++) {
    value = referred(input, value, key)?.[key]
  }
  if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return value
  throw new Unfit(`"${key}" must be a list of texts, or say which case has it`)
}

function referred(input: readonly Fields[], words: string, key: string): Fields | undefined {
  const numbered = /input\[(\d+)\]/.exec(words)
  if (numbered) return input[Number(numbered[1])]
  const named = /\bfirst (.+) case\b|\bas in (?:the )?(.+)$/.exec(words)
  const name = (named?.[1] ?? named?.[2])?.trim()
  if (name === undefined) return undefined
  return input.find((fields) => Array.isArray(fields[key]) && Object.values(fields).includes(name))
}

/** A table whose keys are numbers of requests, with what happens before each; {} when there is none. */
export function beforeRequests({ fields }: Scene, key: string): ReadonlyMap<number, readonly unknown[]> {
  const table = fields[key] ?? {}
  if (!isFields(table)) throw new Unfit(`"${key}" must be an object`)
  return new Map(
    Object.entries(table).map(([number, list]) => {
      if (!/^\d+$/.test(number) || !Array.isArray(list)) {
        throw new Unfit(`"${key}" must have a list for each number of a request`)
      }
      return [Number(number), list]
    }),
  )
}

/** A step of a script: its word, and what follows it. */
export type Step = readonly [word: string, ...rest: unknown[]]

/** @throws Unfit when it is not a list of lists that begin with a word */
export function stepsOf({ fields }: Scene, key = 'script'): readonly Step[] {
  const value = fields[key]
  const isStep = (step: unknown) => Array.isArray(step) && typeof step[0] === 'string'
  if (Array.isArray(value) && value.every(isStep)) return value
  throw new Unfit(`"${key}" must be a list of steps, each with a word first`)
}
