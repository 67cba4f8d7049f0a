/** One tier without mishaps: who is served when, in each discipline, and who is turned away. */

import { describe, expect, test } from 'vitest'
import { stream } from '../../src/base/stream.ts'
import { samplerOf } from '../../src/policies/distributions/index.ts'
import {
  always,
  asListed,
  chosen,
  clients,
  exponential,
  leastConnections,
  listed,
  ms,
  poisson,
  scenario,
  tier,
  type WantedTier,
} from './build.ts'
import { endings, type Fact, factsOf, only, outcomes } from './facts-of.ts'

/** Facts of requests at these instants (ms) at one tier. */
function served(instants: readonly number[], wanted: WantedTier): readonly Fact[] {
  const logs = listed(...instants.map(ms))
  return factsOf(scenario({ clients: [clients(asListed)], tiers: [tier(wanted)] }), { logs })
}

/** When each request ended, ms. */
function ends(facts: readonly Fact[]): readonly (number | undefined)[] {
  return endings(facts).map((ending) => ending && ending.at / 1e6)
}

describe('first in, first out', () => {
  test('serves one after the other in order of arrival', () => {
    expect(ends(served([0, 1, 2, 50], {}))).toEqual([10, 20, 30, 60])
  })

  test('serves as many at once as there are slots', () => {
    expect(ends(served([0, 1, 2, 3], { concurrency: 2 }))).toEqual([10, 11, 20, 21])
  })

  test('tells how long each waited, in the queue and in all', () => {
    const facts = served([0, 4], {})
    expect(only(facts, 'started').map(({ value }) => value)).toEqual([0, ms(6)])
    expect(only(facts, 'waited')).toMatchObject([{ subject: 1, value: ms(6) }])
  })

  test('turns away who finds slots and queue full', () => {
    const facts = served([0, 1, 2, 3, 25], { queue: 2 })
    expect(outcomes(facts)).toEqual(['ok', 'ok', 'ok', 'rejected', 'ok'])
    expect(endings(facts)[3]!.latency).toBe(0)
  })

  test('without a queue, turns away whoever does not find a free slot', () => {
    expect(outcomes(served([0, 1, 10, 15], { queue: 0 }))).toEqual(['ok', 'rejected', 'ok', 'rejected'])
  })

  test('a faster replica takes less time for the same work', () => {
    expect(ends(served([0], { replicas: [{ speed: 4 }] }))).toEqual([2.5])
    expect(ends(served([0], { replicas: [{ speed: 0.1 }] }))).toEqual([100])
  })
})

describe('last in, first out', () => {
  test('serves the latest of those that wait, without interrupting', () => {
    expect(ends(served([0, 1, 2, 3], { discipline: 'lifo' }))).toEqual([10, 40, 30, 20])
  })

  test('turns away the newcomer, not the eldest, when the queue is full', () => {
    expect(outcomes(served([0, 1, 2], { discipline: 'lifo', queue: 1 }))).toEqual(['ok', 'ok', 'rejected'])
  })
})

describe('processor sharing', () => {
  test('gives each of n requests an nth of the replica', () => {
    expect(ends(served([0, 0], { discipline: 'ps' }))).toEqual([20, 20])
    // alone for 5 ms, both at half speed for 10 ms, alone again
    expect(ends(served([0, 5], { discipline: 'ps' }))).toEqual([15, 20])
  })

  test('with several processors, no request has more than one', () => {
    expect(ends(served([0, 0], { discipline: 'ps', concurrency: 2 }))).toEqual([10, 10])
    expect(ends(served([0, 0, 0, 0], { discipline: 'ps', concurrency: 2 }))).toEqual([20, 20, 20, 20])
  })

  test('turns away beyond processors and room', () => {
    expect(outcomes(served([0, 1, 2, 3], { discipline: 'ps', queue: 2 }))).toEqual([
      'ok',
      'ok',
      'ok',
      'rejected',
    ])
  })

  test.each([
    ['one processor', 1, exponential(ms(10))],
    ['three processors', 3, exponential(ms(28))],
    ['works of very different size', 2, chosen('hyperexponential', { mean: ms(18), cv: 5 })],
  ])('agrees with advancing all requests side by side: %s', (_name, concurrency, demand) => {
    const wanted = scenario({
      clients: [clients(poisson(90))],
      tiers: [tier({ discipline: 'ps', concurrency, demand })],
    })
    const facts = factsOf(wanted)
    const draws = stream(wanted.seed, 'demand/users/web')
    const sample = samplerOf(demand)
    const arrivals = only(facts, 'arrived').map(({ at }) => at)
    const expected = sideBySide(
      arrivals,
      arrivals.map(() => Math.round(sample(draws))),
      concurrency,
    )
    for (const [i, ending] of endings(facts).entries()) {
      if (ending) expect(Math.abs(ending.at - expected[i]!), `request ${i}`).toBeLessThan(50)
    }
    expect(endings(facts).filter(Boolean).length).toBeGreaterThan(500)
  })
})

