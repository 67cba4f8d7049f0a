/** Which lanes are on show: the scenario's variants as chips, one alone or several compared, and any other strategy. */

import { Columns2, LayoutGrid, Plus, Rows2, SquareSplitHorizontal } from 'lucide-react'
import { useStore } from 'zustand'
import type { Scenario } from '../../scenario/scenario.ts'
import { goToBranch } from '../branches/fork.ts'
import { type Branch, branches, branchesOf, MAIN } from '../branches/store.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { LaneSwatch } from '../parts/lane-tag.tsx'
import { Picker } from '../parts/picker.tsx'
import { abilities } from '../stores/abilities.ts'
import { addLane, choice, choose, chosenFor, removeLane } from '../stores/choice.ts'
import { draft } from '../stores/draft.ts'
import { runs } from '../stores/runs.ts'
import { type LaneLayout, view } from '../stores/view.ts'
import { settingsInWords } from './difference.ts'
import css from './lane-bar.module.css'
import { BASE, branchKey, kindOf, MOST_LANES, offered, strategyKey } from './lane-key.ts'
import { BASE_NAME, strategyName } from './read-lane.ts'
import { sameness } from './sameness.ts'

/** Where the focus goes when the lane that had it is gone. */
export const LANE_BAR = 'lane-bar'

export function LaneBar() {
  const id = useStore(draft, (state) => state.id)
  const scenario = useStore(draft, (state) => state.scenario)
  const chosen = useStore(choice, (state) => chosenFor(state, id))
  const others = useOtherBranches(id)
  if (!scenario) return null
  const isCompared = chosen.length > 1
  return (
    <section className={css.bar} aria-label="Compare" id={LANE_BAR} tabIndex={-1}>
      <Chips id={id} scenario={scenario} chosen={chosen} />
      <div className={css.more}>
        {(isCompared || scenario.variants.length + others.length > 0) && (
          <button
            type="button"
            className={css.compare}
            aria-pressed={isCompared}
            onClick={() => choose(id, isCompared ? chosen.slice(0, 1) : side(scenario, chosen, others))}
          >
            <SquareSplitHorizontal size={15} aria-hidden="true" />
            Compare
          </button>
        )}
        {chosen.length < MOST_LANES && <AddStrategy id={id} scenario={scenario} chosen={chosen} />}
        {isCompared && <Arrangement />}
      </div>
      {isCompared && <Fairness />}
    </section>
  )
}

/** What “Compare” puts side by side: what is on show, other branches and the variants, as many as there is room for. */
function side(scenario: Scenario, chosen: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([BASE, ...chosen, ...others, ...offered(scenario)])]
}

interface ChoiceProps {
  readonly id: string
  readonly scenario: Scenario
  readonly chosen: readonly string[]
}

/** Keys of the branches that are not on show. */
function useOtherBranches(id: string): readonly string[] {
  const onShow = useStore(draft, (state) => state.branch ?? MAIN)
  const futures = useStore(branches, (state) => branchesOf(state, id))
  return futures.filter((branch) => branch.id !== onShow).map((branch) => branchKey(branch.id))
}

function Chips({ id, scenario, chosen }: ChoiceProps) {
  const lanes = useStore(runs, (state) => state.lanes)
  const isCompared = chosen.length > 1
  const futures = useStore(branches, (state) => branchesOf(state, id))
  const others = useOtherBranches(id)
  const keys = [...new Set([...offered(scenario), ...others, ...chosen])]
  if (keys.length < 2) return null
  const press = (key: string) => {
    const lane = kindOf(key)
    if (!isCompared && lane?.kind === 'branch') goToBranch(lane.branch)
    else if (!isCompared) choose(id, [key])
    else if (chosen.includes(key)) removeLane(id, key)
    else addLane(id, key)
  }
  return (
    <ul className={css.chips} aria-label={isCompared ? 'Lanes' : 'Variants'}>
      {keys.map((key) => {
        const index = chosen.indexOf(key)
        const set = scenario.variants.find(({ name }) => `variant:${name}` === key)?.set
        const words = set
          ? settingsInWords(set, scenario)
          : key === BASE
            ? 'The scenario as its file says'
            : ''
        const name = lanes.find((lane) => lane.key === key)?.name ?? futureName(futures, key) ?? nameOf(key)
        const isFull = isCompared && index < 0 && chosen.length >= MOST_LANES
        return (
          <li key={key}>
            <button
              type="button"
              className={css.chip}
              aria-label={name}
              aria-pressed={index >= 0}
              aria-disabled={isFull || undefined}
              data-tip={isFull ? `${MOST_LANES} lanes at most: take one away first` : words || undefined}
              onClick={() => press(key)}
            >
              {isCompared && index >= 0 && <LaneSwatch index={index} />}
              {name}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function futureName(futures: readonly Branch[], key: string): string | undefined {
  return futures.find((branch) => branchKey(branch.id) === key)?.name
}

/** Before the lane is read. */
function nameOf(key: string): string {
  if (key === BASE) return BASE_NAME
  return key.replace(/^(?:variant|strategy):/, '')
}

function AddStrategy({ id, scenario: { tiers }, chosen }: ChoiceProps) {
  const strategies = useStore(abilities, (state) => state.strategies)
  const places = tiers.filter(({ replicas }) => replicas.length > 1)
  const choices = places.flatMap((tier) =>
    strategies
      .filter(({ id: name }) => name !== tier.strategy.policy && !chosen.includes(strategyKey(tier.id, name)))
      .map(({ id: name, summary }) => ({
        id: strategyKey(tier.id, name),
        title: strategyName(name, tiers.length > 1 ? tier.id : ''),
        summary,
      })),
  )
  if (choices.length === 0) return null
  return (
    <span className={css.add}>
      <Plus size={15} aria-hidden="true" />
      <Picker
        label="Compare with another strategy"
        choices={choices}
        value=""
        otherwise={chosen.length > 1 ? 'Add a strategy' : 'Compare with a strategy'}
        onChange={(key) => addLane(id, key)}
      />
    </span>
  )
}

const LAYOUTS: Readonly<Record<LaneLayout, { next: LaneLayout; icon: typeof Rows2; title: string }>> = {
  auto: { next: 'beside', icon: LayoutGrid, title: 'Lanes: as there is room' },
  beside: { next: 'stacked', icon: Columns2, title: 'Lanes: beside each other' },
  stacked: { next: 'auto', icon: Rows2, title: 'Lanes: below each other' },
}

function Arrangement() {
  const { next, icon: Icon, title } = LAYOUTS[useStore(view, (state) => state.laneLayout)]
  return (
    <span className={css.arrangement}>
      <IconButton label={title} onClick={() => view.setState({ laneLayout: next })}>
        <Icon size={17} aria-hidden="true" />
      </IconButton>
    </span>
  )
}

/** Says truthfully what the lanes have in common. */
function Fairness() {
  const lanes = useStore(runs, (state) => state.lanes)
  const { isSame, words } = sameness(
    lanes.flatMap(({ name, scenario }) => (scenario ? [{ name, scenario }] : [])),
  )
  return (
    <p className={css.fairness} data-same={isSame}>
      {words}
    </p>
  )
}
