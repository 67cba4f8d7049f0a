/** The figures that rows ask for, by name, each read off any stretch of a sample. */

import { EXPIRED, OK, REJECTED, TIMED_OUT } from '../../model/facts.ts'
import { BATCHES, type Sample } from './sample.ts'
import { UNIT } from './units.ts'

/** The figure over the batches `from` up to, not including, `to`; in the row's units. NaN: nothing to say. */
export type Figure = (sample: Sample, from: number, to: number) => number

const figures: Readonly<Record<string, Figure>> = {
  mean_sojourn: meanOfSucceeded((sample, i) => sample.sojourn[i]! / UNIT),
  sd_sojourn: sdOfSojourn,
  mean_wait: meanOfSucceeded((sample, i) => sample.wait[i]! / UNIT),
  mean_wait_all_requests: meanOfAll((sample, i) => sample.wait[i]! / UNIT),
  p_wait: meanOfSucceeded((sample, i) => (sample.wait[i]! > 0 ? 1 : 0)),
  mean_slowdown: meanOfSucceeded((sample, i) => sample.sojourn[i]! / sample.demand[i]!),
  rejected_fraction: shareOf(REJECTED),
  abandoned_fraction: shareOf(EXPIRED),
  timed_out_fraction: shareOf(TIMED_OUT),
  fraction_of_offered_requests_answered_in_time: shareOf(OK),
  fraction_of_requests_that_start_a_setup: meanOfAll((sample, i) => sample.woke[i]!),
  throughput: (sample, from, to) => (succeeded(sample, from, to) * UNIT) / sample.levels.time(from, to),
  mean_number_in_system: (sample, from, to) => sample.levels.inSystem(from, to),
  mean_number_per_server: (sample, from, to) => sample.levels.inSystem(from, to) / sample.slots.length,
  mean_number_in_queue: (sample, from, to) => sample.levels.inSystem(from, to) - busyIn(sample, from, to),
  mean_busy_servers: busyIn,
  utilisation: (sample, from, to) => busyIn(sample, from, to) / sum(sample.slots),
}

/** Names that mean the same. */
const synonyms: Readonly<Record<string, string>> = {
  mean_sojourn_accepted: 'mean_sojourn',
  mean_end_to_end_sojourn: 'mean_sojourn',
  mean_wait_accepted: 'mean_wait',
}

/** The figure of that name, or undefined. Quantiles are not among them (see quantile-figure.ts). */
export function figureNamed(name: string): Figure | undefined {
  const key = synonyms[name] ?? name
  if (Object.hasOwn(figures, key)) return figures[key]
  const limit = limitIn(name)
  if (limit !== undefined) return (sample, from, to) => sample.levels.above(from, to, limit)
  const crowd = crowdIn(name)
  if (crowd !== undefined) return (sample, from, to) => sample.crowds.share(from, to, crowd)
  const size = sizeIn(name)
  if (size !== undefined) return sojournOfSize(size)
  const server = /^utilisation_server_(\d+)$/.exec(name)
  return server ? utilisationOf(Number(server[1])) : undefined
}

/** The n of `fraction_of_time_with_more_than_n_in_system`. */
export function limitIn(name: string): number | undefined {
  const match = /^fraction_of_time_with_more_than_(\d+)_in_system$/.exec(name)
  return match ? Number(match[1]) : undefined
}

/** The n of `fraction_of_servers_with_at_least_n`. */
export function crowdIn(name: string): number | undefined {
  const match = /^fraction_of_servers_with_at_least_(\d+)$/.exec(name)
  return match ? Number(match[1]) : undefined
}

/** The x of `mean_sojourn_given_size_x`. */
function sizeIn(name: string): number | undefined {
  const match = /^mean_sojourn_given_size_(\d+(?:\.\d+)?)$/.exec(name)
  return match ? Number(match[1]) : undefined
}

/** Whether a figure needs to know how much work each request brought. */
export function needsDemand(name: string): boolean {
  return name === 'mean_slowdown' || sizeIn(name) !== undefined
}

type Reading = (sample: Sample, place: number) => number

function meanOfSucceeded(reading: Reading): Figure {
  return meanWhere((sample, i) => sample.outcome[i] === OK, reading)
}

function meanOfAll(reading: Reading): Figure {
  return meanWhere(() => true, reading)
}

function shareOf(outcome: number): Figure {
  return meanOfAll((sample, i) => (sample.outcome[i] === outcome ? 1 : 0))
}

function meanWhere(isCounted: (sample: Sample, place: number) => boolean, reading: Reading): Figure {
  return (sample, from, to) => {
    const [first, last] = places(sample, from, to)
    let sum = 0
    let count = 0
    for (let i = first; i < last; i++) {
      if (!isCounted(sample, i)) continue
      sum += reading(sample, i)
      count++
    }
    return count === 0 ? NaN : sum / count
  }
}

/** Mean of sojourn over size for sizes within 5 % of x, times x: they do not fall evenly around it. */
function sojournOfSize(size: number): Figure {
  const isNear: (sample: Sample, place: number) => boolean = (sample, i) =>
    sample.outcome[i] === OK && Math.abs(sample.demand[i]! - size * UNIT) <= 0.05 * size * UNIT
  return meanWhere(isNear, (sample, i) => (size * sample.sojourn[i]!) / sample.demand[i]!)
}

function sdOfSojourn(sample: Sample, from: number, to: number): number {
  const [first, last] = places(sample, from, to)
  const mean = figures.mean_sojourn!(sample, from, to) * UNIT
  let squares = 0
  let count = 0
  for (let i = first; i < last; i++) {
    if (sample.outcome[i] !== OK) continue
    squares += (sample.sojourn[i]! - mean) * (sample.sojourn[i]! - mean)
    count++
  }
  return Math.sqrt(squares / (count - 1)) / UNIT
}

function succeeded(sample: Sample, from: number, to: number): number {
  const [first, last] = places(sample, from, to)
  let count = 0
  for (let i = first; i < last; i++) if (sample.outcome[i] === OK) count++
  return count
}

function busyIn(sample: Sample, from: number, to: number): number {
  return sum(sample.slots.map((_, node) => sample.levels.busy(from, to, node)))
}

function utilisationOf(node: number): Figure {
  return (sample, from, to) =>
    node < sample.slots.length ? sample.levels.busy(from, to, node) / sample.slots[node]! : NaN
}

/** The places in order of arrival that belong to some batches. */
export function places(sample: Sample, from: number, to: number): [first: number, last: number] {
  const perBatch = sample.n / BATCHES
  return [from * perBatch, to * perBatch]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
