/**
 * Replicas too many for cards: a grid of small buttons, one stop of the Tab key, walked with the arrows. A
 * cell that stands for several leads to a closer look at them.
 */

import { type KeyboardEvent, useRef, useState } from 'react'
import { Cell } from './cell.tsx'
import { blockAt, type CloseUp } from './close-up.ts'
import type { Facility } from './facilities.ts'
import { type GroupView, viewGroup } from './group-view.ts'
import type { Box, TierPlace } from './layout.ts'
import type { ReplicaView } from './replica-view.ts'
import { stepTo } from './steps.ts'
import { Tip } from './tip.tsx'

interface TierCellsProps {
  readonly place: TierPlace
  /** Width of the stage. */
  readonly width: number
  readonly boxes: readonly Box[]
  /** Of this tier only. */
  readonly facilities: readonly Facility[]
  /** Of all nodes. */
  readonly views: readonly ReplicaView[]
  readonly onReplica: (node: number) => void
  readonly onPart: (part: CloseUp) => void
}

export function TierCells({ place, width, boxes, facilities, views, onReplica, onPart }: TierCellsProps) {
  const [active, setActive] = useState(0)
  const [pointed, setPointed] = useState(-1)
  const groups = useRef<GroupView[]>([])
  const grid = useRef<HTMLDivElement>(null)
  const { per, cells, cols, first } = place

  const membersOf = (cell: number) => facilities.slice(cell * per, (cell + 1) * per)
  groups.current = boxes.map((_, cell) => {
    const from = first + cell * per
    const to = Math.min(from + per, first + place.replicas)
    return viewGroup(groups.current[cell], membersOf(cell), views.slice(from, to))
  })

  function activate(cell: number): void {
    setActive(cell)
    if (per > 1) onPart(blockAt(place.whole, first - place.whole.first + cell * per))
    else onReplica(first + cell)
  }
  function walk(event: KeyboardEvent): void {
    const next = stepTo(event.key, active, cells, cols)
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setActive(next)
    grid.current?.querySelectorAll<HTMLElement>('.stage-cell')[next]?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside take the focus; arrows bubble up
    <div ref={grid} onKeyDown={walk} onPointerLeave={() => setPointed(-1)}>
      {boxes.map((box, cell) => (
        <Cell
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
          key={cell}
          cell={cell}
          box={box}
          group={groups.current[cell]!}
          isGroup={per > 1}
          isStop={cell === Math.min(active, cells - 1)}
          onActivate={activate}
          onPoint={setPointed}
        />
      ))}
      {pointed >= 0 && pointed < cells && (
        <Tip box={boxes[pointed]!} group={groups.current[pointed]!} width={width} />
      )}
    </div>
  )
}
