/** Why requests failed at a place just now, and how many. */

import { reasonText } from './failures.ts'

interface ReasonProps {
  /** Outcome; 0 or absent: none. */
  readonly failure?: number
  readonly failures?: number
  /** 0 fresh to 3 fading. */
  readonly age?: number
}

export function Reason({ failure = 0, failures = 1, age = 0 }: ReasonProps) {
  if (failure === 0) return null
  return (
    <span className="stage-reason" data-age={age}>
      {reasonText(failure, failures)}
    </span>
  )
}
