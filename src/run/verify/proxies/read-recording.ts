/** Reads the text of a recording and says everything that is wrong with its form. */

import type { Problem } from '../../../scenario/problem.ts'
import { readSections } from './haproxy/sections.ts'
import { readDirectives } from './nginx/directives.ts'
import type { Fields, Recording } from './recording.ts'
import { readVcl } from './varnish/vcl.ts'

export interface ReadRecording {
  /** Undefined when there is a problem. */
  readonly recording: Recording | undefined
  readonly problems: readonly Problem[]
}

/** What is wrong with a configuration text, and in which of its lines (from 1). */
export interface Fault {
  readonly line: number
  readonly message: string
}

/** At most this much text is read: 64 Mi characters. */
const LONGEST_FILE = 2 ** 26

const TEXTS = ['system', 'feature', 'config', 'notes']

/** The grammars of configuration texts, by product. */
const grammars: Readonly<Record<string, (text: string) => { readonly faults: readonly Fault[] }>> = {
  nginx: readDirectives,
  haproxy: readSections,
  varnish: readVcl,
}

/** Never throws. */
export function readRecording(name: string, text: string): ReadRecording {
  const problem = (path: string, message: string): Problem => {
    return { file: name, path, line: 0, column: 0, message, hint: '' }
  }
  const nothing = (message: string) => ({ recording: undefined, problems: [problem('', message)] })
  if (text.length > LONGEST_FILE) return nothing('is longer than 64 MiB.')
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return nothing(`is not JSON (${error instanceof Error ? error.message : String(error)}).`)
  }
  if (!isFields(content)) return nothing('must be an object with "system", "config", "input" and "observed".')
  const problems: Problem[] = []
  for (const key of TEXTS) {
    const value = content[key]
    const isOptional = key === 'feature' || key === 'notes'
    if (typeof value === 'string' ? value !== '' || isOptional : value === undefined && isOptional) continue
    problems.push(problem(key, `must be a text, not ${shown(value)}.`))
  }
  const { system, feature = '', config, notes = '', input, observed } = content
  for (const [key, value] of Object.entries({ input, observed })) {
    if (!Array.isArray(value)) problems.push(problem(key, `must be a list, not ${shown(value)}.`))
    else if (value.length === 0) problems.push(problem(key, 'is empty.'))
  }
  if (Array.isArray(input)) {
    input.forEach((entry, i) => {
      if (!isFields(entry)) problems.push(problem(`input[${i}]`, `must be an object, not ${shown(entry)}.`))
    })
    if (Array.isArray(observed) && observed.length !== input.length) {
      problems.push(
        problem(
          'observed',
          `has ${observed.length} entries, but "input" has ${input.length}; each needs its own.`,
        ),
      )
    }
  }
  const product = typeof system === 'string' ? system.trim().toLowerCase().split(/[\s/]/)[0]! : ''
  const grammar = Object.hasOwn(grammars, product) ? grammars[product] : undefined
  if (grammar && typeof config === 'string') {
    for (const { line, message } of grammar(config).faults) {
      problems.push(problem('config', `line ${line} of the configuration: ${message}`))
    }
  }
  if (problems.length > 0) return { recording: undefined, problems }
  const recording = { name, system, product, feature, config, input, observed, notes } as Recording
  return { recording, problems }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  if (text === undefined) return 'nothing'
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
