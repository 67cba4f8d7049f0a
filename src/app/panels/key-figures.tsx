/** The run in a line of figures, of the whole measured run and not of the instant. */

import type { Report } from '../../measure/report.ts'
import { milliseconds, percent, plain, seedText, short, span } from '../format.ts'
import { Term } from '../parts/term.tsx'
import type { Run, RunStatus } from '../stores/runs.ts'
import { extraFigures, type Figure } from './extra-figures.ts'
import css from './key-figures.module.css'

const NONE = Number.NaN

export function KeyFigures({ run, status }: { readonly run: Run; readonly status: RunStatus }) {
  const { report } = run
  return (
    <section
      className={css.strip}
      aria-label="Key figures of the whole run"
      aria-busy={status === 'computing'}
    >
      <dl className={css.figures}>
        {figures(report).map(({ title, value, definition }) => (
          <div key={title} className={css.figure}>
            <dt>
              <Term definition={definition}>{title}</Term>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={css.note}>{provenance(run)}</p>
    </section>
  )
}

function figures(report: Report | undefined): readonly Figure[] {
  const latency = report?.latencyMs
  return [
    {
      title: 'Requests',
      value: short(report?.requests.arrived ?? NONE),
      definition: 'Requests that arrived after the warm-up and are counted in every figure here.',
    },
    {
      title: 'Availability',
      value: percent(report?.availability ?? NONE),
      definition: 'Requests that succeeded, of all that ended.',
    },
    {
      title: 'p50',
      value: milliseconds(latency?.p50 ?? NONE),
      definition: 'Median latency as clients saw it: half of the requests that succeeded took no longer.',
    },
    {
      title: 'p99',
      value: milliseconds(latency?.p99 ?? NONE),
      definition: 'All but one in a hundred of the requests that succeeded took no longer.',
    },
    {
      title: 'Throughput',
      value: `${plain(report?.throughputPerSecond ?? NONE)}/s`,
      definition: 'Requests answered per second of simulated time, whatever the answer.',
    },
    {
      title: 'In the system',
      value: plain(report?.meanInSystem ?? NONE),
      definition: 'Requests that clients waited for at once, on average over time.',
    },
    ...(report ? extraFigures(report) : []),
  ]
}

/** Says always that it is a model, how long it lasted and what was left out. */
function provenance({ report, scenario, duration, simulatedTo }: Run): string {
  if (!report) {
    return `Simulated, not measured: ${span(duration)} of model time, ${percent(simulatedTo / duration)} of it computed.`
  }
  const { warmUpSeconds, requests } = report.simulated
  const left = warmUpSeconds > 0 ? `, the first ${span(warmUpSeconds * 1e9)} left out as warm-up` : ''
  return `Simulated, not measured: one run of ${span(duration)} with seed ${seedText(scenario.seed)}${left}; ${short(requests)} requests computed in ${span(report.wall.seconds * 1e9)}.`
}
