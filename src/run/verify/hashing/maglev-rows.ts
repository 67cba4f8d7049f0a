/** Rows about Maglev's table: how even it is, and how much of it changes when backends go. */

import { stream, uniform } from '../../../base/stream.ts'
import { maglev } from '../../../policies/balancing/maglev.ts'
import { sharesMoved } from '../../../policies/hashing/moved.ts'
import { computed, isCannotRun, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { askedFor, type Balancer, balancerOf, makeReady, place } from './balancer.ts'
import { allOf, countIn, readTrials } from './reading.ts'
import { meanOf, type Trials, unknownQuantity } from './trials.ts'

interface Form {
  readonly backends: number
  readonly tableSize: number
}

interface Moved {
  readonly moved: number
  readonly needlessly: number
}

export const readMaglev: Reader = (row) => {
  if (!/maglev/i.test(row.model) || row.parameters.table_size === undefined) return undefined
  if (row.parameters.backends_removed !== undefined) return readTrials(row, removals)
  if (!Object.hasOwn(entries, row.quantity)) return unknownQuantity(row)
  const form = unlessUnfit(() => allOf(row, formFrom))
  if (isCannotRun(form)) return form
  return computed(`maglev ${form.backends} ${form.tableSize}`, ({ quantity }) => {
    const counts = new Float64Array(form.backends)
    for (const replica of tableOf(form, 'backend').memory.table.places) counts[replica]!++
    return entries[quantity]?.(counts)
  })
}

const entries: Readonly<Record<string, (counts: Float64Array) => number>> = {
  max_table_entries_per_backend: (counts) => Math.max(...counts),
  min_table_entries_per_backend: (counts) => Math.min(...counts),
  peak_to_average_entries: (counts) =>
    (Math.max(...counts) * counts.length) / counts.reduce((sum, count) => sum + count, 0),
}

function formFrom(g: Given): Form {
  const form = { backends: countIn(g, 'backends', 'nodes'), tableSize: countIn(g, 'table_size') }
  const weights = g.text('weights') ?? 'equal'
  if (weights !== 'equal') throw new Unfit(`weights "${weights}" are not known`)
  const size = tableOf({ backends: 1, tableSize: form.tableSize }, 'one').memory.tableSize
  if (size !== form.tableSize) throw new Unfit('table_size must be a prime')
  return form
}

function tableOf({ backends, tableSize }: Form, seed: string) {
  return balancerOf(maglev, backends, seed, { tableSize })
}

function removals(g: Given): Trials<Moved> {
  const form = formFrom(g)
  const removed = countIn(g, 'backends_removed')
  if (removed >= form.backends) throw new Unfit('not all backends can go')
  const choice = g.text('choice') ?? 'random'
  if (choice !== 'random') throw new Unfit(`choice "${choice}" is not known`)
  return {
    key: `maglev ${form.backends} ${form.tableSize} without ${removed}`,
    cost: 2 * form.tableSize,
    run(seed) {
      const balancer = tableOf(form, seed)
      const before = balancer.memory.table.places
      takeAway(balancer, removed, seed)
      place(balancer, askedFor('any'))
      return sharesMoved(before, balancer.memory.table.places)
    },
    summaryFor({ quantity }) {
      if (/although_their_backend_survived$/.test(quantity)) return meanOf((trial) => trial.needlessly)
      return /^fraction_of_all_table_entries_changed$/.test(quantity)
        ? meanOf((trial) => trial.moved)
        : undefined
    },
  }
}

function takeAway<M>(balancer: Balancer<M>, count: number, seed: string): void {
  const { pool } = balancer
  const random = stream(seed, 'removed')
  const left = pool.size - count
  while (pool.readyCount > left) makeReady(balancer, Math.floor(uniform(random) * pool.size), false)
}
