/** The caches of a tier: what they did for requests, how that went over the run, and what befell them. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { Deeds } from '../../faults/deeds.tsx'
import { percent, plain } from '../../format.ts'
import { strategyTitle } from '../../stores/abilities.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { marksOfRun } from '../../timeline/marks.ts'
import { inspect } from '../inspected.ts'
import { firstNode } from '../places.ts'
import { Figure } from './figure.tsx'
import css from './node.module.css'
import { ColumnLines } from './node-lines.tsx'
import { Past } from './past.tsx'

interface CachePageProps {
  readonly run: Run
  readonly lane: string
  readonly tier: number
}

const FIGURES: readonly (readonly [id: string, title: string, definition: string])[] = [
  ['lookUps', 'Look-ups', 'Times that a request asked, in the measured part of the run.'],
  ['hits', 'Hits', 'Look-ups that were answered from what was held, stale ones among them.'],
  ['staleHits', 'Stale hits', 'Hits beyond the time to live, served within grace.'],
  ['coalesced', 'Coalesced', 'Look-ups that waited for another request’s fetch instead of fetching too.'],
  ['passed', 'Passed', 'Look-ups that went on without waiting, as nothing could be kept.'],
  ['fetches', 'Fetches', 'Requests to the next tier that came back, those in the background among them.'],
  ['failedFetches', 'Failed fetches', 'Fetches that brought no good answer.'],
  ['evictions', 'Evictions', 'Objects that went to make room for others.'],
  ['purged', 'Purged', 'Objects that were taken out, or made old, from outside.'],
  ['servedOld', 'Served old', 'Answers that had changed at their origin already.'],
]

export function CachePage({ run, lane, tier: number }: CachePageProps) {
  const tier = run.scenario.tiers[number]
  if (!tier?.cache) return <p className={css.note}>This cluster has no such cache.</p>
  const report = run.report?.tiers[tier.id]
  const figures = report?.cache as Readonly<Record<string, number | null | undefined>> | undefined
  return (
    <article className={css.page}>
      <header className={css.head}>
        <h2>
          {tier.replicas.length === 1 ? 'The cache' : `The ${tier.replicas.length} caches`} of {tier.id}
        </h2>
      </header>
      <dl className={css.figures}>
        <Figure title="Hit rate" definition="Hits per look-up, in the measured part of the run.">
          {percent(report?.hitRate ?? Number.NaN)}
        </Figure>
        <Figure title="By bytes" definition="Share of the bytes asked for that came from the cache.">
          {percent(figures?.byteHitRate ?? Number.NaN)}
        </Figure>
        {FIGURES.map(([id, title, definition]) => (
          <Figure key={id} title={title} definition={definition}>
            {plain(figures?.[id] ?? Number.NaN)}
          </Figure>
        ))}
      </dl>
      {!run.report && <p className={css.note}>Figures come with the end of the run.</p>}
      <ColumnLines run={run} of={`tiers.${tier.id}.`} ids={['hitRate', 'fetchesPerSecond']} />
      <ByReplica run={run} lane={lane} tier={number} />
      <Befell run={run} tier={number} />
      <Deeds scenario={run.scenario} target={tier.id} isWell />
      <p className={css.note}>
        Requests reach them by{' '}
        <button
          type="button"
          className={css.link}
          onClick={() => inspect(lane, { kind: 'balancer', tier: number })}
        >
          {strategyTitle(tier.strategy.policy)}
        </button>
        .
      </p>
    </article>
  )
}

/** More than these are on the charts. */
const MOST_LISTED = 60

function ByReplica({ run, lane, tier: number }: CachePageProps) {
  const tier = run.scenario.tiers[number]!
  const replicas = run.report?.tiers[tier.id]?.replicas ?? {}
  const first = firstNode(run.scenario, number)
  if (tier.replicas.length < 2) return null
  return (
    <section>
      <h3 className={css.title}>Hit rate of each</h3>
      <ul className={css.beliefs}>
        {tier.replicas.slice(0, MOST_LISTED).map(({ id }, n) => (
          <li key={id}>
            <button
              type="button"
              className={css.link}
              onClick={() => inspect(lane, { kind: 'replica', node: first + n })}
            >
              {id}
            </button>{' '}
            {percent(replicas[id]?.hitRate ?? Number.NaN)}
          </li>
        ))}
      </ul>
    </section>
  )
}

const CACHE_KINDS: readonly string[] = ['purge', 'softPurge', 'update', 'crash', 'recover']

/** Purges, changes at the origin, and deaths that empty a cache. */
function Befell({ run, tier }: { readonly run: Run; readonly tier: number }) {
  const at = useStore(shown, (state) => state.playhead)
  const marks = useMemo(
    () => marksOfRun(run).filter(({ kind, fault }) => fault.tier === tier && CACHE_KINDS.includes(kind)),
    [run, tier],
  )
  const all = marks.map(({ at: when, title }) => ({ at: when, text: title }))
  return <Past all={all} at={at} none="Nothing empties or ages it from outside." />
}
