/** A part of the form that can be folded; it opens by itself where something in it is wrong. */

import { type ReactNode, useState } from 'react'

interface FoldProps {
  /** How it begins. */
  readonly isOpenAtFirst: boolean
  readonly isWrong?: boolean
  readonly summary: ReactNode
  readonly children: ReactNode
}

export function Fold({ isOpenAtFirst, isWrong = false, summary, children }: FoldProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  return (
    <details open={isOpen || isWrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
