/** Small signs that say in shape what colour also says: a replica's condition, and who sends requests. */

import { memo } from 'react'
import type { Condition } from './condition.ts'
import { SHAPE_PATHS, type ShapeName } from './shapes.ts'

/** In a 12 x 12 box. */
const CONDITION_PATHS: Readonly<Record<Condition, string>> = {
  up: 'M2 6.4L4.9 9.2L10 3.2',
  slow: 'M3 1.5H9M3 10.5H9M3.6 1.5C3.6 5 8.4 7 8.4 10.5M8.4 1.5C8.4 5 3.6 7 3.6 10.5',
  errors: 'M6 1.4L11 10.4H1zM6 4.6V7.2M6 8.8V9',
  starting: 'M6 10V2.5M2.8 5.6L6 2.2L9.2 5.6',
  stopping: 'M6 2V9.5M2.8 6.4L6 9.8L9.2 6.4',
  absent: 'M3 6H9',
  hung: 'M4 2V10M8 2V10',
  crashed: 'M2.4 2.4L9.6 9.6M9.6 2.4L2.4 9.6',
}

export const ConditionIcon = memo(function ConditionIcon({ condition }: { condition: Condition }) {
  return (
    <svg className="stage-icon" data-condition={condition} viewBox="0 0 12 12" aria-hidden="true">
      <path d={CONDITION_PATHS[condition]} />
    </svg>
  )
})

export function ShapeIcon({ shape, color }: { shape: ShapeName; color: string }) {
  return (
    <svg className="stage-shape" viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">
      <path d={SHAPE_PATHS[shape]} fill={`var(${color})`} fillRule="evenodd" />
    </svg>
  )
}
