/** Under the heading of a large tier: which of its replicas are looked at, and the ways to others and back to all. */

import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react'
import { grouped } from '../format.ts'
import { blockAt, type CloseUp, isCloseUp, neighbourBlock } from './close-up.ts'
import type { TierPlace } from './layout.ts'
import { StepButton } from './step-button.tsx'

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
      <StepButton label={`Look at replicas of ${tier} closely`} onClick={() => onPart(blockAt(whole, 0))}>
        <ZoomIn size={15} aria-hidden="true" />
      </StepButton>
    )
  }
  const from = first - whole.first + 1
  const go = (step: 1 | -1) => {
    const block = neighbourBlock(place, step)
    if (block) onPart(block)
  }
  return (
    <span className="stage-close-up">
      <StepButton label={`All replicas of ${tier}`} onClick={() => onPart(undefined)}>
        <ZoomOut size={15} aria-hidden="true" />
      </StepButton>
      <StepButton label="Those before" isOff={!neighbourBlock(place, -1)} onClick={() => go(-1)}>
        <ChevronLeft size={15} aria-hidden="true" />
      </StepButton>
      <span role="status">
        {grouped(from)}–{grouped(from + replicas - 1)} of {grouped(whole.replicas)}
      </span>
      <StepButton label="Those behind" isOff={!neighbourBlock(place, 1)} onClick={() => go(1)}>
        <ChevronRight size={15} aria-hidden="true" />
      </StepButton>
    </span>
  )
}
