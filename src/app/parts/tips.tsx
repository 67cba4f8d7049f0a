/**
 * The one tooltip of the page: shows `data-tip` (and `data-keys`) of whatever is hovered or focused. It can
 * be hovered itself, stays as long as it is wanted, and Escape dismisses it (WCAG 1.4.13).
 */

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import css from './parts.module.css'
import { placeTip } from './place-tip.ts'

const WAIT_MS = 400
const LEAVE_MS = 120

interface Shown {
  readonly target: HTMLElement
  readonly text: string
  readonly keys: string | undefined
}

export function Tips() {
  const [shown, setShown] = useState<Shown>()
  const tip = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = (wait: number, next: Shown | undefined) => {
      clearTimeout(timer)
      timer = setTimeout(() => setShown(next), wait)
    }
    const onOver = (event: PointerEvent) => {
      if (event.pointerType === 'touch' || isIn(tip.current, event.target)) return clearTimeout(timer)
      const target = tipped(event.target)
      return later(target ? WAIT_MS : LEAVE_MS, target)
    }
    const onFocus = (event: FocusEvent) => {
      const target = event.target instanceof Element && event.target.matches(':focus-visible')
      later(target ? WAIT_MS : 0, target ? tipped(event.target) : undefined)
    }
    const hide = () => later(0, undefined)
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    document.addEventListener('pointerover', onOver)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('focusin', onFocus)
    document.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerover', onOver)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('keydown', onKey)
    }
  }, [])

  useLayoutEffect(() => {
    if (!tip.current || !shown) return
    const around = shown.target.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = tip.current
    const { x, y } = placeTip(around, { width, height }, { width: innerWidth, height: innerHeight })
    tip.current.style.transform = `translate(${x}px, ${y}px)`
  }, [shown])

  if (!shown?.target.isConnected) return null
  // What it says is the target's name or description already: nothing to read out twice.
  return (
    <div className={css.tip} ref={tip} aria-hidden="true">
      {shown.text}
      {shown.keys && <kbd className={css.keys}>{shown.keys}</kbd>}
    </div>
  )
}

function tipped(element: EventTarget | null): Shown | undefined {
  const target = element instanceof Element ? element.closest<HTMLElement>('[data-tip]') : null
  if (!target?.dataset.tip) return undefined
  return { target, text: target.dataset.tip, keys: target.dataset.keys }
}

function isIn(parent: Element | null, child: EventTarget | null): boolean {
  return parent !== null && child instanceof Node && parent.contains(child)
}
