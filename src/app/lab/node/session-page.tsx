/** One session (or one visitor for the whole run): where it is served, what it has lost, and its requests. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { clock, plain } from '../../format.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { goTo, inspect } from '../inspected.ts'
import { capital, firstNode, placesOf } from '../places.ts'
import { useAsked } from '../use-asked.ts'
import { bearerName, populationOf, stickyTier } from './bearer-words.ts'
import { Figure } from './figure.tsx'
import css from './node.module.css'
import { RequestList } from './request-list.tsx'
import { type SessionSums, type Stay, staysOf, sumsOf } from './session-rows.ts'
import { VISITOR_KINDS, visitorName, visitorRows } from './visitor-rows.ts'

interface SessionPageProps {
  readonly run: Run
  readonly lane: string
  /** From 0 on a session, below a visitor. */
  readonly bearer: number
}

/** Half the stretch that is looked at, ns: shorter where there are more requests than these in it. */
const AROUND = 30e9
const SOME = 20_000
const MOST = 4000

function aroundOf({ series }: Run): number {
  const rates = series.columns.find(({ id }) => id === 'arrivalsPerSecond')?.values.subarray(0, series.steps)
  const most = Math.max(1, ...(rates ?? []).filter(Number.isFinite))
  return Math.min(AROUND, Math.max(1e8, Math.round((SOME / most) * 1e9)))
}

export function SessionPage({ run, lane, bearer }: SessionPageProps) {
  const places = useMemo(() => placesOf(run.scenario), [run.scenario])
  const around = useMemo(() => aroundOf(run), [run])
  const slot = useStore(shown, (state) => Math.round((2 * state.playhead) / around))
  const at = useStore(shown, (state) => state.playhead)
  const from = Math.max(0, (slot / 2) * around - around)
  const to = (slot / 2) * around + around
  const population = run.scenario.clients[populationOf(bearer)]
  const { answer, isAsking } = useAsked(
    population ? `session ${run.number} ${bearer} ${slot}` : '',
    (engine) => engine.facts(run.number, from, to, { kinds: VISITOR_KINDS, bearer }, MOST),
  )
  const rows = useMemo(() => (answer ? visitorRows(answer) : []), [answer])
  const tier = stickyTier(run.scenario)
  const first = firstNode(run.scenario, tier)
  const last = first + (run.scenario.tiers[tier]?.replicas.length ?? 0) - 1
  const stays = useMemo(() => (answer ? staysOf(answer, first, last) : []), [answer, first, last])
  if (!population) return <p className={css.note}>This run has no such session.</p>
  const born = answer?.kind.indexOf('arrived') ?? -1
  const address = born >= 0 ? answer!.object[born]! >>> 0 : undefined
  return (
    <article className={css.page} aria-busy={isAsking}>
      <header className={css.head}>
        <h2>{capital(bearerName(bearer))}</h2>
      </header>
      <p className={css.note}>
        Of{' '}
        <button
          type="button"
          className={css.link}
          onClick={() => inspect(lane, { kind: 'clients', client: populationOf(bearer) })}
        >
          {population.id}
        </button>
        {address !== undefined && (
          <>
            , from{' '}
            <button
              type="button"
              className={css.link}
              onClick={() => inspect(lane, { kind: 'visitor', address })}
            >
              {visitorName(address)}
            </button>
          </>
        )}
        {' · '}
        {answer
          ? `looked at from ${clock(from, 0)} to ${clock(Math.min(to, run.duration), 0)}`
          : 'being looked up …'}
      </p>
      {answer && rows.length === 0 && (
        <p className={css.note}>No request of it is born in this stretch: go there with the playhead.</p>
      )}
      {rows.length > 0 && <Sums sums={sumsOf(rows, stays)} requests={rows.length} />}
      {stays.length > 0 && (
        <section>
          <h3 className={css.title}>Its replicas in {run.scenario.tiers[tier]?.id}</h3>
          <Stays stays={stays} names={places.names} at={at} lane={lane} />
        </section>
      )}
      {rows.length > 0 && (
        <section>
          <h3 className={css.title}>Its requests</h3>
          <RequestList rows={rows} lane={lane} places={places} at={at} />
        </section>
      )}
    </article>
  )
}

function Sums({ sums, requests }: { readonly sums: SessionSums; readonly requests: number }) {
  const { ended, succeeded, moved, lost, fullHandshakes, resumedHandshakes, lookUps, fromCaches, atHome } =
    sums
  return (
    <dl className={css.figures}>
      <Figure title="Requests" definition="Born in the stretch that is looked at.">
        {plain(requests)}
      </Figure>
      <Figure title="Failed" definition="Of those that have ended: all that did not succeed.">
        {plain(ended - succeeded)}
      </Figure>
      <Figure title="Moved" definition="Times it was served by another replica than before.">
        {plain(moved)}
      </Figure>
      <Figure title="Broken" definition="Times that what a replica knew of it was gone.">
        {plain(lost)}
      </Figure>
      {fullHandshakes + resumedHandshakes > 0 && (
        <Figure title="Handshakes" definition="TLS handshakes for its requests: full ones and resumed ones.">
          {`${plain(fullHandshakes)} + ${plain(resumedHandshakes)}`}
        </Figure>
      )}
      {lookUps > 0 && (
        <Figure title="From caches" definition="Look-ups in caches on the way that were answered there.">
          {`${plain(fromCaches)} of ${plain(lookUps)}`}
        </Figure>
      )}
      {atHome > 0 && (
        <Figure title="Own cache" definition="Requests that its own cache answered.">
          {plain(atHome)}
        </Figure>
      )}
    </dl>
  )
}

const LOSSES = ['the request fails', 'it logs in anew', 'it is worked out again']

interface StaysProps {
  readonly stays: readonly Stay[]
  readonly names: readonly string[]
  readonly at: number
  readonly lane: string
}

function Stays({ stays, names, at, lane }: StaysProps) {
  const now = stays.findLastIndex(({ from }) => from <= at)
  return (
    <ol className={css.history}>
      {stays.map(({ node, from, requests, isMoved, loss }, index) => (
        <li key={from} data-future={from > at || undefined} data-now={index === now || undefined}>
          <button type="button" className={css.time} onClick={() => goTo(from)}>
            {clock(from, 3)}
          </button>
          <span className={css.state} data-good={loss < 0}>
            <button
              type="button"
              className={css.link}
              onClick={() => inspect(lane, { kind: 'replica', node })}
            >
              {names[node]}
            </button>
          </span>
          <span className={css.by}>
            {requests} request{requests === 1 ? '' : 's'}
            {isMoved && '; moved here'}
            {loss >= 0 && `; state lost: ${LOSSES[loss] ?? ''}`}
          </span>
        </li>
      ))}
    </ol>
  )
}
