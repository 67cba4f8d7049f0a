/** The bar at the top: what runs, how it balances, its seed; undo, looks, help. */

import { CircleQuestionMark, Projector, Redo2, SunMoon, Undo2 } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Scenario } from '../../scenario/scenario.ts'
import { setStrategy } from '../edits.ts'
import { ScenarioButton } from '../gallery/scenario-button.tsx'
import { BASE } from '../lanes/lane-key.ts'
import { togglePresenting } from '../look/presenter.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { later } from '../parts/later.tsx'
import { Picker } from '../parts/picker.tsx'
import { abilities } from '../stores/abilities.ts'
import { choice, chosenFor } from '../stores/choice.ts'
import { draft, history } from '../stores/draft.ts'
import { view } from '../stores/view.ts'
import { Seed } from './seed.tsx'
import css from './top-bar.module.css'

const LookMenu = later(() => import('../look/look-menu.tsx'))

export function TopBar({ onHelp }: { readonly onHelp: () => void }) {
  const id = useStore(draft, (state) => state.id)
  const scenario = useStore(draft, (state) => state.scenario)
  // Of a variant, or of several lanes, the row of lanes says how they balance.
  const isBase = useStore(choice, (state) => chosenFor(state, id).join() === BASE)
  return (
    <header className={css.bar}>
      <h1 className={css.name}>
        <Mark />
        Evenkeel
      </h1>
      <div className={css.scenario}>
        <ScenarioButton />
      </div>
      <div className={css.settings}>
        {scenario && (isBase ? <Strategies scenario={scenario} /> : <Elsewhere />)}
        {scenario && <Seed seed={scenario.seed} />}
      </div>
      <div className={css.actions}>
        <History />
        <Look />
        <IconButton label="Help" keys="?" onClick={onHelp}>
          <CircleQuestionMark size={18} aria-hidden="true" />
        </IconButton>
      </div>
    </header>
  )
}

/** In place of the strategies, where those of the file are not what is on show. */
function Elsewhere() {
  return (
    <p
      className={css.elsewhere}
      data-tip="A variant says itself how it balances. Choose “as written” alone to change the strategy of the file."
    >
      Balancing as each variant says
    </p>
  )
}

function Strategies({ scenario: { tiers } }: { readonly scenario: Scenario }) {
  const strategies = useStore(abilities, (state) => state.strategies)
  return tiers.map(({ id, strategy, replicas }) =>
    replicas.length > 1 ? (
      <Picker
        key={id}
        label={`Balancing of ${id}`}
        prefix={tiers.length > 1 ? id : 'Balancing'}
        choices={strategies}
        value={strategy.policy}
        onChange={(name) => setStrategy(id, name)}
      />
    ) : null,
  )
}

function History() {
  const change = useStore(draft, (state) => state.change)
  const past = useStore(history, (state) => state.pastStates.length)
  const next = useStore(history, (state) => state.futureStates.at(-1)?.change)
  return (
    <>
      <IconButton
        label={past > 0 ? `Undo: ${change}` : 'Nothing to undo'}
        keys="Ctrl Z"
        disabled={past === 0}
        onClick={() => history.getState().undo()}
      >
        <Undo2 size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={next === undefined ? 'Nothing to redo' : `Redo: ${next}`}
        keys="Ctrl Shift Z"
        disabled={next === undefined}
        onClick={() => history.getState().redo()}
      >
        <Redo2 size={18} aria-hidden="true" />
      </IconButton>
    </>
  )
}

function Look() {
  const [isOpen, setOpen] = useState(false)
  const isPresenting = useStore(view, (state) => state.isPresenting)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      {isPresenting && (
        <IconButton label="Leave presenter mode" keys="P" onClick={togglePresenting}>
          <Projector size={18} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton label="How it looks" ref={button} onClick={() => setOpen(!isOpen)} isOpen={isOpen}>
        <SunMoon size={18} aria-hidden="true" />
      </IconButton>
      {isOpen && (
        <Suspense>
          <LookMenu opener={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** A hull on an even keel. */
function Mark() {
  return (
    <svg className={css.mark} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M2 10.5h20" />
      <path d="M4.5 10.5c.6 4.6 3.4 7 7.5 7s6.9-2.4 7.5-7" />
      <path d="M12 17.5v4" />
      <circle cx="7" cy="6" r="1.6" />
      <circle cx="12" cy="6" r="1.6" />
      <circle cx="17" cy="6" r="1.6" />
    </svg>
  )
}
