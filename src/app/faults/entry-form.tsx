/** A timed entry as a form: what, whom, when, how much, for how long. Of one that is there, each change is a step. */

import { Plus, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useStore } from 'zustand'
import type { TimedEntry } from '../../scenario/edit/entries.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { goTo } from '../lab/inspected.ts'
import controls from '../parts/controls.module.css'
import { playhead } from '../stores/playhead.ts'
import css from './faults.module.css'
import { AmountField, fromOption, OptionField } from './fields.tsx'
import { amountsFor, happen } from './happen.ts'
import { type Amount, type Kind, kindOf } from './kinds.ts'
import { type Entered, enteredOf, initially, isBeyondForm, saidOf, withAmount } from './said.ts'
import { canHappen, sendersTo, targetsFor } from './targets.ts'
import { changeTimed, moveTimed, removeTimed } from './timed.ts'
import { leave } from './touched.ts'

const AT: Amount = {
  key: 'at',
  title: 'When, seconds',
  unit: 's',
  initial: 0,
  min: 0,
  max: 8_640_000,
  step: 0.5,
}
const LASTS: Amount = {
  key: 'for',
  title: 'Ends by itself after, seconds; 0: it does not',
  unit: 's',
  initial: 0,
  min: 0,
  max: 8_640_000,
  step: 1,
}

interface EntryFormProps {
  readonly entry: TimedEntry
  readonly scenario: Scenario
}

/** One that is in the scenario. */
export function EntryForm({ entry, scenario }: EntryFormProps) {
  const { section, index, what, at, said } = entry
  const kind = kindOf(what)
  const entered = enteredOf(kind, said)
  const beyond = isBeyondForm(kind, said)
  const name = `${what} ${entry.target}`
  const change = (next: Entered) => {
    const settings = saidOf(kind, next)
    for (const key of beyond) delete settings[key]
    changeTimed(section, index, settings, `change “${name}”`)
  }
  return (
    <>
      <AmountField
        amount={AT}
        value={at / 1e9}
        onChange={(seconds) => seconds !== undefined && moveTimed(section, index, seconds * 1e9, name)}
        isTitled
      />
      <Fields kind={kind} entered={entered} scenario={scenario} beyond={beyond} onChange={change} />
      <div className={css.line}>
        <button type="button" className={controls.button} onClick={() => goTo(at)}>
          Go there
        </button>
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            leave()
            removeTimed(section, index, name)
          }}
        >
          <Trash2 size={14} aria-hidden="true" />
          Take it out
        </button>
      </div>
    </>
  )
}

interface NewEntryFormProps {
  readonly what: string
  readonly scenario: Scenario
  readonly target: string | undefined
  /** ns; undefined: where the playhead stands when the form opens. */
  readonly at: number | undefined
}

/** One to be added. */
export function NewEntryForm({ what, scenario, target, at }: NewEntryFormProps) {
  const kind = kindOf(what)
  const [entered, setEntered] = useState(() => initially(kind, target ?? targetsFor(kind, scenario)[0] ?? ''))
  const [seconds, setSeconds] = useState(() => round((at ?? playhead.getState().at) / 1e9))
  const now = useStore(playhead, (state) => (state.playing ? -1 : round(state.at / 1e9)))
  if (!canHappen(kind, scenario)) {
    return <p className={css.note}>There is nothing in this cluster that it could happen to.</p>
  }
  return (
    <>
      <AmountField amount={AT} value={seconds} onChange={(to) => setSeconds(to ?? 0)} isTitled />
      <Fields kind={kind} entered={entered} scenario={scenario} beyond={[]} onChange={setEntered} />
      <div className={css.line}>
        <span>{now === seconds ? 'Where the playhead stands.' : ''}</span>
        <button
          type="button"
          className={controls.button}
          data-look="strong"
          onClick={() => {
            happen(kind, entered, scenario, Math.round(seconds * 1e3) * 1e6)
            leave()
          }}
        >
          <Plus size={14} aria-hidden="true" />
          Add it
        </button>
      </div>
    </>
  )
}

interface FieldsProps {
  readonly kind: Kind
  readonly entered: Entered
  readonly scenario: Scenario
  /** Settings that are no plain numbers. */
  readonly beyond: readonly string[]
  readonly onChange: (entered: Entered) => void
}

function Fields({ kind, entered, scenario, beyond, onChange }: FieldsProps) {
  const options = kind.options.filter(({ key }) => !beyond.includes(key))
  const senders = kind.hasFrom ? sendersTo(scenario, entered.target) : []
  return (
    <>
      {kind.on.length > 0 && (
        <TargetField
          names={targetsFor(kind, scenario)}
          value={entered.target}
          onChange={(target) => onChange({ ...entered, target, from: '' })}
        />
      )}
      {options.map((option) => (
        <OptionField
          key={option.key}
          option={option}
          value={entered.options[option.key] ?? ''}
          onChange={(value) => onChange({ ...entered, options: { ...entered.options, [option.key]: value } })}
          isTitled
        />
      ))}
      {(senders.length > 0 || entered.from !== '') && (
        <OptionField
          option={fromOption(senders)}
          value={entered.from}
          onChange={(from) => onChange({ ...entered, from })}
          isTitled
        />
      )}
      {amountsFor(kind, entered, scenario)
        .filter(({ key }) => !beyond.includes(key))
        .map((amount) => (
          <AmountField
            key={amount.key}
            amount={amount}
            value={entered.amounts[amount.key]}
            onChange={(value) =>
              onChange({ ...entered, amounts: withAmount(entered.amounts, amount.key, value) })
            }
            isTitled
          />
        ))}
      {kind.canLast && (
        <AmountField
          amount={LASTS}
          value={entered.lasts}
          onChange={(lasts) => onChange({ ...entered, lasts: lasts ?? 0 })}
          isTitled
        />
      )}
      {beyond.length > 0 && (
        <p className={css.note}>More than fits here, to be changed in the text: {beyond.join(', ')}.</p>
      )}
    </>
  )
}

interface TargetFieldProps {
  readonly names: readonly string[]
  readonly value: string
  readonly onChange: (name: string) => void
}

/** More than these are typed instead of chosen. */
const MOST_LISTED = 300

function TargetField({ names, value, onChange }: TargetFieldProps) {
  const id = useId()
  const all = names.includes(value) || value === '' ? names : [value, ...names]
  if (all.length > MOST_LISTED) {
    return (
      <span className={css.titled}>
        <label htmlFor={id}>Whom</label>
        <input
          className={controls.field}
          id={id}
          key={value}
          defaultValue={value}
          onBlur={(event) => names.includes(event.target.value) && onChange(event.target.value)}
        />
      </span>
    )
  }
  return (
    <span className={css.titled}>
      <label htmlFor={id}>Whom</label>
      <select
        className={controls.field}
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {all.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}

const round = (seconds: number) => Math.round(seconds * 1000) / 1000
