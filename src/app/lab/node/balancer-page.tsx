/**
 * The balancers that send to a tier: how they choose, what they check and what came of it, how evenly they share, and
 * whom they believed out when.
 */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { FaultKind } from '../../../scenario/scenario.ts'
import { TierKeys } from '../../charts/keys/keys.tsx'
import { Deeds } from '../../faults/deeds.tsx'
import { isBalancerUp } from '../../faults/targets.ts'
import { useIsTierWell } from '../../faults/undoable.ts'
import { percent, plain } from '../../format.ts'
import unseen from '../../parts/unseen.module.css'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { marksOfRun } from '../../timeline/marks.ts'
import { inspect } from '../inspected.ts'
import { balancerName, firstNode, type Places, placesOf } from '../places.ts'
import { Balancing } from './balancing.tsx'
import { Checks } from './checks.tsx'
import { Figure } from './figure.tsx'
import { historyOf, outAt } from './history.ts'
import css from './node.module.css'
import { ColumnLines } from './node-lines.tsx'
import { type Happened, Past } from './past.tsx'

interface BalancerPageProps {
  readonly run: Run
  readonly lane: string
  readonly tier: number
}

export function BalancerPage({ run, lane, tier: number }: BalancerPageProps) {
  const places = useMemo(() => placesOf(run.scenario), [run.scenario])
  const isUp = useStore(shown, ({ playhead: at }) => isBalancerUp(run.scenario, 'balancer', at))
  const isTierWell = useIsTierWell(run, number)
  const tier = run.scenario.tiers[number]
  if (!tier) return <p className={css.note}>This cluster has no such tier.</p>
  const before = run.scenario.tiers[number - 1]
  const count = before ? before.replicas.length : (tier.structure?.balancers ?? 1)
  const first = firstNode(run.scenario, number)
  return (
    <article className={css.page}>
      <header className={css.head}>
        <h2>{before ? `Balancing from ${before.id} to ${tier.id}` : `Balancer of ${tier.id}`}</h2>
      </header>
      <p className={css.note}>
        {count === 1 ? 'One balancer' : `${count} balancers, each with its own knowledge,`} in front of{' '}
        {tier.replicas.length} replica{tier.replicas.length === 1 ? '' : 's'}.
      </p>
      <Shared run={run} tier={number} />
      <Balancing scenario={run.scenario} tier={number} />
      <TierKeys run={run} tier={number} first={first} />
      <section>
        <h3 className={css.title}>What it believes now</h3>
        <Beliefs
          run={run}
          lane={lane}
          first={first}
          names={places.names.slice(first, first + tier.replicas.length)}
        />
      </section>
      {!before && (
        <section>
          <h3 className={css.title}>To the balancer itself</h3>
          <Deeds scenario={run.scenario} target="balancer" isWell={isUp} />
        </section>
      )}
      <section>
        <h3 className={css.title}>To all of {tier.id}</h3>
        <Deeds scenario={run.scenario} target={tier.id} isWell={isTierWell} />
      </section>
      <BalancerPast run={run} tier={number} places={places} />
      <Checks run={run} nodes={[first, first + tier.replicas.length - 1]} places={places} />
    </article>
  )
}

/** How evenly requests were shared, and how often they were tried. */
function Shared({ run, tier: number }: { readonly run: Run; readonly tier: number }) {
  const { id } = run.scenario.tiers[number]!
  const report = run.report?.tiers[id]
  const calls = report && Object.values(report.replicas).reduce((sum, { requests }) => sum + requests, 0)
  const said = (value: number | undefined) => plain(value ?? Number.NaN)
  const figures: [title: string, definition: string, value: string][] = [
    ['Calls', 'Calls that were sent in the measured part of the run, further tries among them.', said(calls)],
    [
      'Per request',
      'Calls for each request that arrived: above 1 where calls are tried again, below 1 where a cache answers before.',
      said(report?.callsPerRequest),
    ],
    ['Imbalance', 'The busiest replica’s calls over the mean of all: 1 is even.', said(report?.imbalance)],
    [
      'Jain',
      'Jain’s index of calls at the replicas: 1 is even, 1 / replicas is all at one.',
      said(report?.jain),
    ],
  ]
  const moved = report?.keysMoved ?? undefined
  if (moved !== undefined)
    figures.push([
      'Keys moved',
      'The greatest share of keys that went elsewhere at one change of the pool.',
      percent(moved),
    ])
  return (
    <>
      <dl className={css.figures}>
        {figures.map(([title, definition, value]) => (
          <Figure key={title} title={title} definition={definition}>
            {value}
          </Figure>
        ))}
      </dl>
      {!run.report && <p className={css.note}>Figures come with the end of the run.</p>}
      <ColumnLines run={run} of={`tiers.${id}.`} ids={['imbalance']} />
    </>
  )
}

/** Entries that are about how a tier is balanced. */
const BALANCED: readonly FaultKind[] = ['balance', 'checks', 'drain', 'weight', 'reload', 'down']

interface BalancerPastProps {
  readonly run: Run
  readonly tier: number
  readonly places: Places
}

/** Whom balancers took out and back in, and what was done to them. */
function BalancerPast({ run, tier, places }: BalancerPastProps) {
  const at = useStore(shown, (state) => state.playhead)
  const all = useMemo((): readonly Happened[] => {
    const beliefs = run.changes
      .filter(({ kind, node }) => kind !== 'truth' && places.tiers[node] === tier)
      .map(({ at, node, value, balancer }) => ({
        at,
        text: `${places.names[node]} ${value === 1 ? 'believed ready' : 'believed out'}`,
        isGood: value === 1,
        by: `by ${balancerName(places, balancer)}`,
      }))
    const done = marksOfRun(run)
      .filter(
        ({ fault }) =>
          BALANCED.includes(fault.kind) && (fault.tier === tier || (fault.tier < 0 && tier === 0)),
      )
      .map(({ at, title }) => ({ at, text: title }))
    return [...done, ...beliefs].sort((a, b) => a.at - b.at)
  }, [run, tier, places])
  return (
    <Past
      all={all}
      at={at}
      none="It believed all the time that every replica is ready, and nothing was done to it."
    />
  )
}

interface BeliefsProps {
  readonly run: Run
  readonly lane: string
  readonly first: number
  readonly names: readonly string[]
}

const MOST_NAMED = 120

function Beliefs({ run, lane, first, names }: BeliefsProps) {
  const at = useStore(shown, (state) => state.playhead)
  const out = names.map((_, n) => outAt(historyOf(run.changes, first + n, 1), at).length > 0)
  return (
    <ul className={css.beliefs}>
      {names.slice(0, MOST_NAMED).map((name, n) => (
        <li key={name}>
          <button type="button" onClick={() => inspect(lane, { kind: 'replica', node: first + n })}>
            <span className={css.state} data-good={!out[n]}>
              {name}
            </span>
            <span className={unseen.words}>{out[n] ? ' believed out' : ' believed ready'}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
