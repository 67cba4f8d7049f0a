/** Rows about failures, old information and splits, with parameters of our own. */
import { describe, expect, test } from 'vitest'
import { fates } from './fates.ts'
import type { RawRow } from './rows.ts'

const relative = (rel: number) => ({ type: 'relative', rel })

describe('replicas that fail', () => {
  const up = 80 / 100
  const pair: RawRow = {
    model: 'k-out-of-n replicas',
    parameters: { replicas: 2, needed: 1, mttf: 80, mttr: 20, distributions: 'exponential' },
    quantity: 'fraction_of_time_enough_replicas_are_up',
    value: 1 - (1 - up) ** 2,
    tolerance_hint: relative(0.004),
  }

  test('are up, go down and stay down as they should', () => {
    const rate = { ...pair, quantity: 'outages_per_unit_time', tolerance_hint: relative(0.05) }
    const length = { ...pair, quantity: 'mean_outage_duration', tolerance_hint: relative(0.05) }
    // One is down and the other fails: 2 · 0.2 · 0.8 / 80; two are repaired at once.
    const rows = [pair, { ...rate, value: 0.004 }, { ...length, value: 10 }]
    expect(fates(...rows)).toEqual([true, true, true])
    const wrong = [
      { ...pair, value: 0.95 },
      { ...rate, value: 0.0045 },
      { ...length, value: 11 },
    ]
    expect(fates(...wrong)).toEqual([false, false, false])
  })

  test('one after the other are up less often', () => {
    const crew = (repairs: string, value: number) => {
      return { ...pair, value, parameters: { replicas: 2, needed: 1, mttf: 80, mttr: 20, repairs } }
    }
    // A chain of births and deaths with ρ = 20 / 80: 1 : 2ρ : 2ρ².
    const isDown = 0.125 / (1 + 0.5 + 0.125)
    expect(fates(crew('one at a time', 1 - isDown), crew('one at a time', 0.96))).toEqual([true, false])
    expect(fates(crew('by chance', 1))).toEqual(['repairs "by chance" are not known'])
  })
})

describe('health checks', () => {
  const detection = (words: string, value: number): RawRow => ({
    model: 'active health check',
    parameters: { interval: 4, timeout: 3, fall: 2, case: words, failure_instant: 'uniform' },
    quantity: 'mean_detection_time',
    value,
    tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: 4 / Math.sqrt(12) },
  })

  test('see a failure after half an interval, the other probes and the time-out', () => {
    expect(fates(detection('it hangs', 9), detection('it refuses at once', 6))).toEqual([true, true])
    expect(fates(detection('it hangs', 8), detection('it refuses at once', 7))).toEqual([false, false])
    const serial = (value: number) =>
      detection('it hangs; the next one starts one interval after the previous probe ended', value)
    expect(fates(serial(12), serial(9))).toEqual([true, false])
  })

  test('cost the requests that a failed replica gets until then', () => {
    const row: RawRow = {
      model: 'failed backend until detection',
      parameters: { ...detection('it hangs', 0).parameters, backends: 5, arrival_rate: 20, policy: 'random' },
      quantity: 'expected_failed_requests',
      value: 36,
      tolerance_hint: relative(0.05),
    }
    expect(fates(row, { ...row, value: 42 })).toEqual([true, false])
  })
})

test('with old information the apparently shortest queue draws a herd', () => {
  const order = (value: readonly string[]): RawRow => ({
    model: 'stale load information',
    parameters: {
      servers: 20,
      rho: 0.8,
      service: { dist: 'exponential', mean: 1 },
      update_interval: 8,
      compare: ['d2', 'jsq', 'random'],
    },
    quantity: 'policies_from_best_to_worst_mean_sojourn',
    value,
    tolerance_hint: { type: 'ordering' },
  })
  expect(fates(order(['d2', 'random', 'jsq']), order(['jsq', 'd2', 'random']))).toEqual([true, false])
})

test('the best split gives a fast server more than its share', () => {
  const best: RawRow = {
    model: 'optimal static split',
    parameters: { service_rates: [9, 1], arrival_rate: 6 },
    quantity: 'mean_sojourn',
    // λ₁ = 9 - 3 · 4 / 4 = 6: everything goes to the fast one
    value: 1 / 3,
    tolerance_hint: relative(0.03),
  }
  expect(fates(best, { ...best, value: 0.4 })).toEqual([true, false])
  const share = { ...best, quantity: 'best_share_of_server_0', value: 1, tolerance_hint: relative(1e-6) }
  expect(fates(share)).toEqual(['its tolerance asks for a longer run: raise --requests'])
})

test('what holds for any load is looked at with one', () => {
  const row: RawRow = {
    model: 'join idle queue, mean field',
    parameters: { n_servers: 'infinity', rho: 'any < 1', service: { dist: 'any', mean: 2 } },
    quantity: 'mean_sojourn',
    value: 2,
    tolerance_hint: { type: 'asymptotic', rel: 0.1 },
  }
  expect(fates(row)).toEqual([true])
})
