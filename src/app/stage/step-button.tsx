/** A small button with an icon on the stage. */

import type { ReactNode } from 'react'
import { keepKeys } from './keys.ts'

interface StepButtonProps {
  readonly label: string
  /** Shown after the name. */
  readonly keys?: string
  readonly isOff?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

export function StepButton({ label, keys, isOff = false, onClick, children }: StepButtonProps) {
  return (
    <button
      type="button"
      className="stage-step"
      aria-label={label}
      aria-disabled={isOff || undefined}
      data-tip={label}
      data-keys={keys}
      onKeyDown={keepKeys}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
