/**
 * How the balancers in front of a tier choose and check at the playhead, to be changed: from this instant on, by
 * a timed entry, or in the whole run, by a setting of the file.
 */

import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { nameIn } from '../../../policies/health/active/changed.ts'
import type { Scenario, Tier } from '../../../scenario/scenario.ts'
import { tierAt } from '../../../scenario/tier-at.ts'
import { setSetting, setStrategy } from '../../edits.ts'
import { setFromNow } from '../../faults/timed.ts'
import { clock, span } from '../../format.ts'
import controls from '../../parts/controls.module.css'
import { Picker } from '../../parts/picker.tsx'
import { abilities, strategyTitle } from '../../stores/abilities.ts'
import { shown } from '../../stores/shown.ts'
import { policyName } from '../places.ts'
import css from './node.module.css'
import { Setting } from './setting.tsx'

interface BalancingProps {
  readonly scenario: Scenario
  /** Number of the tier. */
  readonly tier: number
}

type Reach = 'now' | 'always'

export function Balancing({ scenario, tier: index }: BalancingProps) {
  const strategies = useStore(abilities, (state) => state.strategies)
  const at = useStore(shown, (state) => state.playhead)
  const [chosen, setChosen] = useState<Reach>()
  const reach = chosen ?? (at > 0 ? 'now' : 'always')
  const tier = tierAt(scenario, index, at)
  const { id, strategy, health } = tier
  const others = scenario.faults.filter(
    (fault) => fault.tier === index && (fault.kind === 'balance' || fault.kind === 'checks'),
  )
  const pick = (name: string) => {
    if (reach === 'always') setStrategy(id, name)
    else setFromNow('balance', id, { with: name }, `${name} in ${id}`)
  }
  return (
    <>
      <ReachField at={at} reach={reach} onChange={setChosen} />
      <div className={css.setting}>
        <span>Strategy</span>
        <Picker
          label={`Strategy of ${id}`}
          choices={strategies}
          value={strategy.policy}
          onChange={pick}
          otherwise={strategyTitle(strategy.policy)}
        />
      </div>
      <Params params={strategy.params} />
      {reach === 'always' && others.length > 0 && (
        <p className={css.note}>
          Timed entries change it at {others.map((fault) => clock(fault.at, 1)).join(', ')}: until then it is
          what you set here.
        </p>
      )}
      <section>
        <h3 className={css.title}>Checks{scenario.tiers.length > 1 ? ` of ${id}` : ''}</h3>
        {health?.active ? (
          <CheckSettings tier={tier} reach={reach} />
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

interface ReachFieldProps {
  readonly at: number
  readonly reach: Reach
  readonly onChange: (reach: Reach) => void
}

/** From when on a change holds. */
function ReachField({ at, reach, onChange }: ReachFieldProps) {
  const id = useId()
  return (
    <label htmlFor={id} className={css.setting}>
      <span>Changes hold</span>
      <select
        className={controls.field}
        id={id}
        value={reach}
        onChange={(event) => onChange(event.target.value as Reach)}
      >
        <option value="now">from this instant, {clock(at, 1)}</option>
        <option value="always">for the whole run</option>
      </select>
    </label>
  )
}

/** What timed entries call the settings of checks. */
const TIMED = ['interval', 'timeout', 'fall', 'rise'] as const

function CheckSettings({ tier: { id, health }, reach }: { readonly tier: Tier; readonly reach: Reach }) {
  const rule = health!.active!.rule
  const said = (name: string) => TIMED.find((setting) => nameIn(rule, setting) === name)
  const change = (name: string, written: string | number) => {
    const timed = reach === 'now' ? said(name) : undefined
    const words = `${name} of the checks of ${id}: ${written}`
    if (timed !== undefined) setFromNow('checks', id, { [timed]: written }, words)
    else setSetting(`tiers.${id}.health.active.${name}`, written, words)
  }
  return (
    <>
      <p className={css.note}>
        {rule.policy === 'standard' ? 'So many in a row decide.' : `As ${policyName(rule.policy)} does it.`}
      </p>
      <div className={css.settings}>
        {Object.entries(rule.params)
          .filter(([, value]) => typeof value === 'number')
          .map(([name, value]) => (
            <Setting
              key={name}
              name={reach === 'now' && said(name) === undefined ? `${name}, in the whole run` : name}
              value={Number(value)}
              onChange={(written) => change(name, written)}
            />
          ))}
      </div>
    </>
  )
}

function Params({ params }: { readonly params: Readonly<Record<string, unknown>> }) {
  const said = Object.entries(params).filter(([, value]) => value !== undefined && typeof value !== 'object')
  if (said.length === 0) return null
  return <p className={css.note}>{said.map(([name, value]) => `${name}: ${String(value)}`).join(', ')}</p>
}
