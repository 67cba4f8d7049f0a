/** The heading of a column (of a band, on an upright stage). */

import { memo, type ReactNode } from 'react'
import type { Box } from './layout.ts'
import { placeStyle } from './place.ts'

interface TitleProps {
  readonly box: Box
  readonly title: string
  readonly details?: readonly string[]
  /** Beside the heading. */
  readonly children?: ReactNode
  /** Below it. */
  readonly below?: ReactNode
}

export const Title = memo(function Title({ box, title, details = [], children, below }: TitleProps) {
  return (
    <div className="stage-title" style={placeStyle(box)}>
      <div className="stage-heading">
        <h3>{title}</h3>
        {children}
      </div>
      {details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      {below}
    </div>
  )
})
