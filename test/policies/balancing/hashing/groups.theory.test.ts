import { describe, expect, test } from 'vitest'
import { rendezvous } from '../../../../src/policies/balancing/rendezvous.ts'
import { alike, drive, onKey, place } from './driver.ts'
import { expectRow, mean, type Row, rowsLike } from './theory.ts'

const SEEDS = 200

interface Spread {
  /** Of the replicas' loads, over all seeds. */
  readonly variation: number
  /** Mean over the seeds of the fullest replica's load over the fair one. */
  readonly peak: number
}

const known = new Map<string, Spread>()

/** What comes of things with given weights that go to replicas by their hashes, for independent names. */
function spread(id: string, count: number, weights: readonly number[], params = {}): Spread {
  const found = known.get(id)
  if (found) return found
  const fair = weights.reduce((sum, weight) => sum + weight, 0) / count
  const loads = Array.from({ length: SEEDS }, (_, salt) => {
    const d = drive(rendezvous, alike(count, `group${salt}-`), params)
    const load = Array<number>(count).fill(0)
    weights.forEach((weight, i) => {
      load[place(d, { ...onKey(i), address: 0x0a000000 + 7919 * i })]! += weight / fair
    })
    return load
  })
  const variation = Math.sqrt(mean(loads.map((load) => mean(load.map((x) => (x - 1) * (x - 1))))))
  const made = { variation, peak: mean(loads.map((load) => Math.max(...load))) }
  known.set(id, made)
  return made
}

function expectSpread(row: Row, { variation, peak }: Spread, behind: number): void {
  if (/-cv$/.test(row.id)) expectRow(row, variation)
  else if (/-peak$/.test(row.id)) expectRow(row, peak, SEEDS, behind)
  else expect(peak).toBeGreaterThanOrEqual(row.value)
}

describe('clients behind one address go to one replica', () => {
  test.each(rowsLike(/^sticky-/))('%s', (_id, row) => {
    const { backends, groups, group_sizes: sizes } = row.parameters
    const singles = Array<number>(sizes.singles).fill(1)
    const networks = Array<number>(sizes.nat_groups).fill(sizes.clients_per_nat)
    const found = spread(`${groups} ${backends}`, backends, [...singles, ...networks], { on: 'address' })
    expectSpread(row, found, 20_000)
  })
})

describe('a hot key goes to one replica', () => {
  test.each(rowsLike(/^hotkey-/))('%s', (_id, row) => {
    const { nodes, keys, zipf_alpha: alpha } = row.parameters
    const weights = Array.from({ length: keys }, (_, i) => (i + 1) ** -alpha)
    expectSpread(row, spread(`zipf ${alpha} ${nodes}`, nodes, weights), 4_000)
  })
})
