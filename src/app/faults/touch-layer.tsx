/** Over the whole page: the card of what was touched, a small button at the replica under the pointer, and the long press. */

import { Ellipsis } from 'lucide-react'
import { Suspense, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { later } from '../parts/later.tsx'
import { type Area, touch, touched } from './touched.ts'

const Card = later(() => import('./card.tsx'))

/** A finger that rests so long asks for the menu. */
const LONG_MS = 500
/** It may tremble so far, CSS pixels. */
const TREMBLE = 8

export function TouchLayer() {
  const isOpen = useStore(touched, (state) => state.on !== undefined)
  useEffect(startLongPress, [])
  return (
    <>
      <HoverButton />
      {isOpen && (
        <Suspense>
          <Card />
        </Suspense>
      )}
    </>
  )
}

interface Hovered {
  readonly target: string
  readonly area: Area
}

/** The mouse's way to a replica's card; the keyboard has its menu key, the finger its long press. */
function HoverButton() {
  const [hovered, setHovered] = useState<Hovered>()
  useEffect(() => {
    const onOver = (event: PointerEvent) => {
      const at = event.target instanceof Element ? event.target : null
      if (at?.closest('.stage-touch-replica')) return
      const node = event.pointerType === 'mouse' ? at?.closest<HTMLElement>('.stage-card[data-target]') : null
      setHovered((before) => {
        const target = node?.dataset.target
        return target === before?.target
          ? before
          : node && target
            ? { target, area: areaOf(node) }
            : undefined
      })
    }
    const hide = () => setHovered(undefined)
    document.addEventListener('pointerover', onOver)
    document.addEventListener('scroll', hide, true)
    addEventListener('resize', hide)
    return () => {
      document.removeEventListener('pointerover', onOver)
      document.removeEventListener('scroll', hide, true)
      removeEventListener('resize', hide)
    }
  }, [])
  if (!hovered) return null
  const { target, area } = hovered
  return (
    <button
      type="button"
      tabIndex={-1}
      className="stage-touch stage-touch-replica"
      aria-label={`Change ${target}`}
      style={{ left: area.left + area.width - 14, top: area.top + area.height - 14 }}
      onClick={(event) => touch({ kind: 'node', target }, event.currentTarget)}
    >
      <Ellipsis size={14} aria-hidden="true" />
    </button>
  )
}

function areaOf(element: Element): Area {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { left, top, width, height }
}

/** Fingers have no second button: a long press on a part of the stage opens its card. */
function startLongPress(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from = { x: 0, y: 0 }
  let hasOpened = false
  const stop = () => clearTimeout(timer)
  const onDown = (event: PointerEvent) => {
    stop()
    hasOpened = false
    if (event.pointerType !== 'touch' || !(event.target instanceof Element)) return
    const node = event.target.closest<HTMLElement>('.stage [data-target]')
    const target = node?.dataset.target
    if (!node || !target) return
    from = { x: event.clientX, y: event.clientY }
    timer = setTimeout(() => {
      hasOpened = true
      touch({ kind: 'node', target }, node)
    }, LONG_MS)
  }
  const onMove = (event: PointerEvent) => {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > TREMBLE) stop()
  }
  // The release is no click on the replica, nor may it take the focus from the card.
  const onEnd = (event: TouchEvent) => {
    if (hasOpened) event.preventDefault()
    hasOpened = false
  }
  document.addEventListener('pointerdown', onDown)
  document.addEventListener('pointermove', onMove)
  document.addEventListener('pointerup', stop)
  document.addEventListener('pointercancel', stop)
  document.addEventListener('touchend', onEnd, { capture: true, passive: false })
  return () => {
    stop()
    document.removeEventListener('pointerdown', onDown)
    document.removeEventListener('pointermove', onMove)
    document.removeEventListener('pointerup', stop)
    document.removeEventListener('pointercancel', stop)
    document.removeEventListener('touchend', onEnd, true)
  }
}
