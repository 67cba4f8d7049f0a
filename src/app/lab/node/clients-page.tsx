/** A population of clients: what it asks for and how it was served, and its latest requests. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { PopulationReport, Report } from '../../../measure/report.ts'
import { ClientDeeds } from '../../faults/client-deeds.tsx'
import { clock, milliseconds, percent, plain, span } from '../../format.ts'
import { OUTCOMES } from '../../stage/outcomes.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { EVERYBODY, goTo, inspect } from '../inspected.ts'
import { policyName } from '../places.ts'
import { useAsked } from '../use-asked.ts'
import { Figure } from './figure.tsx'
import css from './node.module.css'
import { visitorName } from './visitor-rows.ts'

interface ClientsPageProps {
  readonly run: Run
  readonly lane: string
  /** Its number. */
  readonly client: number
}

export function ClientsPage({ run, lane, client }: ClientsPageProps) {
  const population = run.scenario.clients[client]
  if (!population) return <p className={css.note}>This cluster has no such clients.</p>
  const { id, arrivals, addresses, nat, sessions, connections, timeout, role } = population
  const report = run.report && reportOf(run.report, id)
  const count = (value: number | undefined) => plain(value ?? Number.NaN)
  return (
    <article className={css.page}>
      <header className={css.head}>
        <h2>{id}</h2>
        {role === 'attack' && (
          <span className={css.state} data-good={false}>
            attackers
          </span>
        )}
      </header>
      <p className={css.note}>
        {plain(addresses)} visitor{addresses === 1 ? '' : 's'}
        {nat &&
          `, ${percent(nat.share)} of them behind ${plain(nat.gateways)} shared address${nat.gateways === 1 ? '' : 'es'}`}
        . Arrivals: {policyName(arrivals.policy)}.{' '}
        {sessions
          ? 'Each arrival begins a session of several requests.'
          : 'Each arrival is a single request.'}{' '}
        {connections ? 'Connections are kept.' : ''}{' '}
        {timeout ? 'They give up after a time.' : 'They wait for ever.'}
      </p>
      <dl className={css.figures}>
        <Figure title="Arrived" definition="Requests in the measured part of the run.">
          {count(report?.arrived)}
        </Figure>
        <Figure title="Available" definition="Requests that succeeded, of all that ended.">
          {percent(report?.availability ?? Number.NaN)}
        </Figure>
        <Figure title="Failed" definition="Requests that ended with an error, or nobody to serve them.">
          {count(report?.failed)}
        </Figure>
        <Figure title="Rejected" definition="Requests that were turned away, by limits among others.">
          {count(report?.rejected)}
        </Figure>
        <Figure title="Timed out" definition="Requests that nobody waited for any more.">
          {count(report?.timedOut)}
        </Figure>
        <Figure title="p50" definition="Latency that half of the requests that succeeded stay below.">
          {milliseconds(report?.latencyMs?.p50 ?? Number.NaN)}
        </Figure>
        <Figure title="p99" definition="Latency that 99 of 100 requests that succeeded stay below.">
          {milliseconds(report?.latencyMs?.p99 ?? Number.NaN)}
        </Figure>
      </dl>
      <p className={css.note}>
        <button
          type="button"
          className={css.link}
          onClick={() => inspect(lane, { kind: 'crowd', client, ...EVERYBODY })}
        >
          Who is there now, and where they stick
        </button>
      </p>
      <ClientDeeds population={population} />
      <Latest run={run} lane={lane} client={client} />
    </article>
  )
}

/** Of a lone population the whole report speaks. */
function reportOf(report: Report, id: string): Omit<PopulationReport, 'limited' | 'limitedShare'> {
  const { requests, availability, latencyMs } = report
  return report.clients?.[id] ?? { ...requests, availability, latencyMs }
}

/** How far back is looked at most, ns: so far that there are some hundred requests of all populations. */
const FARTHEST = 10e9
const SOME = 300
const MOST = 4000
const SHOWN = 30

function backOf({ series }: Run): number {
  const rates = series.columns.find(({ id }) => id === 'arrivalsPerSecond')?.values.subarray(0, series.steps)
  const most = Math.max(1, ...(rates ?? []).filter(Number.isFinite))
  return Math.min(FARTHEST, Math.max(1e6, Math.round((SOME / most) * 1e9)))
}

/** The requests that were settled shortly before the playhead, the latest first; a visitor's address leads to the visitor. */
function Latest({ run, lane, client }: ClientsPageProps) {
  const back = useMemo(() => backOf(run), [run])
  const slot = useStore(shown, (state) => Math.ceil((2 * state.playhead) / back))
  const at = useStore(shown, (state) => state.playhead)
  const { answer } = useAsked(`clients ${run.number} ${slot}`, (engine) =>
    engine.facts(
      run.number,
      Math.max(0, (slot / 2 - 1.5) * back),
      (slot / 2) * back,
      { kinds: ['arrived', 'settled'] },
      MOST,
    ),
  )
  const visitors = new Map<number, number>()
  const rows: { request: number; at: number; outcome: number; latency: number }[] = []
  for (let row = 0; answer && row < answer.count; row++) {
    const request = answer.subject[row]!
    if (answer.kind[row] === 'arrived') {
      if (answer.detail[row] === client) visitors.set(request, answer.object[row]!)
    } else if (answer.object[row] === client && answer.at[row]! <= at) {
      rows.push({
        request: Math.floor(request),
        at: answer.at[row]!,
        outcome: answer.detail[row]!,
        latency: answer.value[row]!,
      })
    }
  }
  return (
    <section>
      <h3 className={css.title}>Its latest requests</h3>
      {rows.length === 0 && <p className={css.note}>None ended in the last {span(back)}.</p>}
      <ol className={css.history}>
        {rows
          .slice(-SHOWN)
          .reverse()
          .map(({ request, at: when, outcome, latency }) => (
            <li key={request}>
              <button type="button" className={css.time} onClick={() => goTo(when)}>
                {clock(when, 3)}
              </button>
              <span className={css.state} data-good={outcome === 0}>
                {OUTCOMES[outcome]?.title ?? 'ended'} after {span(latency)}
              </span>
              <span className={css.by}>
                <button
                  type="button"
                  className={css.link}
                  onClick={() => inspect(lane, { kind: 'request', request })}
                >
                  request {request}
                </button>
                {visitors.has(request) && (
                  <>
                    {' of '}
                    <button
                      type="button"
                      className={css.link}
                      onClick={() => inspect(lane, { kind: 'visitor', address: visitors.get(request)! })}
                    >
                      {visitorName(visitors.get(request)!)}
                    </button>
                  </>
                )}
              </span>
            </li>
          ))}
      </ol>
    </section>
  )
}
