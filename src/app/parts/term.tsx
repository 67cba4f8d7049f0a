/** A name with its definition: shown on hover and on focus, read as its description. */

import { type ReactNode, useId } from 'react'
import css from './parts.module.css'

interface TermProps {
  readonly children: ReactNode
  readonly definition: string
  readonly className?: string | undefined
}

export function Term({ children, definition, className }: TermProps) {
  const id = useId()
  return (
    <>
      <button
        type="button"
        className={`${css.term} ${className ?? ''}`}
        data-tip={definition}
        aria-describedby={id}
      >
        {children}
      </button>
      <span hidden id={id}>
        {definition}
      </span>
    </>
  )
}
