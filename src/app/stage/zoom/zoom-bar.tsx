/** Closer, farther, everything; arrow keys on it move the stage while it is close. */

import { Maximize, Minus, Plus } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { StepButton } from '../step-button.tsx'
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
      <StepButton label="Farther" keys="−" isOff={scale === 1} onClick={() => zoom.by(1 / STEP)}>
        <Minus size={14} aria-hidden="true" />
      </StepButton>
      <span role="status">
        {Math.round(scale * 100)}
        {'\u00a0'}%
      </span>
      <StepButton label="Closer" keys="+" isOff={scale >= CLOSEST} onClick={() => zoom.by(STEP)}>
        <Plus size={14} aria-hidden="true" />
      </StepButton>
      <StepButton label="The whole stage" keys="0" isOff={scale === 1} onClick={() => zoom.fit()}>
        <Maximize size={14} aria-hidden="true" />
      </StepButton>
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
