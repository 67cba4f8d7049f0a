import { describe, expect, test } from 'vitest'
import { boundedLoad } from '../../../../src/policies/balancing/bounded-load.ts'
import { ringHash } from '../../../../src/policies/balancing/ring-hash.ts'
import { shares64 } from '../../../../src/policies/hashing/ring64.ts'
import { alike, drive, onKey, onText, place, reply, send } from './driver.ts'
import { deviation, expectRow, mean, type Row, rowsLike } from './theory.ts'

/**
 * Shares of the ring, times the number of replicas: 1 is fair. Envoy rounds up the points of a replica, so a
 * ring of one point less has as many, whatever the rounding of 1/n.
 */
function shares(nodes: number, points: number, salt: number): number[] {
  const d = drive(ringHash, alike(nodes, `ring${salt}-`), { minRingSize: nodes * points - 1 })
  return Array.from(shares64(d.memory.table, nodes), (share) => share * nodes)
}

const measured = new Map<string, { cv: number; peaks: number[]; least: number; rings: number }>()

/** As many independent rings as 150,000 points allow. */
function rings(nodes: number, points: number) {
  const known = measured.get(`${nodes} ${points}`)
  if (known) return known
  const count = Math.max(20, Math.min(400, Math.floor(150_000 / (nodes * points))))
  const all = Array.from({ length: count }, (_, salt) => shares(nodes, points, salt))
  const squares = all.map((ring) => mean(ring.map((share) => (share - 1) * (share - 1))))
  const found = {
    cv: Math.sqrt(mean(squares)),
    peaks: all.map((ring) => Math.max(...ring)),
    least: mean(all.map((ring) => Math.min(...ring))),
    rings: count,
  }
  measured.set(`${nodes} ${points}`, found)
  return found
}

/** Of a standard deviation that is taken from so many: the rows say 15 % for 200. */
const spread = (count: number) => ({ type: 'relative', rel: 0.15 * Math.max(1, Math.sqrt(200 / count)) })

describe('the spread of a ring', () => {
  test.each(rowsLike(/^ring-n/))('%s', (_id, row) => {
    const { nodes, virtual_nodes_per_node: points } = row.parameters
    const { cv, peaks, least, rings: count } = rings(nodes, points)
    if (/-cv$/.test(row.id)) expectRow(row, cv, count)
    else if (/-peak$/.test(row.id)) expectRow(row, mean(peaks), count)
    else if (/-min$/.test(row.id)) expectRow(row, least, count)
    else expectRow({ ...row, tolerance_hint: spread(count) }, deviation(peaks, 1))
  })

  test.each(rowsLike(/^jumppaper-karger-v(1|100)-stderr/))('%s', (_id, row) => {
    const { nodes, virtual_nodes_per_node: points } = row.parameters
    expectRow(row, deviation(shares(nodes, points, 1)))
  })
})

describe('bounded loads', () => {
  const percent = (row: Row) => Math.round(100 * (1 + row.parameters.epsilon))

  test.each(rowsLike(/^bounded-cap/))('%s is never passed', (_id, row) => {
    const { nodes, keys_or_inflight_requests: requests } = row.parameters
    for (const rule of ['haproxy', 'paper']) {
      const d = drive(boundedLoad, alike(nodes), { rule, factor: percent(row) })
      for (let key = 0; key < requests; key++) send(d, onKey(key * 7919))
      expect(Math.max(...d.pool.inFlight)).toBeLessThanOrEqual(row.value)
    }
  })

  test('the limit holds for every number in flight, up and down', () => {
    const d = drive(boundedLoad, alike(7), { factor: 125 })
    const held: number[] = []
    for (let n = 0; n < 2_000; n++) {
      if (n % 5 < 3 || held.length === 0) {
        const picked = send(d, onKey(n % 3))
        held.push(picked)
        expect(d.pool.inFlight[picked]).toBeLessThanOrEqual(Math.ceil((held.length * 1.25) / 7))
      } else reply(d, held.splice((n * 31) % held.length, 1)[0]!)
    }
  })

  test.each(rowsLike(/^bounded-displaced/))('%s', (_id, row) => {
    const { nodes, virtual_nodes_per_node: points, keys } = row.parameters
    const count = 20
    const shares = Array.from({ length: count }, (_, salt) => {
      const servers = alike(nodes, `bound${salt}-`)
      const free = drive(boundedLoad, servers, { rule: 'paper', points, factor: 65_535 })
      const full = drive(boundedLoad, servers, { rule: 'paper', points, factor: percent(row) })
      let displaced = 0
      for (let key = 0; key < keys; key++) {
        const asked = onText(`${salt}/${key}`)
        // The row has the limit of the final number from the start.
        full.memory.served = keys - 1
        if (send(full, asked) !== place(free, asked)) displaced++
      }
      return displaced / keys
    })
    expectRow(row, mean(shares), count, 150)
  })
})
