import { describe, expect, test } from 'vitest'
import { type CannotRun, type Experiment, isCannotRun } from '../../src/run/verify/experiment.ts'
import { readRow } from '../../src/run/verify/readers.ts'
import { type Scenario, UNLIMITED } from '../../src/scenario/scenario.ts'
import { type RawRow, rowOf } from './rows.ts'

const MS = 1e6
const exponential = (mean: number) => ({ policy: 'exponential', params: { mean: mean * 10 * MS } })

/** The scenario that a row becomes. */
function scenario(row: RawRow): Scenario {
  const experiment = readRow(rowOf(row))
  if (!experiment || isCannotRun(experiment)) throw new Error(experiment?.because ?? 'unknown model')
  return JSON.parse(experiment.key)
}

function because(row: RawRow): string | undefined {
  const found: Experiment | CannotRun | undefined = readRow(rowOf(row))
  return found && isCannotRun(found) ? found.because : undefined
}

describe('a row becomes a scenario', () => {
  test('with a unit of time of ten milliseconds', () => {
    const { clients, tiers } = scenario({})
    expect(clients[0]!.arrivals).toEqual({ policy: 'poisson', params: { rate: 50 } })
    expect(tiers[0]!.service).toMatchObject({ demand: exponential(1), concurrency: 1, queue: UNLIMITED })
  })

  test('by its load when it states no rate', () => {
    const parameters = { rho: 0.8, servers: 4, service: { dist: 'exponential', mean: 2 } }
    expect(scenario({ model: 'M/M/c', parameters }).clients[0]!.arrivals.params.rate).toBeCloseTo(160, 9)
  })

  test('with any interarrival and service times', () => {
    const parameters = {
      interarrival: { dist: 'erlang', k: 3, mean: 2 },
      service: { dist: 'two_point', p1: 0.9, v1: 0.5, v2: 5.5 },
    }
    const { clients, tiers } = scenario({ model: 'G/G/1', parameters })
    expect(clients[0]!.arrivals).toEqual({
      policy: 'renewal',
      params: { interarrival: { policy: 'erlang', params: { k: 3, mean: 20 * MS } } },
    })
    const parts = tiers[0]!.service.demand.params.parts as unknown as { of: unknown }[]
    expect(parts.map(({ of }) => of)).toEqual([
      { policy: 'constant', params: { value: 5 * MS } },
      { policy: 'constant', params: { value: 55 * MS } },
    ])
  })

  test.each([
    [{ system_capacity: 7 }, 4],
    [{ queue_limit: 2 }, 2],
    [{ system_capacity: 3, queue_limit: 0 }, 0],
    [{ queue: 'infinite' }, UNLIMITED],
  ])('with a queue of its limit: %j', (limit, queue) => {
    const parameters = { arrival_rate: 3, service_mean: 1, servers: 3, ...limit }
    expect(scenario({ model: 'M/M/c/K', parameters }).tiers[0]!.service.queue).toBe(queue)
  })

  test('of a closed loop, of stations in series', () => {
    const parameters = {
      clients: 20,
      think_time: { dist: 'exponential', mean: 10 },
      stations_in_series: [
        { dist: 'exponential', mean: 1 },
        { dist: 'exponential', mean: 0.5 },
      ],
      servers_each: 2,
    }
    const { clients, tiers } = scenario({
      model: 'closed two-tier network',
      quantity: 'throughput',
      parameters,
    })
    expect(clients[0]!.arrivals).toEqual({
      policy: 'closed',
      params: { users: 20, thinkTime: exponential(10) },
    })
    expect(tiers.map(({ service }) => [service.demand, service.concurrency])).toEqual([
      [exponential(1), 2],
      [exponential(0.5), 2],
    ])
  })

  test.each([
    ['M/M/c with cancelling timeouts', 'timeout removes the request from queue or server', 'cancel'],
    ['M/M/1, client timeout without cancellation', 'the server still finishes the work', 'continue'],
  ])('whose clients give up: %s', (model, rule, onTimeout) => {
    const parameters = { arrival_rate: 0.5, service_mean: 1, timeout: 3, rule }
    const { clients } = scenario({ model, quantity: 'timed_out_fraction', parameters })
    expect(clients[0]).toMatchObject({
      onTimeout,
      timeout: { policy: 'constant', params: { value: 30 * MS } },
    })
  })

  test('with impatience in the queue, set-up and breakdowns', () => {
    const parameters = {
      arrival_rate: 0.5,
      service_mean: 1,
      queue_timeout: 4,
      setup: { dist: 'exponential', mean: 5 },
      up_time: { dist: 'exponential', mean: 100 },
      down_time: { dist: 'exponential', mean: 10 },
    }
    const tier = scenario({ model: 'M/M/1 with everything', parameters }).tiers[0]!
    expect(tier.service).toMatchObject({
      patience: { policy: 'constant', params: { value: 40 * MS } },
      setUp: exponential(5),
    })
    expect(tier.failures).toEqual({ upTime: exponential(100), downTime: exponential(10), as: 'hang' })
  })

  test.each([
    ['random split', 'uniform random', 'random', {}],
    ['round robin', 'round robin (strict cyclic)', 'round-robin', {}],
    ['join the shortest queue', 'join the shortest queue', 'least-connections', {}],
    ['x', 'shortest of 3 sampled with replacement', 'two-choices', { choices: 3, replacement: true }],
    ['x', 'shortest of 2 sampled without replacement', 'two-choices', { choices: 2, replacement: false }],
  ])('of a balancer: %s, %s', (model, policy, strategy, params) => {
    const parameters = { servers: 5, rho: 0.8, service: { dist: 'exponential', mean: 1 }, policy }
    const { tiers, clients } = scenario({ model, quantity: 'mean_sojourn', parameters })
    expect(tiers[0]!.strategy).toEqual({ policy: strategy, params })
    expect(tiers[0]!.replicas).toHaveLength(5)
    expect(clients[0]!.arrivals.params.rate).toBeCloseTo(400, 9)
  })
})

describe('a row is left alone', () => {
  test.each([
    [{ parameters: { ...rowOf({}).parameters, colour: 'red' } }, 'parameter "colour" is not understood'],
    [{ quantity: 'mean_colour' }, 'unknown quantity "mean_colour"'],
    [{ parameters: { arrival_rate: 0.5 } }, 'it says no service time'],
    [{ parameters: { service_mean: 1 } }, 'it says no rate of arrivals'],
    [
      { parameters: { ...rowOf({}).parameters, rho: 0.9 } },
      'rho is 0.9, but the rate of arrivals makes it 0.5',
    ],
    [
      { parameters: { ...rowOf({}).parameters, service: 'gaussian' } },
      'there is no distribution "gaussian" here',
    ],
    [{ parameters: { ...rowOf({}).parameters, discipline: 'sjf' } }, 'discipline "sjf" is not known'],
    [{ tolerance_hint: { type: 'telepathic' } }, 'its tolerance is of an unknown kind'],
  ])('with the reason: %#', (row, reason) => expect(because(row as RawRow)).toBe(reason))

  test('when nothing is known of its model', () => {
    expect(readRow(rowOf({ model: 'perpetual motion' }))).toBeUndefined()
  })
})
