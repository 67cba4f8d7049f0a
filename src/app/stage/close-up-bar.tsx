/** Under the heading of a large tier: which of its replicas are looked at, and the ways to others and back to all. */

import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react'
import { grouped } from '../format.ts'
import { blockAt, type CloseUp, isCloseUp, neighbourBlock } from './close-up.ts'
import { keepKeys } from './keys.ts'
import type { TierPlace } from './layout.ts'

interface CloseUpBarProps {
  readonly place: TierPlace
  readonly tier: string
  /** undefined: all again. */
  readonly onPart: (part: CloseUp | undefined) => void
}

export function CloseUpBar({ place, tier, onPart }: CloseUpBarProps) {
  const { first, replicas, whole } = place
  if (!isCloseUp(place)) {
    return (
      <Step label={`Look at replicas of ${tier} closely`} onClick={() => onPart(blockAt(whole, 0))}>
        <ZoomIn size={15} aria-hidden="true" />
      </Step>
    )
  }
  const from = first - whole.first + 1
  const go = (step: 1 | -1) => {
    const block = neighbourBlock(place, step)
    if (block) onPart(block)
  }
  return (
    <span className="stage-close-up">
      <Step label={`All replicas of ${tier}`} onClick={() => onPart(undefined)}>
        <ZoomOut size={15} aria-hidden="true" />
      </Step>
      <Step label="Those before" isOff={!neighbourBlock(place, -1)} onClick={() => go(-1)}>
        <ChevronLeft size={15} aria-hidden="true" />
      </Step>
      <span role="status">
        {grouped(from)}–{grouped(from + replicas - 1)} of {grouped(whole.replicas)}
      </span>
      <Step label="Those behind" isOff={!neighbourBlock(place, 1)} onClick={() => go(1)}>
        <ChevronRight size={15} aria-hidden="true" />
      </Step>
    </span>
  )
}

interface StepProps {
  readonly label: string
  readonly isOff?: boolean
  readonly onClick: () => void
  readonly children: React.ReactNode
}

function Step({ label, isOff = false, onClick, children }: StepProps) {
  return (
    <button
      type="button"
      className="stage-step"
      aria-label={label}
      aria-disabled={isOff || undefined}
      data-tip={label}
      onKeyDown={keepKeys}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
