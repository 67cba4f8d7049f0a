/** A button that is an icon: its name is a tooltip and what a screen reader says. */

import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import css from './parts.module.css'
import { Tip } from './term.tsx'

interface IconButtonProps {
  readonly label: string
  /** Shown after the name: `Space`. */
  readonly keys?: string
  readonly children: ReactNode
  readonly onClick: () => void
  readonly disabled?: boolean
  readonly look?: 'plain' | 'strong'
}

export function IconButton({ label, keys, children, onClick, disabled, look = 'plain' }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        {/* Not `disabled`: a button that cannot be focused cannot say why. */}
        <button
          type="button"
          className={css.iconButton}
          data-look={look}
          aria-label={label}
          aria-disabled={disabled || undefined}
          onClick={disabled ? undefined : onClick}
        >
          {children}
        </button>
      </Tooltip.Trigger>
      <Tip>
        {label}
        {keys && <kbd className={css.keys}>{keys}</kbd>}
      </Tip>
    </Tooltip.Root>
  )
}
