/** The heading of a column (of a band, on an upright stage). */

import { memo } from 'react'
import type { Box } from './layout.ts'
import { placeStyle } from './place.ts'

interface TitleProps {
  readonly box: Box
  readonly title: string
  readonly details?: readonly string[]
}

export const Title = memo(function Title({ box, title, details = [] }: TitleProps) {
  return (
    <div className="stage-title" style={placeStyle(box)}>
      <h3>{title}</h3>
      {details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
    </div>
  )
})
