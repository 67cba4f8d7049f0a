/** How the balancers in front of a tier choose and check, to be changed: settings of the whole run, not of an instant. */

import { useStore } from 'zustand'
import type { Scenario, Tier } from '../../../scenario/scenario.ts'
import { setSetting, setStrategy } from '../../edits.ts'
import { span } from '../../format.ts'
import { Picker } from '../../parts/picker.tsx'
import { abilities } from '../../stores/abilities.ts'
import { policyName } from '../places.ts'
import css from './node.module.css'
import { Setting } from './setting.tsx'

interface BalancingProps {
  readonly scenario: Scenario
  readonly tier: Tier
}

export function Balancing({ scenario, tier }: BalancingProps) {
  const strategies = useStore(abilities, (state) => state.strategies)
  const { health } = tier
  const rule = health?.active?.rule
  return (
    <>
      <div className={css.setting}>
        <span>Strategy, in the whole run</span>
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
        <h3 className={css.title}>Checks{scenario.tiers.length > 1 ? ` of ${tier.id}` : ''}</h3>
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
    </>
  )
}

function Params({ params }: { readonly params: Readonly<Record<string, unknown>> }) {
  const said = Object.entries(params).filter(([, value]) => value !== undefined && typeof value !== 'object')
  if (said.length === 0) return null
  return <p className={css.note}>{said.map(([name, value]) => `${name}: ${String(value)}`).join(', ')}</p>
}
