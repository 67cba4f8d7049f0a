/** A name with its definition: shown on hover and on focus, read as its description. */

import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import css from './parts.module.css'

interface TermProps {
  readonly children: ReactNode
  readonly definition: string
  readonly className?: string | undefined
}

export function Term({ children, definition, className }: TermProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button type="button" className={`${css.term} ${className ?? ''}`}>
          {children}
        </button>
      </Tooltip.Trigger>
      <Tip>{definition}</Tip>
    </Tooltip.Root>
  )
}

/** The bubble of a tooltip. */
export function Tip({ children }: { readonly children: ReactNode }) {
  return (
    <Tooltip.Portal>
      <Tooltip.Content className={css.tip} sideOffset={6} collisionPadding={8}>
        {children}
      </Tooltip.Content>
    </Tooltip.Portal>
  )
}
