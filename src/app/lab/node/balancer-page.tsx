/** The balancers that send to a tier: how they choose, what they check, and whom they believe out. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { Deeds } from '../../faults/deeds.tsx'
import { isBalancerUp } from '../../faults/targets.ts'
import { useIsTierWell } from '../../faults/undoable.ts'
import unseen from '../../parts/unseen.module.css'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { inspect } from '../inspected.ts'
import { firstNode, placesOf } from '../places.ts'
import { Balancing } from './balancing.tsx'
import { historyOf, outAt } from './history.ts'
import css from './node.module.css'

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
      <Balancing scenario={run.scenario} tier={number} />
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
    </article>
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
