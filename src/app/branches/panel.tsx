/** The drawer of branches: what was forked from what, and when; to go to, name, compare and delete. */

import { GitBranchPlus, SquareSplitHorizontal, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { clock } from '../format.ts'
import { branchKey, MOST_LANES } from '../lanes/lane-key.ts'
import controls from '../parts/controls.module.css'
import { IconButton } from '../parts/icon-button.tsx'
import { isReaderHere, reader } from '../reader.ts'
import { addLane, choice, chosenFor, removeLane } from '../stores/choice.ts'
import { draft } from '../stores/draft.ts'
import css from './branches.module.css'
import { deleteBranch, forkHere, goToBranch, renameBranch } from './fork.ts'
import { sharedPast } from './shared-past.ts'
import { type Branch, branches, branchesOf, MAIN } from './store.ts'

export default function BranchPanel() {
  const id = useStore(draft, (state) => state.id)
  const list = useStore(branches, (state) => branchesOf(state, id))
  const rows = useMemo(() => inTree(list), [list])
  return (
    <section className={css.panel} aria-label="Branches">
      <div className={css.bar}>
        <button type="button" className={controls.button} onClick={forkHere}>
          <GitBranchPlus size={15} aria-hidden="true" />
          Fork from here
        </button>
        {list.length === 0 && (
          <p className={css.note}>
            What is on show stays as it is under a name, and what you change from then on is another future.
            Both can be compared.
          </p>
        )}
      </div>
      {rows.length > 0 && (
        <ul className={css.list}>
          {rows.map(({ branch, depth }) => (
            <Row key={branch.id} branch={branch} depth={depth} scenario={id} />
          ))}
        </ul>
      )}
    </section>
  )
}

interface RowProps {
  readonly branch: Branch
  /** Forks between it and the first. */
  readonly depth: number
  readonly scenario: string
}

function Row({ branch, depth, scenario }: RowProps) {
  const current = useStore(draft, (state) => state.branch ?? MAIN)
  const lanes = useStore(choice, (state) => chosenFor(state, scenario))
  const isCurrent = branch.id === current
  const key = branchKey(branch.id)
  const isCompared = lanes.includes(key)
  const { name } = branch
  return (
    <li style={{ paddingLeft: `${depth * 1.25}rem` }} data-current={isCurrent || undefined}>
      <button
        type="button"
        className={css.go}
        aria-pressed={isCurrent}
        aria-label={isCurrent ? `${name}, on show` : `Go to ${name}`}
        onClick={() => goToBranch(branch.id)}
      />
      <input
        key={name}
        className={css.name}
        aria-label={`Name of ${name}`}
        defaultValue={name}
        maxLength={60}
        onBlur={(event) => renameBranch(branch.id, event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') renameBranch(branch.id, event.currentTarget.value)
        }}
      />
      <span className={css.past}>
        {branch.parent === undefined ? 'where it began' : `forked at ${clock(branch.at, 1)}`}
        {!isCurrent && <Past branch={branch} />}
      </span>
      {!isCurrent && (
        <>
          <IconButton
            label={isCompared ? `Compare no longer with ${name}` : `Compare with ${name}`}
            isPressed={isCompared}
            disabled={!isCompared && lanes.length >= MOST_LANES}
            onClick={() => (isCompared ? removeLane(scenario, key) : addLane(scenario, key))}
          >
            <SquareSplitHorizontal size={15} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Delete ${name}`} onClick={() => deleteBranch(branch.id)}>
            <Trash2 size={15} aria-hidden="true" />
          </IconButton>
        </>
      )}
    </li>
  )
}

/** Up to when it is the same as what is on show. */
function Past({ branch }: { readonly branch: Branch }) {
  const scenario = useStore(draft, (state) => state.scenario)
  const until = useMemo(() => {
    if (!scenario || !isReaderHere()) return undefined
    const other = reader().readDraft(branch.text, 'branch.yaml').scenario
    return other && sharedPast(scenario, other)
  }, [scenario, branch.text])
  if (until === undefined) return null
  if (until === Number.POSITIVE_INFINITY) return ', the same as on show'
  return until === 0
    ? ', another past: they differ in a setting of the whole run'
    : `, the same until ${clock(until, 1)}`
}

/** Each below what it was forked from, in the order in which they were made. */
function inTree(list: readonly Branch[]): readonly { readonly branch: Branch; readonly depth: number }[] {
  const known = new Set(list.map(({ id }) => id))
  const parentOf = ({ parent }: Branch) => (parent !== undefined && known.has(parent) ? parent : undefined)
  const below = (parent: string | undefined, depth: number): { branch: Branch; depth: number }[] =>
    list
      .filter((one) => parentOf(one) === parent)
      .flatMap((branch) => [{ branch, depth }, ...below(branch.id, depth + 1)])
  return below(undefined, 0)
}
