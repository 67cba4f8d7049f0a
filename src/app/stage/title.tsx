/** The heading of a column (of a band, on an upright stage). */

import { memo } from 'react'
import type { Box } from './layout.ts'
import { placeStyle } from './place.ts'

interface TitleProps {
  readonly box: Box
  readonly title: string
  readonly detail?: string
}

export const Title = memo(function Title({ box, title, detail }: TitleProps) {
  return (
    <div className="stage-title" style={placeStyle(box)}>
      <h3>{title}</h3>
      {detail !== undefined && <p title={detail}>{detail}</p>}
    </div>
  )
})
