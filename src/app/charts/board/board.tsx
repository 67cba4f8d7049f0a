/** Charts in the order that a person likes, each of which can be moved, enlarged and taken away. */

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useStore } from 'zustand'
import { Modal } from '../../parts/modal.tsx'
import parts from '../../parts/parts.module.css'
import { type Slot, SlotContext } from '../frame/slot.ts'
import css from './board.module.css'
import { arrange, board, moved } from './board-store.ts'
import { Chooser } from './chooser.tsx'
import { type ChartEntry, onBoard } from './entry.ts'
import { SightBar } from './sight-bar.tsx'

interface BoardProps {
  /** Under which it is remembered. */
  readonly name: string
  readonly entries: readonly ChartEntry[]
  /** Said of the stretch that is looked at. */
  readonly figures?: ReactNode
}

export function Board({ name, entries, figures }: BoardProps) {
  const grid = useRef<HTMLDivElement>(null)
  const chosen = useStore(board, (state) => state.boards[name])
  const ids = useMemo(() => onBoard(entries, chosen), [entries, chosen])
  const [large, setLarge] = useState<string | undefined>(undefined)
  const [drop, setDrop] = useState<number | undefined>(undefined)
  const refocus = useRef<string | undefined>(undefined)

  // A chart that has been moved by keys keeps the focus.
  useEffect(() => {
    if (refocus.current === undefined) return
    const slot = [...(grid.current?.children ?? [])][ids.indexOf(refocus.current)]
    slot?.querySelector<HTMLElement>('button')?.focus()
    refocus.current = undefined
  }, [ids])

  const slotOf = (id: string, place: number): Slot => ({
    place,
    count: ids.length,
    isLarge: false,
    move: (by) => arrange(name, moved(ids, place, by)),
    remove: () =>
      arrange(
        name,
        ids.filter((other) => other !== id),
      ),
    enlarge: () => setLarge(id),
    grip: {
      onPointerDown: (event) =>
        drag(event, grid.current, setDrop, (to) => arrange(name, moved(ids, place, to - place))),
      onKeyDown(event: KeyboardEvent) {
        const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        event.stopPropagation()
        refocus.current = id
        arrange(name, moved(ids, place, by))
      },
    },
  })
  const enlarged = entries.find(({ id }) => id === large)
  return (
    <>
      <div className={css.bar}>
        <Chooser name={name} entries={entries} ids={ids} />
        <SightBar />
        {figures}
      </div>
      {ids.length === 0 && <p className={css.none}>No chart is chosen.</p>}
      <div className={css.grid} ref={grid}>
        {ids.map((id, place) => (
          <div key={id} className={css.slot} data-drop={drop === place || undefined}>
            <SlotContext value={slotOf(id, place)}>
              <OnBoard entry={entries.find((entry) => entry.id === id)!} />
            </SlotContext>
          </div>
        ))}
      </div>
      {enlarged && <Enlarged entry={enlarged} onClose={() => setLarge(undefined)} />}
    </>
  )
}

/** Its picture, or why there is none. */
function OnBoard({ entry }: { readonly entry: ChartEntry }) {
  return entry.render() ?? <p className={css.none}>{`${entry.title}: ${entry.reason}`}</p>
}

function Enlarged({ entry, onClose }: { readonly entry: ChartEntry; readonly onClose: () => void }) {
  const slot: Slot = {
    place: 0,
    count: 1,
    isLarge: true,
    move: () => undefined,
    remove: () => undefined,
    enlarge: () => undefined,
    grip: { onPointerDown: () => undefined, onKeyDown: () => undefined },
  }
  return (
    <Modal className={css.large} title={entry.title} onClose={onClose}>
      <div className={css.largeBar}>
        <SightBar />
        <Dialog.Close className={`${parts.iconButton} ${css.close}`} aria-label="Close">
          <X size={18} aria-hidden="true" />
        </Dialog.Close>
      </div>
      <SlotContext value={slot}>{entry.render()}</SlotContext>
    </Modal>
  )
}

/** Follows the pointer until it is let go; the place under it is shown on the way. */
function drag(
  event: PointerEvent<HTMLElement>,
  grid: HTMLElement | null,
  onOver: (place: number | undefined) => void,
  onDrop: (place: number) => void,
): void {
  if (event.button !== 0 || !grid) return
  const placeAt = (x: number, y: number) =>
    [...grid.children].findIndex((slot) => {
      const { left, right, top, bottom } = slot.getBoundingClientRect()
      return x >= left && x <= right && y >= top && y <= bottom
    })
  const stop = new AbortController()
  const { signal } = stop
  const end = (place: number) => {
    stop.abort()
    onOver(undefined)
    if (place >= 0) onDrop(place)
  }
  window.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      const place = placeAt(clientX, clientY)
      onOver(place < 0 ? undefined : place)
    },
    { signal },
  )
  window.addEventListener('pointerup', ({ clientX, clientY }) => end(placeAt(clientX, clientY)), { signal })
  window.addEventListener('pointercancel', () => end(-1), { signal })
  window.addEventListener('keydown', ({ key }) => key === 'Escape' && end(-1), { signal })
}
