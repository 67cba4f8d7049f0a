/** What can be done to a part of the cluster now: each click is a timed entry in the scenario, and can be undone. */

import { useState } from 'react'
import { useStore } from 'zustand'
import type { Scenario } from '../../scenario/scenario.ts'
import controls from '../parts/controls.module.css'
import { shown } from '../stores/shown.ts'
import css from './faults.module.css'
import { AmountField, fromOption, LastsField, OptionField } from './fields.tsx'
import { amountsFor, happen } from './happen.ts'
import { KIND_ICONS } from './icons.ts'
import type { Kind } from './kinds.ts'
import { type Entered, initially, withAmount } from './said.ts'
import { kindsFor, roomOf, sendersTo, targetOf } from './targets.ts'
import { isDrained } from './undoable.ts'

interface DeedsProps {
  readonly scenario: Scenario
  /** `web/2`, `web`, `balancer/1`, a population. */
  readonly target: string
  /** False: there is something to recover from. */
  readonly isWell: boolean
  /** Called after something was done. */
  readonly onDone?: () => void
}

export function Deeds({ scenario, target: name, isWell, onDone }: DeedsProps) {
  const [lasts, setLasts] = useState(0)
  const isOut = useStore(shown, ({ playhead: at }) => isDrained(scenario, name, at))
  const target = targetOf(scenario, name)
  if (!target) return null
  // How it is balanced and checked has a part of the card of its own.
  const kinds = kindsFor(target).filter(({ id }) => id !== 'balance' && id !== 'checks')
  const act = (kind: Kind, entered: Entered) => {
    happen(kind, { ...entered, target: name, lasts: kind.canLast ? lasts : 0 }, scenario)
    onDone?.()
  }
  const plain = kinds.filter((kind) => kind.amounts.length + kind.options.length === 0)
  const others = kinds.filter((kind) => !plain.includes(kind))
  return (
    <fieldset className={css.deeds}>
      <legend>From this instant</legend>
      <div className={css.plain}>
        {plain.map((kind) => (
          <DeedButton
            key={kind.id}
            kind={kind}
            isOff={(kind.id === 'recover' && isWell) || (kind.id === 'undrain' && !isOut)}
            onClick={() => act(kind, initially(kind, name))}
          />
        ))}
        {kinds.some(({ canLast }) => canLast) && <LastsField value={lasts} onChange={setLasts} />}
      </div>
      {others.map((kind) => (
        <Deed key={kind.id} kind={kind} scenario={scenario} target={name} onAct={act} />
      ))}
    </fieldset>
  )
}

interface DeedProps {
  readonly kind: Kind
  readonly scenario: Scenario
  readonly target: string
  readonly onAct: (kind: Kind, entered: Entered) => void
}

/** One with something to set. */
function Deed({ kind, scenario, target, onAct }: DeedProps) {
  const [entered, setEntered] = useState(() => beginning(kind, target, scenario))
  const senders = kind.hasFrom ? sendersTo(scenario, target) : []
  const set = (part: Partial<Entered>) => setEntered((before) => ({ ...before, ...part }))
  // What may be left out has room where nothing else is to be set.
  const isAllOptional = kind.amounts.every(({ initial }) => initial === undefined)
  const options = kind.options.filter(({ key }) => key !== 'breaksOff')
  return (
    <div className={css.deed}>
      <DeedButton kind={kind} onClick={() => onAct(kind, entered)} />
      <div className={css.fields}>
        {options.map((option) => (
          <OptionField
            key={option.key}
            option={option}
            value={entered.options[option.key] ?? ''}
            onChange={(value) => set({ options: { ...entered.options, [option.key]: value } })}
          />
        ))}
        {senders.length > 0 && (
          <OptionField option={fromOption(senders)} value={entered.from} onChange={(from) => set({ from })} />
        )}
        {amountsFor(kind, entered, scenario)
          .filter(({ initial }) => initial !== undefined || isAllOptional)
          .map((amount) => (
            <AmountField
              key={amount.key}
              amount={amount}
              value={entered.amounts[amount.key]}
              onChange={(value) => set({ amounts: withAmount(entered.amounts, amount.key, value) })}
            />
          ))}
      </div>
    </div>
  )
}

/** Half of the slots that there are, and a replica more, rather than numbers that may be no change. */
function beginning(kind: Kind, name: string, scenario: Scenario): Entered {
  const entered = initially(kind, name)
  const tier = targetOf(scenario, name)?.tier
  if (kind.id === 'scale' && tier) return { ...entered, amounts: { to: roomOf(tier).now + 1 } }
  const slots = tier?.service.concurrency
  if (kind.id !== 'slots' || slots === undefined) return entered
  return { ...entered, amounts: { to: Math.max(1, Math.min(10_000, Math.floor(slots / 2))) } }
}

interface DeedButtonProps {
  readonly kind: Kind
  readonly isOff?: boolean
  readonly onClick: () => void
}

function DeedButton({ kind, isOff = false, onClick }: DeedButtonProps) {
  const Icon = KIND_ICONS[kind.id]
  return (
    <button
      type="button"
      className={controls.button}
      data-tip={kind.summary}
      aria-disabled={isOff || undefined}
      onClick={isOff ? undefined : onClick}
    >
      {Icon && <Icon size={14} aria-hidden="true" />}
      {kind.title}
    </button>
  )
}
