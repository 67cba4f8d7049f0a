/** What tiers and caches say of their doors: rates over the last second, figures, words, heat. */
import { describe, expect, test } from 'vitest'
import { facetRows } from '../../../src/app/stage/doors/facet-rows.ts'
import { facetNames, facetWords } from '../../../src/app/stage/doors/facets.ts'
import { heatOf, rateOf, spanAt } from '../../../src/app/stage/doors/rates.ts'
import { readable, viewTier } from '../../../src/app/stage/doors/tier-view.ts'
import { parse } from '../../../src/scenario/index.ts'
import type { Doors, TraceWindow } from '../../../src/worker/protocol.ts'

const NODES = 2
const STEP = 0.1e9

/** Node 0 has ten a second, node 1 twenty from 2 s on; a hundredth of a second is never seen. */
function doors(): Doors {
  const steps = 40
  const column = (each: (node: number, step: number) => number) => {
    const values = new Uint32Array(steps * NODES)
    for (let step = 0; step < steps; step++) {
      for (let node = 0; node < NODES; node++) {
        values[step * NODES + node] = (values[(step - 1) * NODES + node] ?? 0) + each(node, step)
      }
    }
    return values
  }
  const some = column((node, step) => (node === 0 ? 1 : step >= 20 ? 2 : 0))
  const none = new Uint32Array(steps * NODES)
  return {
    from: 1e9,
    step: STEP,
    steps,
    nodes: NODES,
    sent: some,
    lookUps: some,
    served: none,
    handshakes: some,
    resumed: some,
    turnedAway: none,
  }
}

describe('rates', () => {
  const counted = doors()
  test('are those of the last second, whatever the window', () => {
    const at = (seconds: number, node: number) => rateOf(counted.sent, spanAt(counted, seconds * 1e9)!, node)
    expect([at(2.5, 0), at(4.9, 0)]).toEqual([10, 10])
    expect([at(2.9, 1), at(3.5, 1), at(4.6, 1)].map(Math.round)).toEqual([0, 10, 20])
  })
  test('right after the beginning are those of the time that there was', () => {
    expect(rateOf(counted.sent, spanAt(counted, 1.35e9)!, 0)).toBeCloseTo(10)
    expect(spanAt(counted, 1.05e9)).toBeUndefined()
  })
  test('behind the end stay those of the end', () =>
    expect(spanAt(counted, 99e9)).toEqual(spanAt(counted, 5e9)))
  test('add up over nodes', () => expect(rateOf(counted.sent, spanAt(counted, 4.8e9)!, 0, 2)).toBeCloseTo(30))
})

test('a node is as hot as its look-ups are above the mean', () => {
  expect([heatOf(0, 10), heatOf(10, 10) > 0.1, heatOf(10, 10) < 0.4, heatOf(40, 10)]).toEqual([
    0,
    true,
    true,
    1,
  ])
  expect(heatOf(0, 0)).toBe(0)
})

describe('a tier', () => {
  const { scenario } = parse(
    `
clients: { users: { rate: 100/s } }
tiers:
  edge:
    replicas: 2
    tls: { handshake: 1ms, resumed: 0.1ms, resumption: 50% }
    rateLimit: { policy: token-bucket, rate: 100/s, burst: 10, key: address }
  cache: { replicas: 1, cache: { capacity: 10, ttl: 1m } }
  app: { replicas: 1 }
`,
    'tiers.yaml',
  )
  const [edge, cache, app] = scenario!.tiers
  const window = {
    from: 1e9,
    to: 5e9,
    levels: { open: Uint32Array.of(7, 5), filled: Uint8Array.of(255, 51) },
    doors: doors(),
  } as unknown as TraceWindow
  const see = (before?: ReturnType<typeof viewTier>) =>
    viewTier(before, { first: 0, replicas: 2 }, window, 0, spanAt(window.doors!, 4.8e9), 2)

  test('shows what it is, and nothing that it is not', () => {
    expect(facetNames(edge!)).toEqual(['tls', 'connections', 'limits'])
    expect(facetNames(cache!)).toEqual(['hits', 'fill'])
    expect(facetNames(app!)).toEqual([])
  })
  test('says how it goes in few letters and in words', () => {
    const view = see()
    expect(view).toMatchObject({ handshakes: 30, resumed: 100, open: 12, turnedAway: 0, hits: 0, filled: 60 })
    const tls = facetWords('tls', edge!, view)
    expect([tls.value, tls.says]).toEqual(['30/s', '30 TLS handshakes a second, 100 % of them resumed'])
    const limits = facetWords('limits', edge!, view)
    expect([limits.value, limits.isLoud]).toEqual(['0/s denied', false])
    expect(limits.definition).toContain('token bucket: 100 a second for each address (counted at each node)')
    expect(facetWords('limits', edge!, { ...view, turnedAway: 12 }).isLoud).toBe(true)
    expect(facetWords('fill', cache!, view).definition).toContain('10 objects')
  })
  test('is handed out again while it says the same, and knows nothing without a trace', () => {
    const first = see()
    expect(see(first)).toBe(first)
    const { hits, open, there } = viewTier(undefined, { first: 0, replicas: 2 }, undefined, -1, undefined, 2)
    expect([hits, open, there]).toEqual([-1, -1, 2])
  })
})

test('rates are round enough to be read while they move', () => {
  expect([readable(0.4), readable(7.6), readable(123.4), readable(45_678)]).toEqual([0, 8, 120, 46_000])
})

test('figures take as many rows as the widest tier needs', () => {
  const shape = { populations: 1, tiers: [1, 1], facets: [3, 0] }
  expect([facetRows(shape, 1000), facetRows(shape, 160), facetRows(shape, 10)]).toEqual([1, 2, 3])
  expect(facetRows(shape, 160, 1)).toBe(0)
  expect(facetRows({ populations: 1, tiers: [1] }, 160)).toBe(0)
})
