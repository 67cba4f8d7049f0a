/** What is going on in a tier at an instant, in a few short words: where there is no room for more. */

import type { Tier } from '../../scenario/scenario.ts'
import { column, nodeFigure, stepAt, valueAt } from '../charts/columns.ts'
import { short } from '../format.ts'
import type { Run } from '../stores/runs.ts'

export interface TierFigure {
  readonly title: string
  /** What it is, as part of a list. */
  readonly definition: string
  /** Of one tier, by its number, at an instant. */
  textOf(run: Run, tier: number, at: number): string
}

const NOTHING = '–'

const BUSY: TierFigure = {
  title: 'busy',
  definition: 'the share of its slots that work, on average over the replicas that exist',
  textOf(run, tier, at) {
    const used = sumAt(run, 'utilisation', tier, at)
    const places = run.scenario.tiers[tier]!.replicas.length
    const there = ofTier(run, 'replicasPaid', tier, at)
    return percent(used / (there > 0 ? there : places))
  },
}
const QUEUE: TierFigure = {
  title: 'queue',
  definition: 'requests that wait in the queues of its replicas, all together',
  textOf: (run, tier, at) => amount(sumAt(run, 'queueLength', tier, at)),
}
const HITS: TierFigure = {
  title: 'hits',
  definition: 'the share of look-ups that its caches answer by themselves',
  textOf: (run, tier, at) => percent(ofTier(run, 'hitRate', tier, at)),
}
const HANDSHAKES: TierFigure = {
  title: 'handshakes',
  definition: 'TLS handshakes per second',
  textOf: (run, tier, at) => perSecond(ofTier(run, 'handshakesPerSecond', tier, at)),
}

/** Decided by the scenario alone, so that nothing comes or goes while it plays. */
export function tierFigures({ cache, tls }: Tier): readonly TierFigure[] {
  return [BUSY, QUEUE, ...(cache ? [HITS] : []), ...(tls ? [HANDSHAKES] : [])]
}

/** One figure of all replicas of a tier together; NaN where nothing is computed. */
function sumAt({ series, scenario: { tiers } }: Run, id: string, tier: number, at: number): number {
  const figure = nodeFigure(series, id)
  const step = stepAt(series, at)
  if (!figure || step < 0) return Number.NaN
  const first = tiers.slice(0, tier).reduce((sum, { replicas }) => sum + replicas.length, 0)
  const from = step * figure.nodes + first
  let sum = 0
  for (let i = from; i < from + tiers[tier]!.replicas.length; i++) sum += figure.values[i]!
  return sum
}

function ofTier({ series, scenario }: Run, id: string, tier: number, at: number): number {
  return valueAt(series, column(series, `tiers.${scenario.tiers[tier]!.id}.${id}`)?.values, at)
}

/** Whole percents: more digits only flicker. What is little is not nothing. */
function percent(share: number): string {
  if (!Number.isFinite(share)) return NOTHING
  const whole = Math.round(share * 100)
  return `${whole === 0 && share > 0 ? '<1' : whole}\u00a0%`
}

function amount(value: number): string {
  if (!Number.isFinite(value)) return NOTHING
  return value === 0
    ? '0'
    : value < 0.05
      ? '<0.1'
      : value < 9.95
        ? value.toFixed(1)
        : short(Math.round(value))
}

function perSecond(rate: number): string {
  return Number.isFinite(rate) ? `${short(Math.round(rate))}/s` : NOTHING
}
