/** A button that is an icon: its name is a tooltip and what a screen reader says. */

import type { ReactNode, Ref } from 'react'
import css from './parts.module.css'

interface IconButtonProps {
  readonly label: string
  /** Shown after the name: `Space`. */
  readonly keys?: string
  readonly children: ReactNode
  readonly onClick: () => void
  readonly disabled?: boolean
  readonly look?: 'plain' | 'strong'
  /** Of one that stays pressed. */
  readonly isPressed?: boolean
  /** Of one that opens a menu. */
  readonly isOpen?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

export function IconButton(props: IconButtonProps) {
  const { label, keys, children, onClick, disabled, look = 'plain', isPressed, isOpen, ref } = props
  // Not `disabled`: a button that cannot be focused cannot say why.
  return (
    <button
      ref={ref}
      type="button"
      className={css.iconButton}
      data-look={look}
      data-tip={label}
      data-keys={keys}
      aria-label={label}
      aria-disabled={disabled || undefined}
      aria-pressed={isPressed}
      aria-expanded={isOpen}
      aria-haspopup={isOpen === undefined ? undefined : 'dialog'}
      onClick={disabled ? undefined : onClick}
    >
      {children}
    </button>
  )
}
