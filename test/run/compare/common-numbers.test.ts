// Why variants face the same requests: the chance that both sides share cancels out of their difference.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pairedTest } from '../../../src/measure/paired.ts'
import { replication } from '../../../src/run/replicate.ts'
import { simulate } from '../../../src/run/simulate.ts'
import { parse } from '../../../src/scenario/index.ts'

const PAIRS = 20
const file = new URL('../../../scenarios/two-choices.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')

/** The mean latency, ms, of replications in a row. */
function latencies(variant: string | undefined, from: number): number[] {
  const options = { set: ['duration=20s', 'warmUp=5s'], ...(variant === undefined ? {} : { variant }) }
  const scenario = parse(text, 'two-choices.yaml', options).scenario!
  return Array.from({ length: PAIRS }, (_, i) => simulate(replication(scenario, from + i)).latencyMs!.mean)
}

const twoChoices = latencies(undefined, 1)

describe('common random numbers narrow the interval of a difference', () => {
  // Measured with these seeds, the same on every machine; the square is what is saved in runs. Against the
  // variant "random" the factor is 1.0: its own draws are nearly all of the spread, and no side shares them.
  test.each([
    ['three choices', 3, 3.4],
    ['least connections', 1.4, 1.6],
  ] as const)('of two choices and %s more than %d times (%d)', (variant, least, _measured) => {
    const common = pairedTest(latencies(variant, 1), twoChoices)
    const independent = pairedTest(latencies(variant, 1 + PAIRS), twoChoices)
    expect(independent.halfWidth / common.halfWidth).toBeGreaterThan(least)
  })
})
