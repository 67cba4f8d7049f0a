/** What there is to say about the run at an instant, in sentences that make sense in any order. */

import { column, valueAt } from './charts/columns.ts'
import { healthSpans } from './charts/health-spans.ts'
import { clock, milliseconds, plain } from './format.ts'
import type { Run, RunStatus } from './stores/runs.ts'

export function statusSentence(
  run: Run | undefined,
  status: RunStatus,
  at: number,
  playing: boolean,
): string {
  if (!run) return status === 'failed' ? 'The run failed.' : 'The first run is being computed.'
  const { series, scenario, duration, changes } = run
  const names = scenario.tiers.flatMap((tier) => tier.replicas.map((replica) => replica.id))
  const spans = healthSpans(changes, names.length, Number.POSITIVE_INFINITY)
  const down = names.filter((_, node) => spans[node]?.down.some(({ from, to }) => from <= at && at < to))
  const value = (id: string) => valueAt(series, column(series, id)?.values, at)
  const failing = value('failedPerSecond') + value('timedOutPerSecond') + value('rejectedPerSecond')
  return [
    `${playing ? 'Playing' : 'Paused'} at ${clock(at, 0)} of ${clock(duration, 0)}.`,
    `${plain(value('succeededPerSecond'))} requests succeed per second${failing > 0 ? `, ${plain(failing)} do not` : ''}.`,
    `Latency p99 is ${milliseconds(value('latencyP99Ms'))}.`,
    down.length === 0 ? 'All replicas are up.' : `Down: ${down.slice(0, 5).join(', ')}.`,
  ].join(' ')
}
