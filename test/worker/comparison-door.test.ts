/** Comparisons behind their door, without a worker around it. */
import { expect, test } from 'vitest'
import { replication } from '../../src/run/replicate.ts'
import { simulate } from '../../src/run/simulate.ts'
import { comparisonDoor } from '../../src/worker/comparison-door.ts'
import type { Comparison, Contender } from '../../src/worker/protocol.ts'
import { shipped } from '../shipped.ts'

const { scenario: crash } = shipped.find(({ id }) => id === 'crash')!
const scenario = {
  ...crash,
  duration: 20e9,
  warmUp: 0,
  faults: [{ at: 5e9, kind: 'crash', tier: 0, replica: 1, amount: 0 }],
} as const
const inTurn = {
  ...scenario,
  tiers: scenario.tiers.map((tier) => ({ ...tier, strategy: { policy: 'round-robin', params: {} } })),
}
const contenders: readonly Contender[] = [
  { name: 'base', set: {}, scenario },
  { name: 'turn', set: { 'tiers.web.balancing.strategy': 'round-robin' }, scenario: inTurn },
]

test('the figures are those of the same replications run alone, on the same requests', async () => {
  const results: Comparison[] = []
  await comparisonDoor().compare(contenders, 3, (result) => results.push(result))
  expect(results.map(({ replications, partial }) => [replications, partial])).toEqual([
    [1, true],
    [2, true],
    [3, false],
  ])
  const last = results.at(-1)!
  for (const [i, lane] of contenders.entries()) {
    const alone = [1, 2, 3].map((number) => simulate(replication(lane.scenario, number)))
    expect(last.variants[i]!.fingerprints).toEqual(alone.map(({ fingerprint }) => fingerprint))
    expect(last.variants[i]!.figures['latency.p99']!.values).toEqual(
      alone.map(({ latencyMs }) => latencyMs!.p99),
    )
  }
  expect(last.fairness).toMatchObject({ requests: 'same', sameFaults: true })
  const found = last.differences.find(({ figure }) => figure === 'availability')!
  expect(found).toMatchObject({ variant: 'turn', pairs: 3 })
  expect(found.mean).toBeGreaterThan(0)
})

test('what was run once is not run again', async () => {
  const door = comparisonDoor()
  let first: Comparison | undefined
  await door.compare(contenders, 2, (result) => {
    first = result
  })
  const again: Comparison[] = []
  await door.compare([contenders[1]!, contenders[0]!], 2, (result) => again.push(result))
  // Wall time is measured: equal to the bit only when nothing was run.
  expect(again.at(-1)!.wall.seconds).toBeCloseTo(first!.wall.seconds, 12)
  expect(again.at(-1)!.baseline).toBe('turn')
})

test('it waits while it is held, and gives up when it is stopped', async () => {
  const door = comparisonDoor()
  const counts: number[] = []
  await door.hold(true)
  const over = door.compare(contenders, 50, ({ replications }) => {
    counts.push(replications)
    if (replications === 1) void door.hold(true)
  })
  while (counts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(counts).toEqual([1])
  await door.hold(false)
  while (counts.length === 1) await new Promise((resolve) => setTimeout(resolve, 5))
  await door.stop()
  await over
  expect(counts.length).toBeLessThan(50)
})

test('a new comparison ends the one before', async () => {
  const door = comparisonDoor()
  const counts = [0, 0]
  const first = door.compare(contenders, 50, () => {
    counts[0]!++
  })
  await door.compare(contenders, 1, () => {
    counts[1]!++
  })
  const then = counts[0]!
  await first
  expect(counts).toEqual([then, 1])
  expect(then).toBeLessThan(50)
})
