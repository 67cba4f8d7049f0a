/** The replicas that a cell of a heat grid stands for, as a list to choose one from. */

import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Facility } from './facilities.ts'
import { ConditionIcon } from './icons.tsx'
import { keepKeys } from './keys.ts'
import { beliefOf, describeReplica, type ReplicaView } from './replica-view.ts'

interface CellListProps {
  readonly name: string
  readonly facilities: readonly Facility[]
  readonly views: readonly ReplicaView[]
  readonly onReplica: (node: number) => void
  readonly onClose: () => void
}

export function CellList({ name, facilities, views, onReplica, onClose }: CellListProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    // Modal: focus goes in, Escape closes, and focus returns to the cell.
    dialog.current?.showModal()
  }, [])
  function keep(event: KeyboardEvent): void {
    event.stopPropagation()
  }
  return (
    <dialog
      ref={dialog}
      className="stage-list"
      aria-label={name}
      onClose={onClose}
      onKeyDown={keep}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <h4>{name}</h4>
      <div>
        {facilities.map((facility) => {
          const view = views[facility.node]!
          return (
            <button
              type="button"
              key={facility.name}
              data-condition={view.condition}
              data-belief={beliefOf(view)}
              onKeyDown={keepKeys}
              onClick={() => {
                onReplica(facility.node)
                dialog.current?.close()
              }}
            >
              <ConditionIcon condition={view.condition} />
              <b>{facility.name}</b>
              <span>{describeReplica(view, facility)}</span>
            </button>
          )
        })}
      </div>
    </dialog>
  )
}
