/** The balancers in front: their strategy, whom each believes to be ready, and who waits there. */

import { memo, useId, useMemo } from 'react'
import { useStore } from 'zustand'
import type { Scenario } from '../../scenario/scenario.ts'
import { tierAt } from '../../scenario/tier-at.ts'
import { TouchButton } from '../faults/touch-button.tsx'
import { grouped } from '../format.ts'
import { strategyTitle } from '../stores/abilities.ts'
import { shown } from '../stores/shown.ts'
import { frontsOf } from './facilities.ts'
import { commonest } from './failures.ts'
import { keepKeys } from './keys.ts'
import type { Box, Layout } from './layout.ts'
import { ABSENT, type FrontView } from './picture.ts'
import { placeStyle } from './place.ts'
import { Reason } from './reason.tsx'
import { Title } from './title.tsx'

/** Replicas beyond which beliefs are only counted. */
const MOST_MARKS = 48

interface BalancersProps {
  readonly layout: Layout
  readonly scenario: Scenario
  readonly fronts: readonly FrontView[]
  /** One of them is to be looked at closely. */
  readonly onInspect: () => void
}

export function Balancers({ layout, scenario, fronts, onInspect }: BalancersProps) {
  const tier = scenario.tiers[0]
  const count = frontsOf(scenario)
  const policy = useStore(shown, ({ playhead }) =>
    tier ? tierAt(scenario, 0, playhead).strategy.policy : '',
  )
  const strategy = strategyTitle(policy)
  const isEach = layout.fronts.length > 1
  const isPair = tier?.structure?.front?.by === 'vrrp'
  const details = useMemo(() => (isEach ? [strategy] : []), [isEach, strategy])
  if (tier === undefined) return null
  return (
    <>
      <Title
        box={layout.frontTitle}
        title={count === 1 ? 'balancer' : `${count} balancers`}
        details={details}
      >
        <TouchButton target="balancer" />
      </Title>
      {isEach ? (
        fronts.map((front, index) => (
          <BalancerCard
            // biome-ignore lint/suspicious/noArrayIndexKey: a balancer is its place
            key={index}
            box={layout.fronts[index]!}
            name={String(index + 1)}
            target={`balancer/${index + 1}`}
            isSmall
            beliefs={front.beliefs}
            held={front.held}
            state={stateWord(front.state, isPair)}
            failure={front.failure}
            failures={front.failures}
            label={`Balancer ${index + 1}`}
            onInspect={onInspect}
          />
        ))
      ) : (
        <BalancerCard
          box={layout.front}
          name={strategy}
          target="balancer"
          isSmall={false}
          beliefs={together(fronts)}
          held={fronts.reduce((sum, { held }) => sum + held, 0)}
          state={isEach ? '' : stateWord(fronts[0]?.state ?? 0, false)}
          {...commonest(fronts)}
          label={count === 1 ? 'Balancer' : 'Balancers'}
          onInspect={onInspect}
        />
      )}
    </>
  )
}

/** Of balancers that share a box: ready where all believe so. */
function together(fronts: readonly FrontView[]): string {
  const [first, ...others] = fronts
  return [...(first?.beliefs ?? '')]
    .map((mark, index) => (others.every(({ beliefs: more }) => more[index] === mark) ? mark : '?'))
    .join('')
}

interface BalancerCardProps {
  readonly box: Box
  readonly name: string
  /** As a timed entry names it. */
  readonly target: string
  /** One of several: only what matters. */
  readonly isSmall: boolean
  /** A character for each replica: 1 believed ready, 0 out, ? where balancers differ. */
  readonly beliefs: string
  readonly held: number
  /** What is out of the ordinary with it, in a word. */
  readonly state: string
  readonly failure: number
  readonly failures: number
  readonly label: string
  readonly onInspect: () => void
}

const BalancerCard = memo(function BalancerCard(props: BalancerCardProps) {
  const { box, name, target, isSmall, beliefs, held, state, failure, failures, label, onInspect } = props
  const id = useId()
  const marks = [...beliefs].filter((mark) => mark !== ABSENT)
  const ready = marks.filter((mark) => mark === '1').length
  const split = marks.filter((mark) => mark === '?').length
  return (
    <button
      type="button"
      className="stage-balancer"
      aria-label={label}
      aria-describedby={id}
      data-tip={`${label}: how it chooses, what it checks and what it believes`}
      onClick={onInspect}
      onKeyDown={keepKeys}
      style={placeStyle(box)}
      data-target={target}
      data-small={isSmall}
      data-held={held > 0}
      data-state={state}
      data-all={ready === marks.length}
    >
      <span className="stage-name">{name}</span>
      {!isSmall && marks.length <= MOST_MARKS && <Marks marks={marks} />}
      <span className="stage-fine">
        {isSmall
          ? smallText(ready, marks.length, held, state)
          : `${grouped(ready)} of ${grouped(marks.length)} believed ready`}
        {split > 0 && `, ${split} by some`}
      </span>
      {!isSmall && state !== '' && <b className="stage-fine">{state}</b>}
      {!isSmall && held > 0 && <span className="stage-fine stage-held">{held} waiting</span>}
      <Reason failure={failure} failures={failures} />
      <span id={id} className="stage-hidden">
        {isSmall ? '' : `${name}, `}
        {state !== '' && `${state}, `}
        {ready} of {marks.length} replicas believed ready, {held} requests waiting
      </span>
    </button>
  )
})

/** In a box with room for one line: what is out of the ordinary first. */
function smallText(ready: number, all: number, held: number, state: string): string {
  if (state.startsWith('down')) return state.replace('not in', 'no')
  if (state === 'not in DNS' && held === 0) return state
  if (state !== '') return held > 0 ? `${state} · ${held} wait` : `${state} · ${ready}/${all}`
  if (held === 0) return `${ready}/${all} ready`
  return ready === all ? `${held} waiting` : `${ready}/${all} · ${held} wait`
}

/** `down`, `serves`, `standby`, `not in DNS` */
function stateWord(state: number, isPair: boolean): string {
  if ((state & 1) !== 0) return (state & 4) !== 0 ? 'down, not in DNS' : 'down'
  if ((state & 4) !== 0) return 'not in DNS'
  if (!isPair) return ''
  return (state & 2) !== 0 ? 'serves' : 'standby'
}

function Marks({ marks }: { readonly marks: readonly string[] }) {
  return (
    <svg
      className="stage-beliefs"
      width={Math.min(12, marks.length) * 11}
      viewBox={`0 0 ${Math.min(12, marks.length) * 10} ${rows(marks.length) * 10}`}
      aria-hidden="true"
    >
      {marks.map((mark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a replica is its place
        <path key={index} data-out={mark !== '1'} d={beliefPath(mark, index)} />
      ))}
    </svg>
  )
}

const rows = (count: number) => Math.ceil(count / 12)

/** A filled disc for ready, a hollow one for some, a hollow one with a stroke through it for out. */
function beliefPath(mark: string, index: number): string {
  const x = (index % 12) * 10 + 5
  const y = Math.floor(index / 12) * 10 + 5
  const disc = `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z`
  return mark === '0' ? `${disc}M${x - 3} ${y + 3}l6-6` : disc
}
