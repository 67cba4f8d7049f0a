/** What a trace tells of doors, caches, checks, purges and handshakes, held against the facts and the report. */
import { expect, test } from 'vitest'
import type { Report } from '../../src/measure/report.ts'
import { parse } from '../../src/scenario/index.ts'
import { doorOf } from '../../src/worker/door.ts'

const TEXT = `
clients:
  users:
    rate: 300/s
    addresses: 200
    network: { latency: 5ms }
    requests: { keys: { zipf: { count: 500, exponent: 1 } } }
tiers:
  edge:
    replicas: 2
    service: { demand: 0.1ms, concurrency: 8 }
    tls: { handshake: 1ms, resumed: 0.1ms, resumption: 50% }
    connections: { idle: 100ms }
    rateLimit: { policy: token-bucket, rate: 0.3/s, burst: 1, key: address }
    health: { active: { interval: 500ms, timeout: 200ms, fall: 1, rise: 1 } }
  cache:
    replicas: 2
    balancing: { strategy: ring-hash }
    cache: { capacity: 50, ttl: 300ms, grace: 10s }
  app: { replicas: 2, service: { demand: 5ms, concurrency: 4 } }
faults:
  - { at: 2s, hang: edge/2, for: 1s }
  - { at: 3500ms, purge: cache/1 }
duration: 5s
`

const door = doorOf()
const { scenario } = parse(TEXT, 'doors.yaml')
let report: Report | undefined
await door.open(1, scenario!, (update) => {
  report = update.report
})
const { hops, doors, levels } = await door.trace(1, 0, 5e9, 1e6)
const rows = Array.from({ length: hops.count }, (_, hop) => hop)
const ofKind = (kind: number) => rows.filter((hop) => hops.kind![hop] === kind)
const last = (column: Uint32Array) => [...column.subarray((doors!.steps - 1) * doors!.nodes)]

test('look-ups and those served are as many as the report counts', () => {
  const { lookUps, hits } = report!.tiers.cache!.cache!
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  expect(sum(last(doors!.lookUps))).toBe(lookUps)
  expect(sum(last(doors!.served))).toBe(hits)
  expect(last(doors!.lookUps).map((count) => count > 0)).toEqual([false, false, true, true, false, false])
})

test('caches fill up, never beyond what they hold, and are empty after a purge', () => {
  const filled = (seconds: number, node: number) =>
    levels.filled![Math.ceil((seconds * 1e9) / levels.step) * levels.nodes + node]!
  expect(filled(3.4, 2)).toBe(255)
  expect(filled(3.5, 2)).toBeLessThan(40)
  expect(filled(3.5, 3)).toBe(255)
  expect(Math.max(...levels.open!)).toBeGreaterThan(5)
})

test('a window that begins later counts from a second before it', async () => {
  const later = (await door.trace(1, 3e9, 4e9, 1e6)).doors!
  expect(later.from).toBe(2e9)
  const total = (column: Uint32Array) => column[(later.steps - 1) * later.nodes]!
  expect(total(later.sent)).toBeGreaterThan(200)
  expect(total(later.sent)).toBeLessThan(doors!.sent[(doors!.steps - 1) * doors!.nodes]!)
})

test('limits turn away, handshakes are full and resumed, there and back', () => {
  expect(last(doors!.turnedAway)[0]).toBeGreaterThan(10)
  const [full, resumed] = [ofKind(6), ofKind(7)]
  expect(Math.abs(full.length / (full.length + resumed.length) - 0.5)).toBeLessThan(0.15)
  for (const kind of [full, resumed]) {
    expect(kind.filter((hop) => hops.way[hop] === 0)).toHaveLength(kind.length / 2)
    for (const hop of kind) expect(Math.max(hops.from[hop]!, hops.to[hop]!)).toBeLessThan(2)
  }
})

test('checks come back from replicas that are well, and none from one that hangs', () => {
  const answered = (node: number, from: number, to: number) =>
    ofKind(4).filter(
      (hop) =>
        hops.way[hop] === 1 &&
        hops.from[hop] === node &&
        hops.arrives[hop]! > from &&
        hops.arrives[hop]! < to,
    ).length
  expect([answered(0, 2.1e9, 3e9), answered(1, 2.1e9, 3e9)]).toEqual([expect.any(Number), 0])
  expect(answered(0, 2.1e9, 3e9)).toBeGreaterThan(0)
  expect(answered(1, 3.1e9, 5e9)).toBeGreaterThan(1)
  expect(ofKind(4).every((hop) => hops.request[hop] === -1)).toBe(true)
})

test('a purge falls onto its node, and fetches in the background go from caches to what is behind', () => {
  expect(ofKind(5).map((hop) => [hops.from[hop], hops.to[hop], hops.arrives[hop]])).toEqual([[2, 2, 3.5e9]])
  const fetches = ofKind(3).filter((hop) => hops.way[hop] === 0)
  expect(fetches.length).toBeGreaterThan(10)
  for (const hop of fetches) {
    expect([2, 3]).toContain(hops.from[hop])
    expect([4, 5]).toContain(hops.to[hop])
  }
})

test('what is held against a replica is told: ejected or down while it hangs', () => {
  const seen = new Set(
    Array.from({ length: levels.frames }, (_, frame) => levels.standing![frame * levels.nodes + 1]),
  )
  expect(seen).toContain(1)
  expect(seen).toContain(0)
})
