/** What the tests of this room share. */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ParseOptions } from '../../src/scenario/index.ts'
import { describe as line, parse, type Scenario } from '../../src/scenario/index.ts'

const folder = fileURLToPath(new URL('../../scenarios/', import.meta.url))

/** All shipped scenarios: file name and text. */
export const shipped: readonly (readonly [file: string, text: string])[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => [name, readFileSync(folder + name, 'utf8')])

/** The scenario in a text that must be right. */
export function scenarioOf(text: string, options?: ParseOptions): Scenario {
  const { scenario, problems } = parse(text, 's.yaml', options)
  if (!scenario) throw new Error(problems.map(line).join('\n'))
  return scenario
}

/** The problems of a text, a line each. */
export function problemsOf(text: string, options?: ParseOptions): string[] {
  return parse(text, 's.yaml', options).problems.map(line)
}

/** The shortest scenario with these lines in the place of, or after, its own. */
export function scenarioWith({
  client = 'rate: 10/s',
  tier = 'replicas: 4',
  rest = '',
}: {
  client?: string
  tier?: string
  rest?: string
} = {}): string {
  return `clients:\n  users: { ${client} }\ntiers:\n  web: { ${tier} }\n${rest}`
}
