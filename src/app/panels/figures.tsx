/** Everything the report says about the whole run: replicas, expectations, outcomes, where it comes from. */

import { CircleCheck, CircleX } from 'lucide-react'
import type { Report } from '../../measure/report.ts'
import { grouped, milliseconds, percent, plain, seedText, span } from '../format.ts'
import { Term } from '../parts/term.tsx'
import type { Run } from '../stores/runs.ts'
import css from './figures.module.css'
import { ReplicaTable } from './replica-table.tsx'

const LATENCIES = ['min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const

interface FiguresProps {
  readonly run: Run
  /** One of several. */
  readonly title?: string | undefined
}

export default function Figures({ run, title }: FiguresProps) {
  const { scenario, report } = run
  let first = 0
  return (
    <div className={css.figures}>
      {title && <h2 className={css.lane}>{title}</h2>}
      {report && report.expectations.length > 0 && <Expectations report={report} />}
      <section aria-label="Replicas">
        <h2>Replicas</h2>
        {scenario.tiers.map((tier, index) => {
          const from = first
          first += tier.replicas.length
          return <ReplicaTable key={tier.id} run={run} tier={index} first={from} />
        })}
      </section>
      {report && <Latencies report={report} />}
      {report && <Outcomes report={report} />}
      <Origin run={run} />
    </div>
  )
}

function Expectations({ report }: { readonly report: Report }) {
  return (
    <section aria-label="Expectations">
      <h2>Expectations</h2>
      <ul className={css.expectations}>
        {report.expectations.map(({ text, holds, measured }) => (
          <li key={text} data-holds={holds}>
            {holds ? <CircleCheck size={16} aria-hidden="true" /> : <CircleX size={16} aria-hidden="true" />}
            <code>{text}</code>
            <span className={css.aside}>
              {holds ? 'holds' : 'broken'}
              {measured !== null && `: ${asWritten(measured, text)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** In the unit that the expectation speaks of. */
function asWritten(measured: number, text: string): string {
  if (text.includes('%')) return percent(measured)
  return /\d\s*(?:ns|us|µs|ms|s|m|h)$/.test(text) ? milliseconds(measured) : plain(measured)
}

function Latencies({ report }: { readonly report: Report }) {
  const { latencyMs } = report
  if (!latencyMs) return null
  return (
    <section aria-label="Latency">
      <h2>
        <Term definition="What clients waited, of requests that succeeded, over the whole run without the warm-up.">
          Latency
        </Term>
      </h2>
      <dl className={css.pairs}>
        {LATENCIES.map((name) => (
          <div key={name}>
            <dt>{name === 'p999' ? 'p99.9' : name}</dt>
            <dd>{milliseconds(latencyMs[name])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Outcomes({ report }: { readonly report: Report }) {
  const outcomes = Object.entries(report.requests.byOutcome).filter(([, count]) => count > 0)
  return (
    <section aria-label="Outcomes">
      <h2>
        <Term definition="How the requests that arrived after the warm-up ended.">Outcomes</Term>
      </h2>
      <dl className={css.pairs}>
        {outcomes.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{grouped(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Origin({ run: { scenario, duration, report } }: { readonly run: Run }) {
  return (
    <section aria-label="This run">
      <h2>This run</h2>
      <p className={css.note}>
        Simulated, not measured: a model of {span(duration)}, the same for the same scenario and seed on every
        machine. One run is one sample; another seed shows how much is chance.
      </p>
      <dl className={css.origin}>
        <dt>Seed</dt>
        <dd>{seedText(scenario.seed)}</dd>
        <dt>
          <Term definition="A hash of everything that happened. Equal fingerprints: the same run, to the bit.">
            Fingerprint
          </Term>
        </dt>
        <dd>
          <code>{report?.fingerprint ?? '…'}</code>
        </dd>
        <dt>Events</dt>
        <dd>
          {report
            ? `${grouped(report.simulated.events)} in ${span(report.wall.seconds * 1e9)} of wall time`
            : '…'}
        </dd>
        <dt>Version</dt>
        <dd>{report?.version ?? '…'}</dd>
      </dl>
    </section>
  )
}