describe('patience', () => {
  test('ends a wait that is too long, and the queue closes up', () => {
    const facts = served([0, 1, 2], { patience: always(ms(12)), demand: always(ms(20)) })
    expect(outcomes(facts)).toEqual(['ok', 'expired in queue', 'expired in queue'])
    expect(ends(facts)).toEqual([20, 13, 14])
  })

  test('does not end a service, however long', () => {
    expect(outcomes(served([0], { patience: always(ms(1)), demand: always(ms(100)) }))).toEqual(['ok'])
  })

  test('tells the time that was waited in vain', () => {
    const facts = served([0, 1], { patience: always(ms(5)) })
    expect(only(facts, 'waited')).toMatchObject([{ subject: 1, value: ms(5) }])
  })
})

describe('a replica with set-up times', () => {
  const setUp = always(ms(30))

  test('sleeps at first, and wakes up for its first request', () => {
    const facts = served([0], { setUp })
    expect(ends(facts)).toEqual([40])
    expect(only(facts, 'set-up')).toMatchObject([{ subject: 0, value: ms(30) }])
  })

  test('serves at once while it is awake, and sleeps as soon as it is idle', () => {
    expect(ends(served([0, 35, 60], { setUp }))).toEqual([40, 50, 100])
  })

  test('wakes up once, however many wait, and whether or not they still do when it is awake', () => {
    const impatient = served([0, 1, 20], { setUp, patience: always(ms(15)) })
    expect(outcomes(impatient)).toEqual(['expired in queue', 'expired in queue', 'ok'])
    expect(only(impatient, 'set-up')).toHaveLength(1)
    expect(ends(impatient)[2]).toBe(40)
  })

  test('goes on waking when who woke it is called off, and is not awake any sooner for the next', () => {
    const logs = listed(ms(0), ms(20))
    const cancelling = clients(asListed, { timeout: always(ms(15)), onTimeout: 'cancel' })
    const facts = factsOf(scenario({ clients: [cancelling], tiers: [tier({ setUp })] }), { logs })
    expect(only(facts, 'set-up')).toHaveLength(1)
    expect(only(facts, 'started')).toMatchObject([{ subject: 1, at: ms(30) }])
  })

  test('rejects what finds its queue full while it wakes', () => {
    expect(outcomes(served([0, 1, 2], { setUp, queue: 2 }))).toEqual(['ok', 'ok', 'rejected'])
  })
})

test('a balancer that counts connections leaves no replica idle while another has two', () => {
  const facts = served([0, 1, 2, 3], { replicas: 4, strategy: leastConnections, demand: always(ms(100)) })
  expect(new Set(only(facts, 'sent').map(({ object }) => object)).size).toBe(4)
})

/** When each of many requests ends that share processors, by advancing all of them from event to event. */
function sideBySide(arrivals: readonly number[], work: readonly number[], processors: number): number[] {
  const ends = arrivals.map(() => NaN)
  const left = new Map<number, number>()
  let now = 0
  let next = 0
  while (next < arrivals.length || left.size > 0) {
    const rate = Math.min(1, processors / left.size)
    const least = Math.min(...left.values())
    const ended = left.size > 0 ? now + least / rate : Infinity
    const at = Math.min(ended, arrivals[next] ?? Infinity)
    for (const [i, rest] of left) left.set(i, rest - (at - now) * rate)
    now = at
    for (const [i, rest] of left) {
      if (rest > 1e-3) continue
      ends[i] = now
      left.delete(i)
    }
    if (next < arrivals.length && arrivals[next] === at) left.set(next, work[next++]!)
  }
  return ends
}
