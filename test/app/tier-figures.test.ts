/** Figures of tiers at an instant, as lanes show them. */
import { expect, test } from 'vitest'
import { tierFigures } from '../../src/app/compare/tier-figures.ts'
import type { Run } from '../../src/app/stores/runs.ts'
import { parse } from '../../src/scenario/index.ts'

const TEXT = `clients: { users: { rate: 10/s, requests: { keys: { zipf: { count: 5 } } } } }
tiers:
  edge: { replicas: 1, tls: {} }
  cache: { replicas: 2, cache: { capacity: 3 } }
  app: { replicas: 3 }
duration: 1m
`
const { scenario } = parse(TEXT, 'mine.yaml')
const node = (id: string, ...values: number[]) => ({
  id,
  title: id,
  unit: '',
  kind: 'gauge' as const,
  nodes: 6,
  values: Float32Array.from(values),
})
const of = (id: string, ...values: number[]) => ({
  id: `tiers.${id}`,
  title: id,
  unit: '',
  kind: 'gauge' as const,
  values: Float64Array.from(values),
})
const run = {
  scenario,
  series: {
    step: 1e9,
    steps: 2,
    columns: [
      of('edge.handshakesPerSecond', 0, 1234.6),
      of('cache.hitRate', Number.NaN, 0.834),
      of('app.replicasPaid', 3, 2),
    ],
    nodes: [
      node('utilisation', 0, 0, 0, 0, 0, 0, 0.004, 0.5, 1, 0.75, 0.75, 0),
      node('queueLength', 0, 0, 0, 0, 0, 0, 0.01, 1.5, 2, 20, 30.4, 0),
    ],
  },
} as unknown as Run
const at = (tier: number, instant: number) =>
  tierFigures(scenario!.tiers[tier]!).map(({ title, textOf }) => `${title} ${textOf(run, tier, instant)}`)

test('are those of its replicas together, in the step of the instant', () => {
  expect(at(0, 1.5e9)).toEqual(['busy <1\u00a0%', 'queue <0.1', 'handshakes 1,235/s'])
  expect(at(1, 1.5e9)).toEqual(['busy 75\u00a0%', 'queue 3.5', 'hits 83\u00a0%'])
})
test('are averaged over the replicas that exist, not over places for more', () =>
  expect(at(2, 1.5e9)).toEqual(['busy 75\u00a0%', 'queue 50']))
test('are none where nothing is computed or asked; nothing is nothing', () => {
  expect(at(1, 0)).toEqual(['busy 0\u00a0%', 'queue 0', 'hits –'])
  expect(at(2, 9e9)).toEqual(['busy –', 'queue –'])
})
