import { expect, test } from 'vitest'
import { strategies } from '../../../src/policies/balancing/index.ts'
import { pickCosts } from '../../../src/run/bench/picks.ts'

test('the cost of a pick is measured for each size, with the time per pick that the clock gives', () => {
  let now = 0
  const costs = pickCosts([3, 20], 50, 2, () => (now += 2))
  for (const { costs: bySize } of costs) {
    expect(bySize).toEqual([
      { replicas: 3, nsPerPick: 2e6 / 50 },
      { replicas: 20, nsPerPick: 2e6 / 50 },
    ])
  }
})

test('every strategy that keys decide is measured, and the others that must not look at all replicas', () => {
  const measured = new Set(pickCosts([], 1, 1, () => 0).map(({ strategy }) => strategy))
  for (const { name, isKeyed, bearsOldCounts } of strategies.all) {
    if (isKeyed || bearsOldCounts) expect(measured).toContain(name)
  }
  for (const name of ['round-robin', 'haproxy-round-robin', 'static-rr', 'random']) {
    expect(measured).toContain(name)
  }
})
