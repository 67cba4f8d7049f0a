/** TEMPORARY until src/scenario/index.ts is there. */
import type { Problem } from '../scenario/problem.ts'
import type { Fault, Scenario } from '../scenario/scenario.ts'

export interface Reading {
  readonly scenario?: Scenario
  readonly problems: readonly Problem[]
}

export function read(_text: string, _file: string): Reading {
  const { fake } = globalThis as unknown as { fake?: { scenario: Scenario } }
  if (!fake) return { problems: [] }
  return { scenario: { ...fake.scenario }, problems: [] }
}

export function withFault(text: string, fault: Fault, scenario: Scenario): string {
  const { fake } = globalThis as unknown as { fake: { scenario: Scenario } }
  fake.scenario = { ...scenario, faults: [...scenario.faults, fault].sort((a, b) => a.at - b.at) }
  return `${text}\n# ${fault.kind}`
}

export function withValue(text: string, path: string, value: unknown): string {
  return `${text}\n# ${path} ${String(value)}`
}
