/** The balancers that send to a tier: how they choose, what they check, and whom they believe out. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { setSetting, setStrategy } from '../../edits.ts'
import { span } from '../../format.ts'
import { Picker } from '../../parts/picker.tsx'
import { abilities } from '../../stores/abilities.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { inspect } from '../inspected.ts'
import { firstNode, placesOf, policyName } from '../places.ts'
import { Actions } from './actions.tsx'
import { historyOf, outAt } from './history.ts'
import css from './node.module.css'
import { Setting } from './setting.tsx'

interface BalancerPageProps {
  readonly run: Run
  readonly lane: string
  readonly tier: number
}

export function BalancerPage({ run, lane, tier: number }: BalancerPageProps) {
  const places = useMemo(() => placesOf(run.scenario), [run.scenario])
  const strategies = useStore(abilities, (state) => state.strategies)
  const tier = run.scenario.tiers[number]
  if (!tier) return <p className={css.note}>This cluster has no such tier.</p>
  const before = run.scenario.tiers[number - 1]
  const count = before ? before.replicas.length : (tier.structure?.balancers ?? 1)
  const { health } = tier
  const rule = health?.active?.rule
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
      <div className={css.setting}>
        <span>Strategy</span>
        <Picker
          label={`Strategy of ${tier.id}`}
          choices={strategies}
          value={tier.strategy.policy}
          onChange={(name) => setStrategy(tier.id, name)}
          otherwise={policyName(tier.strategy.policy)}
        />
      </div>
      <Params params={tier.strategy.params} />
      <section>
        <h3 className={css.title}>Checks</h3>
        {rule ? (
          <>
            <p className={css.note}>
              {rule.policy === 'standard'
                ? 'So many in a row decide.'
                : `As ${policyName(rule.policy)} does it.`}
            </p>
            <div className={css.settings}>
              {Object.entries(rule.params)
                .filter(([, value]) => typeof value === 'number')
                .map(([name, value]) => (
                  <Setting
                    key={name}
                    name={name}
                    value={Number(value)}
                    onChange={(written) =>
                      setSetting(
                        `tiers.${tier.id}.health.active.${name}`,
                        written,
                        `${name} of the checks of ${tier.id}: ${written}`,
                      )
                    }
                  />
                ))}
            </div>
          </>
        ) : health?.probes ? (
          <p className={css.note}>
            The pods are probed by Kubernetes
            {health.probes.readiness ? `, every ${span(health.probes.readiness.period)} for readiness` : ''}.
          </p>
        ) : (
          <p className={css.note}>
            None: it believes that every replica is ready, unless its answers say otherwise.
          </p>
        )}
        {health?.passive && (
          <p className={css.note}>It also judges by answers: {policyName(health.passive.policy)}.</p>
        )}
      </section>
      <section>
        <h3 className={css.title}>What it believes now</h3>
        <Beliefs
          run={run}
          lane={lane}
          first={first}
          names={places.names.slice(first, first + tier.replicas.length)}
        />
      </section>
      <section>
        <h3 className={css.title}>To all of {tier.id}</h3>
        <Actions target={tier.id} isWell={false} />
      </section>
    </article>
  )
}

function Params({ params }: { readonly params: Readonly<Record<string, unknown>> }) {
  const said = Object.entries(params).filter(([, value]) => value !== undefined && typeof value !== 'object')
  if (said.length === 0) return null
  return <p className={css.note}>{said.map(([name, value]) => `${name}: ${String(value)}`).join(', ')}</p>
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
            <span className={css.hidden}>{out[n] ? ' believed out' : ' believed ready'}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
