/** Rows about hashing with parameters of our own: the values are from closed forms, the measures from the policies. */
import { describe, expect, test } from 'vitest'
import type { Verification } from '../../src/run/verify/verify.ts'
import { verify } from '../../src/run/verify/verify.ts'
import { type RawRow, reading } from './rows.ts'

function outcome(rows: readonly RawRow[]): Verification {
  const steps = verify([reading(...rows).file], { seed: 'test', budget: 200_000, quick: false })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** What became of each row: whether it holds, or why it is not run. */
function fates(...rows: readonly RawRow[]): (boolean | string | undefined)[] {
  return rows.map((row) => {
    const { results, notRun } = outcome([row])
    return results[0]?.verdict.holds ?? notRun[0]?.because
  })
}

/** The same row with a value that is a tenth too large. */
function tenthMore(row: RawRow): RawRow {
  return { ...row, value: (row.value as number) * 1.1 }
}

const statistical = (sigma: number) => ({ type: 'statistical', sigma_per_sqrt_n: sigma })
const exact = { type: 'exact', abs: 0, rel: 1e-9 }

const ring = {
  model: 'consistent-hash ring',
  parameters: { nodes: 7, virtual_nodes_per_node: 40, keys: 'many', hash: 'any' },
}
const shareVariance = 6 / 281

describe('rings', () => {
  test('have the spread of Dirichlet shares', () => {
    const cv = {
      ...ring,
      quantity: 'coefficient_of_variation_of_node_share',
      value: Math.sqrt(shareVariance),
      tolerance_hint: statistical(Math.sqrt(shareVariance / 14)),
    }
    expect(fates(cv, tenthMore(cv))).toEqual([true, false])
  })

  test('have as many points as asked for, and an interval around the mean for their shares', () => {
    const single = { ...ring, parameters: { nodes: 200, virtual_nodes_per_node: 1 } }
    // The share of one of 200 points is beta(1, 199).
    const quantile = (p: number) => 200 * (1 - (1 - p) ** (1 / 199))
    const row = {
      ...single,
      quantity: 'share_90pct_interval_relative_to_mean',
      value: [quantile(0.05), quantile(0.95)],
      tolerance_hint: { type: 'relative', rel: 0.06 },
    }
    const wrong = { ...row, value: [quantile(0.06), quantile(0.96)] }
    expect(fates(row, wrong)).toEqual([true, false])
  })
})

describe('keys that move', () => {
  const moved = (model: string, before: number, after: number, value: number): RawRow => ({
    model,
    parameters: { nodes_before: before, nodes_after: after },
    quantity: 'fraction_of_keys_moved',
    value,
    tolerance_hint: statistical(Math.sqrt(value * (1 - value))),
  })

  test.each([
    moved('rendezvous hashing, add a node', 5, 6, 1 / 6),
    moved('jump hashing, add a node', 5, 6, 1 / 6),
    moved('jump hashing, remove nodes', 12, 8, 1 / 3),
    moved('rendezvous hashing, remove nodes', 70, 50, 2 / 7),
    moved('modulo hashing, resize', 6, 4, 1 - 4 / 12),
  ])('$model: as many as must, or as modulo has it', (row) => {
    expect(fates(row, tenthMore(row))).toEqual([true, false])
  })

  test('on a ring are those of the new node', () => {
    const row = {
      ...moved('consistent-hash ring, add a node', 4, 5, 0.2),
      parameters: { nodes_before: 4, nodes_after: 5, virtual_nodes_per_node: 200 },
      quantity: 'expected_fraction_of_keys_moved',
      tolerance_hint: statistical(Math.sqrt((0.2 * 0.8) / 1001)),
    }
    expect(fates(row, tenthMore(row))).toEqual([true, false])
  })
})

describe('Maglev', () => {
  const table = (quantity: string, value: number, size = 251): RawRow => ({
    model: 'Maglev hashing',
    parameters: { backends: 13, table_size: size, weights: 'equal' },
    quantity,
    value,
    tolerance_hint: exact,
  })

  test('has a table that is even to one place', () => {
    const right = [table('max_table_entries_per_backend', 20), table('min_table_entries_per_backend', 19)]
    const wrong = [table('max_table_entries_per_backend', 21), table('peak_to_average_entries', 1)]
    expect(fates(...right, ...wrong)).toEqual([true, true, false, false])
  })

  test('needs a prime, and equal weights', () => {
    const quantity = 'max_table_entries_per_backend'
    expect(
      fates(table(quantity, 20, 250), {
        ...table(quantity, 20),
        parameters: { backends: 13, table_size: 251, weights: 'random' },
      }),
    ).toEqual(['table_size must be a prime', 'weights "random" are not known'])
  })

  test('changes at least the share of those that go', () => {
    const row = {
      model: 'Maglev hashing, remove backends',
      parameters: { backends: 20, table_size: 2003, backends_removed: 5, choice: 'random' },
      quantity: 'fraction_of_all_table_entries_changed',
      value: 0.25,
      tolerance_hint: { type: 'bound', direction: '>=' },
    }
    expect(fates(row, { ...row, value: 0.5 })).toEqual([true, false])
  })
})

describe('what goes to replicas by a hash', () => {
  test('spreads like independent choices, with clients that share an address as one', () => {
    const clients = {
      model: 'source-hash stickiness with NAT groups',
      parameters: { backends: 6, group_sizes: { singles: 300, nat_groups: 5, clients_per_nat: 30 } },
      quantity: 'coefficient_of_variation_of_backend_load',
      // √((n-1) Σ w²), w normalised
      value: Math.sqrt((5 * (300 + 5 * 900)) / (450 * 450)),
      tolerance_hint: { type: 'relative', rel: 0.08 },
    }
    expect(fates(clients, { ...clients, value: clients.value * 1.3 })).toEqual([true, false])
  })

  test('has the hottest key somewhere', () => {
    const harmonic = Array.from({ length: 500 }, (_, i) => 1 / (i + 1)).reduce((sum, x) => sum + x, 0)
    const row = {
      model: 'hash partitioning of Zipf keys',
      parameters: { nodes: 20, keys: 500, zipf_alpha: 1, assignment: 'independent uniform' },
      quantity: 'lower_bound_of_peak_to_average_request_load',
      value: 20 / harmonic,
      tolerance_hint: { type: 'bound', direction: '>=' },
    }
    expect(fates(row, tenthMore(row))).toEqual([true, false])
  })
})

describe('bounded loads', () => {
  const cap = (epsilon: number, value: number): RawRow => ({
    model: 'consistent hashing with bounded loads',
    parameters: { nodes: 6, keys_or_inflight_requests: 300, epsilon, rule: 'walk the ring past full nodes' },
    quantity: 'max_keys_on_any_node',
    value,
    tolerance_hint: { type: 'bound', direction: '<=' },
  })

  test('are reached when half of the requests are for one key, and never passed', () => {
    expect(fates(cap(0.2, 60), cap(0.2, 59))).toEqual([true, false])
  })
  test('are in whole percents', () => {
    expect(fates(cap(0.125, 57))).toEqual(['epsilon must be whole percents'])
  })
})

describe('jump', () => {
  test('takes keys of 64 bits', () => {
    const row = (key: unknown, value: number): RawRow => ({
      model: 'jump consistent hash',
      parameters: { key_uint64: key, buckets: 1000 },
      quantity: 'bucket',
      value,
      tolerance_hint: exact,
    })
    expect(fates(row('0', 0), row('0', 1), row('x', 0))).toEqual([
      true,
      false,
      'keys must be whole numbers of 64 bits',
    ])
  })
})

test('ketama by MD5 is libketama’s, with other points it is not run', () => {
  const row = {
    model: 'ketama (MD5) ring',
    parameters: {
      servers: ['10.0.1.1:11211', '10.0.1.2:11211', '10.0.1.3:11211'],
      points_per_server: 160,
      keys: ['foo', 'bar', 'user:1', 'k3'],
    },
    quantity: 'servers',
    value: ['10.0.1.2:11211', '10.0.1.1:11211', '10.0.1.1:11211', '10.0.1.1:11211'],
    tolerance_hint: exact,
  }
  const fewer = { ...row, parameters: { ...row.parameters, points_per_server: 100 } }
  expect(fates(row, { ...row, value: row.value.toReversed() }, fewer)).toEqual([
    true,
    false,
    'a server has 160 points',
  ])
})

test('what is not understood is not run', () => {
  const known = { ...ring, quantity: 'expected_peak_to_average_load', value: 1.2 }
  expect(
    fates(
      { ...known, quantity: 'colour' },
      { ...known, parameters: { ...ring.parameters, spin: 3 } },
      { ...known, parameters: { ...ring.parameters, nodes: 2.5 } },
    ),
  ).toEqual([
    'unknown quantity "colour"',
    'parameter "spin" is not understood',
    '"nodes" must be a whole number from 1 to 10000000',
  ])
})
