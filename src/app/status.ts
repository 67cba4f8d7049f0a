/** What there is to say about the run at an instant, in sentences that make sense in any order. */

import { column, valueAt } from './charts/columns.ts'
import { healthSpans } from './charts/health-spans.ts'
import { clock, milliseconds, plain } from './format.ts'
import type { Lane, Run, RunStatus } from './stores/runs.ts'

/** Of one lane alone, or of each by its name. */
export function statusOfLanes(lanes: readonly Lane[], at: number, playing: boolean): string {
  const [first, ...others] = lanes
  const sentence = statusSentence(first?.current, first?.status ?? 'none', at, playing)
  if (others.length === 0) return sentence
  const parts = lanes.map(({ name, current, status }) => {
    if (!current) return `${name}: ${status === 'none' ? 'has problems' : 'is being computed'}.`
    return `${name}: ${happening(current, at)}`
  })
  return [`${playing ? 'Playing' : 'Paused'} at ${clock(at, 0)}, ${lanes.length} lanes.`, ...parts].join(' ')
}

export function statusSentence(
  run: Run | undefined,
  status: RunStatus,
  at: number,
  playing: boolean,
): string {
  if (!run) return status === 'failed' ? 'The run failed.' : 'The first run is being computed.'
  return `${playing ? 'Playing' : 'Paused'} at ${clock(at, 0)} of ${clock(run.duration, 0)}. ${happening(run, at)}`
}

function happening({ series, scenario, changes }: Run, at: number): string {
  const names = scenario.tiers.flatMap((tier) => tier.replicas.map((replica) => replica.id))
  const spans = healthSpans(changes, names.length, Number.POSITIVE_INFINITY)
  const down = names.filter((_, node) => spans[node]?.down.some(({ from, to }) => from <= at && at < to))
  const value = (id: string) => valueAt(series, column(series, id)?.values, at)
  const failing = value('failedPerSecond') + value('timedOutPerSecond') + value('rejectedPerSecond')
  return [
    `${plain(value('succeededPerSecond'))} requests succeed per second${failing > 0 ? `, ${plain(failing)} do not` : ''}.`,
    `Latency p99 is ${milliseconds(value('latencyP99Ms'))}.`,
    down.length === 0 ? 'All replicas are up.' : `Down: ${down.slice(0, 5).join(', ')}.`,
  ].join(' ')
}
