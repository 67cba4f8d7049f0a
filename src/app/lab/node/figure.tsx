/** A figure of a page with its definition. */

import { Term } from '../../parts/term.tsx'

interface FigureProps {
  readonly title: string
  readonly definition: string
  readonly children: string
}

export function Figure({ title, definition, children }: FigureProps) {
  return (
    <div>
      <dt>
        <Term definition={definition}>{title}</Term>
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
