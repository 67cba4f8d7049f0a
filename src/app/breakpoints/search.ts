/** The first instant at which a condition becomes true: told from what is here, or asked of the engine. */

import { whileRunning } from '../../scenario/judged.ts'
import type { Break, EngineDoor } from '../../worker/protocol.ts'
import { clock, milliseconds, percent, short } from '../format.ts'
import { placesOf, senderName } from '../lab/places.ts'
import type { Run } from '../stores/runs.ts'
import type { Breakpoint, Condition } from './list.ts'

export interface Hit {
  readonly at: number
  /** What happened, as a sentence without its stop. */
  readonly why: string
}

/** The first of them after `from`, of those that need no engine; undefined: none in what is computed. */
export function hitInSeries(run: Run, list: readonly Breakpoint[], from: number): Hit | undefined {
  return earliest(list.map((one) => (one.isOn ? ofSeries(run, one, from) : undefined)))
}

/** Those that only the engine can tell. */
const ASKED: readonly Condition[] = ['queue', 'failure', 'expectation']

/** Whether some can be told by the engine only. */
export function needsEngine(list: readonly Breakpoint[]): boolean {
  return list.some(({ isOn, condition }) => isOn && ASKED.includes(condition))
}

/** The first after `from` and up to `to`, of those that the engine is asked for. */
export async function hitInFacts(
  engine: Pick<EngineDoor, 'facts' | 'breaks'>,
  run: Run,
  list: readonly Breakpoint[],
  from: number,
  to: number,
): Promise<Hit | undefined> {
  const asked = list.map(async ({ isOn, condition, limit }): Promise<Hit | undefined> => {
    if (!isOn) return undefined
    if (condition === 'failure') {
      const filter = { kinds: ['settled'], failures: true } as const
      const found = await engine.facts(run.number, from + 1, to, filter, 1)
      if (found.count === 0) return found.to < to ? { at: found.to + 1, why: 'requests fail' } : undefined
      return { at: found.at[0]!, why: `request ${Math.floor(found.subject[0]!)} fails` }
    }
    if (condition === 'expectation') {
      if (!run.scenario.expect.some(whileRunning)) return undefined
      const found = await engine.breaks(run.number, from, to)
      return found && { at: found.at, why: `“${found.text}” does not hold: it is ${soFar(found)} so far` }
    }
    if (condition !== 'queue') return undefined
    const filter = { kinds: ['queued', 'held'], value: limit } as const
    const found = await engine.facts(run.number, from + 1, to, filter, 1)
    if (found.count === 0)
      return found.to < to ? { at: found.to + 1, why: `queues reach ${limit}` } : undefined
    const places = placesOf(run.scenario)
    const where =
      found.kind[0] === 'held' ? senderName(places, -1 - found.object[0]!) : places.names[found.object[0]!]
    return { at: found.at[0]!, why: `the queue of ${where ?? 'a replica'} reaches ${limit}` }
  })
  return earliest(await Promise.all(asked))
}

function ofSeries(run: Run, { condition, limit }: Breakpoint, from: number): Hit | undefined {
  const { series, scenario, changes, report } = run
  if (condition === 'p99') {
    const values = series.columns.find(({ id }) => id === 'latencyP99Ms')?.values
    for (let i = Math.max(0, Math.floor(from / series.step)); values && i < series.steps; i++) {
      const at = Math.min(run.duration, (i + 1) * series.step)
      const before = i > 0 ? values[i - 1]! : Number.NaN
      if (at > from && values[i]! > limit && !(before > limit))
        return {
          at,
          why: `p99 of the last ${milliseconds(series.step / 1e6)} is ${milliseconds(values[i]!)}`,
        }
    }
    return undefined
  }
  if (condition === 'truth' || condition === 'belief') {
    const change = changes.find(({ at, kind }) => at > from && kind === condition)
    if (!change) return undefined
    const name = placesOf(scenario).names[change.node] ?? 'a replica'
    const why =
      condition === 'truth'
        ? `the state of ${name} changes`
        : `a balancer takes ${name} ${change.value === 1 ? 'in' : 'out'}`
    return { at: change.at, why }
  }
  if (condition !== 'expectation') return undefined
  return earliest(
    (report?.expectations ?? []).map(({ holds, text }) =>
      !holds && run.duration > from
        ? { at: run.duration, why: `“${text}” does not hold at the end` }
        : undefined,
    ),
  )
}

/** In the unit in which the expectation is written. */
function soFar({ text, measured }: Break): string {
  if (text.includes('%')) return percent(measured)
  return /^(?:.*\.)?(?:latency|waiting)(?:Ms)?\./.test(text) ? milliseconds(measured) : short(measured)
}

/** What a notice says of a stop. */
export function stopWords({ at, why }: Hit): string {
  return `Stopped at ${clock(at, 3)}: ${why}.`
}

export function earliest(hits: readonly (Hit | undefined)[]): Hit | undefined {
  let first: Hit | undefined
  for (const hit of hits) if (hit && (!first || hit.at < first.at)) first = hit
  return first
}
