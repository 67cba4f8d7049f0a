/** Rows about what redundancy, retries, rollouts, breakers and DNS make of failures, with parameters of our own. */
import { describe, expect, test } from 'vitest'
import { fates } from './fates.ts'
import type { RawRow } from './rows.ts'

const exact = { type: 'exact', abs: 0, rel: 1e-9 }
const relative = (rel: number) => ({ type: 'relative', rel })

describe('components', () => {
  const made = (how: string, value: number): RawRow => ({
    model: `components in ${how}`,
    parameters: { availabilities: [0.9, 0.75, 0.98] },
    quantity: 'availability',
    value,
    tolerance_hint: exact,
  })

  test('are all up, or one is, for exactly their share of the time', () => {
    const rows = [made('series', 0.9 * 0.75 * 0.98), made('parallel', 1 - 0.1 * 0.25 * 0.02)]
    expect(fates(...rows)).toEqual([true, true])
    expect(fates(made('series', 0.75), made('parallel', 1))).toEqual([false, false])
  })

  test('of which nothing simple is known are not run', () => {
    const odd = { ...made('series', 0.5), parameters: { availabilities: [Math.SQRT1_2] } }
    expect(fates(odd)[0]).toContain('is no simple fraction')
  })
})

describe('a dead replica of which nobody knows', () => {
  const retried = (retry_target: string, value: number): RawRow => ({
    model: 'one dead backend of n before detection',
    parameters: { backends: 3, policy: 'uniform random', retries: 2, retry_target },
    quantity: 'failed_request_fraction',
    value,
    tolerance_hint: { type: 'absolute', abs: 0.006 },
  })

  test('costs nothing when the next try goes elsewhere', () => {
    const rows = [retried('a different backend', 0), retried('any backend', 1 / 27)]
    expect(fates(...rows)).toEqual([true, true])
    expect(fates(retried('any backend', 1 / 9))).toEqual([false])
  })

  test('that fails at once draws more than its share', () => {
    const hole = (value: string): RawRow => ({
      model: 'fast-failing backend under least connections',
      parameters: {
        backends: 5,
        policy: 'least connections',
        dead_backend: 'answers with an error in zero time',
        health_checks: 'none',
      },
      quantity: 'qualitative',
      value,
      tolerance_hint: { type: 'ordering' },
    })
    const more = 'the dead backend attracts more than its share 1/n of the requests'
    expect(fates(hole(more), hole('the dead backend attracts its share'))).toEqual([true, false])
  })
})

describe('a rolling update', () => {
  test('keeps to its bounds', () => {
    const bounds = (quantity: string, value: number, direction: string): RawRow => ({
      model: 'rolling update bounds',
      parameters: { replicas: 7, maxUnavailable: '30%', maxSurge: '30%' },
      quantity,
      value,
      tolerance_hint: { type: 'bound', direction },
    })
    const rows = [bounds('min_available_replicas', 5, '>='), bounds('max_total_replicas', 10, '<=')]
    expect(fates(...rows)).toEqual([true, true])
    const narrow = [bounds('min_available_replicas', 6, '>='), bounds('max_total_replicas', 9, '<=')]
    expect(fates(...narrow)).toEqual([false, false])
  })

  test('in place goes in waves', () => {
    const wave = (quantity: string, value: number): RawRow => ({
      model: 'rolling update in place',
      parameters: {
        instances: 7,
        batch: 3,
        seconds_down_per_instance: 10,
        order: 'batches one after another, in place',
      },
      quantity,
      value,
      tolerance_hint: exact,
    })
    const mean = 'mean_capacity_share_during_the_update'
    const right = [wave('waves', 3), wave('seconds_total', 30), wave('min_capacity_share', 4 / 7)]
    expect(fates(...right, wave(mean, 2 / 3))).toEqual([true, true, true, true])
    expect(fates(wave('waves', 2), wave(mean, 4 / 7))).toEqual([false, false])
  })
})

test('a circuit breaker stays closed until so many failures come in a row', () => {
  const breaker = (value: number): RawRow => ({
    model: 'circuit breaker on consecutive failures',
    parameters: { failure_probability: 0.5, consecutive_failures_to_open: 2, requests: 'independent' },
    quantity: 'mean_requests_until_open',
    value,
    tolerance_hint: relative(0.06),
  })
  expect(fates(breaker(6), breaker(7))).toEqual([true, false])
})

test('clients keep an address for half of its life, on average', () => {
  const dns = (value: number): RawRow => ({
    model: 'DNS failover with cached records',
    parameters: {
      ttl: 20,
      clients: 'busy, each re-resolves exactly when its record expires, phases uniform',
    },
    quantity: 'mean_time_until_a_client_uses_the_new_record',
    value,
    tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: 20 / Math.sqrt(12) },
  })
  expect(fates(dns(10), dns(12))).toEqual([true, false])
})

describe('what would take for ever is not run', () => {
  const wave = {
    instances: 7,
    batch: 3,
    seconds_down_per_instance: 1e9,
    order: 'batches one after another, in place',
  }
  const breaker = { failure_probability: 0.001, consecutive_failures_to_open: 9, requests: 'independent' }
  const check = { interval: 1e15, timeout: 5, fall: 1, case: 'it hangs' }
  const backlog = {
    arrival_rps: 1e6,
    capacity_rps: 1000001,
    pause_s: 5,
    queue: 'unlimited fifo',
    arrivals: 'deterministic',
  }
  test.each([
    ['rolling update in place', wave, 'waves', 'it takes longer than 104 days'],
    ['circuit breaker on consecutive failures', breaker, 'mean_requests_until_open', 'a run takes more than'],
    ['active health check', check, 'mean_detection_time', 'it takes longer than 104 days'],
    ['backlog after a pause (fluid)', backlog, 'peak_backlog_requests', 'a run takes more than'],
    [
      'k-out-of-n replicas',
      { replicas: 2, needed: 1, mttf: 1, mttr: 0 },
      'availability',
      'times must be above 0',
    ],
  ])('%s', (model, parameters, quantity, why) => {
    expect(fates({ model, parameters, quantity, value: 1, tolerance_hint: exact })[0]).toContain(why)
  })
})
