/** Closer, farther, everything; arrow keys on it move the stage while it is close. */

import { Maximize, Minus, Plus } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { keepKeys } from '../keys.ts'
import type { StageZoom } from './use-zoom.ts'
import { CLOSEST } from './zoom.ts'

const STEP = 1.5
const FAR = 60

export function ZoomBar({ zoom }: { readonly zoom: StageZoom }) {
  const { scale } = zoom
  return (
    <fieldset
      className="stage-zoom"
      aria-label="Zoom of the stage"
      onKeyDown={(event) => panByKeys(event, zoom)}
    >
      <ZoomButton label="Farther" keys="−" isOff={scale === 1} onClick={() => zoom.by(1 / STEP)}>
        <Minus size={14} aria-hidden="true" />
      </ZoomButton>
      <span role="status">
        {Math.round(scale * 100)}
        {'\u00a0'}%
      </span>
      <ZoomButton label="Closer" keys="+" isOff={scale >= CLOSEST} onClick={() => zoom.by(STEP)}>
        <Plus size={14} aria-hidden="true" />
      </ZoomButton>
      <ZoomButton label="The whole stage" keys="0" isOff={scale === 1} onClick={() => zoom.fit()}>
        <Maximize size={14} aria-hidden="true" />
      </ZoomButton>
    </fieldset>
  )
}

const WAYS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [FAR, 0],
  ArrowRight: [-FAR, 0],
  ArrowUp: [0, FAR],
  ArrowDown: [0, -FAR],
}

function panByKeys(event: KeyboardEvent, zoom: StageZoom): void {
  const way = WAYS[event.key]
  if (!way || zoom.scale === 1) return
  event.preventDefault()
  event.stopPropagation()
  zoom.pan(...way)
}

interface ZoomButtonProps {
  readonly label: string
  readonly keys: string
  readonly isOff: boolean
  readonly onClick: () => void
  readonly children: React.ReactNode
}

function ZoomButton({ label, keys, isOff, onClick, children }: ZoomButtonProps) {
  return (
    <button
      type="button"
      className="stage-step"
      aria-label={label}
      aria-disabled={isOff || undefined}
      data-tip={label}
      data-keys={keys}
      onClick={onClick}
      onKeyDown={keepKeys}
    >
      {children}
    </button>
  )
}
