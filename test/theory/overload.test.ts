/** Rows about throttling, retries, backlogs, fan-out and the laws of operations, with parameters of our own. */
import { describe, expect, test } from 'vitest'
import { fates } from './fates.ts'
import type { RawRow } from './rows.ts'

const relative = (rel: number) => ({ type: 'relative', rel })

test('throttling clients settle where they send K times what is accepted', () => {
  const settled = (quantity: string, value: number): RawRow => ({
    model: 'client-side adaptive throttling, steady state',
    parameters: {
      client_demand_rps: 500,
      backend_capacity_rps: 200,
      K: 1.5,
      window_s: 30,
      backend: 'accepts up to its capacity, rejects the rest cheaply',
    },
    quantity,
    value,
    tolerance_hint: relative(0.03),
  })
  const sent = (value: number) => settled('requests_per_s_sent_to_backend', value)
  const dropped = (value: number) => settled('locally_rejected_fraction', value)
  expect(fates(sent(300), sent(400), dropped(0.4), dropped(0.2))).toEqual([true, false, true, false])
})

test('clients that come again after long pauses are lost as by Erlang', () => {
  const lost = (value: number): RawRow => ({
    model: 'loss system with retries, fixed point',
    parameters: {
      arrival_rate: 1,
      servers: 1,
      service_mean: 1,
      queue_limit: 0,
      max_retries: 0,
      retry_pause: 'exponential, mean 200 service times',
    },
    quantity: 'rejected_fraction_per_attempt',
    value,
    tolerance_hint: relative(0.03),
  })
  expect(fates(lost(0.5), lost(0.55))).toEqual([true, false])
  const short = { ...lost(0.5), parameters: { ...lost(0.5).parameters, retry_pause: 'none' } }
  expect(fates(short)[0]).toContain('is not known, or short')
})

describe('a backlog', () => {
  const backlog = (quantity: string, value: number): RawRow => ({
    model: 'backlog after a pause (fluid)',
    parameters: {
      arrival_rps: 300,
      capacity_rps: 400,
      pause_s: 2,
      queue: 'unlimited fifo',
      arrivals: 'deterministic',
    },
    quantity,
    value,
    tolerance_hint: relative(0.03),
  })

  test('grows as fast as requests come, and goes as fast as the rest of the capacity', () => {
    const gone = 'seconds_from_resume_until_backlog_is_gone'
    const rows = [backlog('peak_backlog_requests', 600), backlog(gone, 6), backlog(gone, 5)]
    expect(fates(...rows)).toEqual([true, true, false])
  })
})

describe('a fan-out', () => {
  const row = (parameters: object, quantity: string, value: number): RawRow => ({
    model: 'fan-out, wait for k of n',
    parameters: { ...parameters, latency: { dist: 'exponential', mean: 2 } },
    quantity,
    value,
    tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: 2 },
  })

  test('is as slow as the last answer that it waits for', () => {
    const all = row({ fan_out: 4 }, 'mean_latency', 2 * (1 + 1 / 2 + 1 / 3 + 1 / 4))
    const some = row({ fan_out: 4, quorum: 2 }, 'mean_latency', 2 * (1 / 4 + 1 / 3))
    expect(fates(all, some)).toEqual([true, true])
    expect(fates({ ...all, value: 2 }, { ...some, value: 2 })).toEqual([false, false])
  })

  test('meets a slow server more often than a request does', () => {
    const slow = (value: number): RawRow => ({
      model: 'fan-out to n servers, wait for all',
      parameters: { fan_out: 5, slow_probability_per_server: 0.1 },
      quantity: 'fraction_of_requests_that_are_slow',
      value,
      tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: 0.5 },
    })
    expect(fates(slow(1 - 0.9 ** 5), slow(0.1))).toEqual([true, false])
  })
})

test('a storm of retries ends below its capacity over the tries, and not above', () => {
  const storm = (value: number): RawRow => ({
    model: 'metastable failure from retries',
    parameters: {
      capacity_rps: 200,
      max_retries: 1,
      failure_mode: 'every request times out after its work was done, clients retry at once',
      retry_budget: 'none',
    },
    quantity: 'highest_load_rps_that_recovers_by_itself',
    value,
    tolerance_hint: { type: 'bound' },
  })
  expect(fates(storm(100), storm(50), storm(190))).toEqual([true, false, false])
})

test('the report keeps to the laws of operations', () => {
  const laws = [
    'abs(L - lambda*W)/L over a run that starts and ends empty',
    'abs(utilisation - throughput*mean_service/servers)/utilisation over a run that starts and ends empty',
    'offered - completed - rejected - timed_out - in_flight_at_end',
  ]
  const rows = laws.map(
    (quantity): RawRow => ({
      model: 'operational laws',
      parameters: { scenario: 'any' },
      quantity,
      value: 0,
      tolerance_hint: { type: 'absolute', abs: 1e-9 },
    }),
  )
  expect(fates(...rows)).toEqual([true, true, true])
})

test('last in, first out answers more in time', () => {
  const order = (value: readonly string[]): RawRow => ({
    model: 'overload with deadlines',
    parameters: {
      arrival_rate: 1.5,
      service: { dist: 'exponential', mean: 1 },
      servers: 1,
      system_capacity: 30,
      deadline: 5,
      rule: 'new requests are rejected when full; late requests are still served (no cancellation)',
    },
    quantity: 'disciplines_from_best_to_worst_on_time_fraction',
    value,
    tolerance_hint: { type: 'ordering' },
  })
  expect(fates(order(['lifo', 'fifo']), order(['fifo', 'lifo']))).toEqual([true, false])
})
