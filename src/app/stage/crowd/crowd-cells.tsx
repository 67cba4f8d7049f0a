/** The cells of one population: one stop of the Tab key, walked with the arrows. */

import { type CSSProperties, type KeyboardEvent, memo, useMemo, useRef, useState } from 'react'
import type { ClientPopulation, Scenario } from '../../../scenario/scenario.ts'
import { keepKeys } from '../keys.ts'
import { placeStyle } from '../place.ts'
import { stepTo } from '../steps.ts'
import { type Cells, cellAt } from './cells.ts'
import { replicaColors } from './colors.ts'
import type { CellView } from './crowd-view.ts'
import { cellName, cellText, endOfName, namesOf } from './crowd-words.ts'

interface CrowdCellsProps {
  readonly cells: Cells
  /** Absent until they are known. */
  readonly views: readonly CellView[] | undefined
  readonly scenario: Scenario
  readonly population: ClientPopulation
  /** What one of them is: `session`. */
  readonly word: string
  readonly foot: { readonly text: string; readonly tip: string }
  readonly onOpen: (cell: number) => void
  /** -1: none. */
  readonly onPoint: (cell: number) => void
}

const NOBODY: CellView = { people: 0, lone: -1, at: [], change: 0 }

export function CrowdCells(props: CrowdCellsProps) {
  const { cells, views, scenario, population, word, foot, onOpen, onPoint } = props
  const [active, setActive] = useState(0)
  const group = useRef<HTMLFieldSetElement>(null)
  const names = useMemo(() => namesOf(scenario), [scenario])
  const colors = useMemo(() => replicaColors(scenario), [scenario])
  const walk = (event: KeyboardEvent) => {
    const next = stepTo(event.key, active, cells.count, cells.cols)
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setActive(next)
    group.current?.querySelectorAll<HTMLElement>('.stage-someone')[next]?.focus()
  }
  return (
    <fieldset
      ref={group}
      className="stage-people"
      aria-label={`Who comes of ${population.id}: ${foot.tip || foot.text}`}
      onKeyDown={walk}
      onPointerLeave={() => onPoint(-1)}
    >
      {Array.from({ length: cells.count }, (_, cell) => (
        <Someone
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
          key={cell}
          cells={cells}
          cell={cell}
          view={views?.[cell] ?? NOBODY}
          names={names}
          colors={colors}
          word={word}
          isStop={cell === Math.min(active, cells.count - 1)}
          onOpen={(one) => {
            setActive(one)
            onOpen(one)
          }}
          onPoint={onPoint}
        />
      ))}
      <span className="stage-people-foot" style={placeStyle(cells.foot)} data-tip={foot.tip}>
        {foot.text}
      </span>
    </fieldset>
  )
}

interface SomeoneProps {
  readonly cells: Cells
  readonly cell: number
  readonly view: CellView
  readonly names: readonly string[]
  readonly colors: readonly string[]
  readonly word: string
  /** Where the Tab key stops. */
  readonly isStop: boolean
  readonly onOpen: (cell: number) => void
  readonly onPoint: (cell: number) => void
}

const Someone = memo(function Someone(props: SomeoneProps) {
  const { cells, cell, view, names, colors, word, isStop, onOpen, onPoint } = props
  const { at, people, change } = view
  const [lone] = at
  const text = `${cellName(cells, cell)}: ${cellText(view, names, word)}`
  const number = at.length === 1 && lone![0] >= 0 ? endOfName(names, lone![0]) : ''
  return (
    <button
      type="button"
      className="stage-someone"
      style={{ ...placeStyle(cellAt(cells, cell)), ...fillOf(view, colors) }}
      data-gateway={cell < cells.gateways}
      data-empty={people === 0}
      data-change={change}
      aria-label={text}
      data-tip={text}
      tabIndex={isStop ? 0 : -1}
      onClick={() => onOpen(cell)}
      onKeyDown={keepKeys}
      onPointerEnter={() => onPoint(cell)}
      onFocus={() => onPoint(cell)}
      onBlur={() => onPoint(-1)}
    >
      {at.length > 1 ? fitting(people) : number}
    </button>
  )
}, isAlike)

/** In three letters. */
function fitting(people: number): string {
  return people < 1000 ? String(people) : `${Math.min(99, Math.round(people / 1000))}k`
}

/** Bands as wide as the shares of replicas. */
function fillOf({ at, people }: CellView, colors: readonly string[]): CSSProperties {
  let from = 0
  const bands = at.map(([node, count]) => {
    const color = node < 0 ? 'var(--raised)' : `color-mix(in srgb, ${colors[node]} 34%, var(--raised))`
    const to = from + (100 * count) / people
    const band = `${color} ${from.toFixed(1)}% ${to.toFixed(1)}%`
    from = to
    return band
  })
  const first = at[0]?.[0] ?? -1
  return {
    ...(bands.length > 0 && { backgroundImage: `linear-gradient(90deg, ${bands.join(', ')})` }),
    ...(at.length === 1 && first >= 0 && { borderColor: colors[first] }),
  }
}

/** What it does when it is clicked changes only with what it shows. */
function isAlike(a: SomeoneProps, b: SomeoneProps): boolean {
  return (
    a.view === b.view &&
    a.cells === b.cells &&
    a.colors === b.colors &&
    a.word === b.word &&
    a.isStop === b.isStop
  )
}
