/** One replica: how it is and what is believed of it, what can be done to it, its figures, its past, its checks. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { tierAt } from '../../../scenario/tier-at.ts'
import { Deeds } from '../../faults/deeds.tsx'
import { percent, plain } from '../../format.ts'
import { strategyTitle } from '../../stores/abilities.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { inspect } from '../inspected.ts'
import { balancerName, firstNode, placesOf, tierOf } from '../places.ts'
import { operatedWords, outWords } from './belief-words.ts'
import { Checks } from './checks.tsx'
import { Figure } from './figure.tsx'
import { historyOf, outAt, truthAt } from './history.ts'
import css from './node.module.css'
import { NodeLines } from './node-lines.tsx'
import { Past } from './past.tsx'

interface ReplicaPageProps {
  readonly run: Run
  readonly lane: string
  readonly node: number
}

export function ReplicaPage({ run, lane, node }: ReplicaPageProps) {
  const places = useMemo(() => placesOf(run.scenario), [run.scenario])
  const name = places.names[node]
  const at = useStore(shown, (state) => state.playhead)
  const speed = name === undefined ? 1 : tierOf(places, node).replicas.find(({ id }) => id === name)!.speed
  const states = useMemo(() => historyOf(run.changes, node, speed), [run.changes, node, speed])
  if (name === undefined) return <p className={css.note}>This cluster has no such replica.</p>
  const tier = tierOf(places, node)
  const number = places.tiers[node]!
  const operated = operatedWords(run.scenario, number, node - firstNode(run.scenario, number), at)
  const truth = truthAt(states, at)
  const out = outAt(states, at)
  const figures = run.report?.tiers[tier.id]?.replicas[name]
  return (
    <article className={css.page}>
      <header className={css.head}>
        <h2>{name}</h2>
        <span className={css.state} data-good={truth?.isGood ?? true}>
          {truth?.text ?? 'well'}
        </span>
        <span className={css.state} data-good={out.length === 0}>
          {out.length === 0
            ? 'believed ready'
            : out.length === 1
              ? `out for ${balancerName(places, out[0]!)}`
              : `out for ${out.length} balancers`}
        </span>
      </header>
      {out.length > 0 && operated.length === 0 && (
        <p className={css.note}>Believed out: {outWords(tier.profile)}.</p>
      )}
      {operated.map((words) => (
        <p key={words} className={css.note}>
          By an operator: {words}.
        </p>
      ))}
      {truth?.text === 'stops' && (
        <p className={css.note}>
          It finishes what it has and refuses everything else (Kubernetes: Terminating); balancers that have
          not heard of it still send requests there.
        </p>
      )}
      <dl className={css.figures}>
        <Figure title="Requests" definition="Calls that were sent to it in the measured part of the run.">
          {plain(figures?.requests ?? Number.NaN)}
        </Figure>
        <Figure title="Share" definition="Of all calls to its tier.">
          {percent(figures?.share ?? Number.NaN)}
        </Figure>
        <Figure title="Busy" definition="Share of its slots that were busy, over the whole run.">
          {percent(figures?.utilisation ?? Number.NaN)}
        </Figure>
        <Figure title="Queue" definition="Requests in its queue, averaged over the whole run.">
          {plain(figures?.meanQueueLength ?? Number.NaN)}
        </Figure>
        <Figure title="Available" definition="Share of the time in which it was truly up.">
          {percent(figures?.availability ?? Number.NaN)}
        </Figure>
      </dl>
      <NodeLines run={run} node={node} />
      <p className={css.note}>
        It is one of {tier.replicas.length} in {tier.id}, chosen by{' '}
        <button
          type="button"
          className={css.link}
          onClick={() => inspect(lane, { kind: 'balancer', tier: places.tiers[node]! })}
        >
          {strategyTitle(tierAt(run.scenario, places.tiers[node]!, at).strategy.policy)}
        </button>
        {tier.cache && (
          <>
            , with a{' '}
            <button
              type="button"
              className={css.link}
              onClick={() => inspect(lane, { kind: 'cache', tier: places.tiers[node]! })}
            >
              cache
            </button>
          </>
        )}
        . {tier.service.concurrency} slot{tier.service.concurrency === 1 ? '' : 's'}, speed {speed}.
      </p>
      <Deeds scenario={run.scenario} target={name} isWell={truth?.isGood ?? true} />
      <Past
        all={states.map(({ balancer, ...state }) => ({
          ...state,
          by: balancer < 0 ? '' : `by ${balancerName(places, balancer)}`,
        }))}
        at={at}
        none="Well all the time, and believed ready by everybody."
      />
      <Checks run={run} nodes={[node, node]} places={places} />
    </article>
  )
}
