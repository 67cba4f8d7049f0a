/** On the edge of a card: a lock and a gate where requests come in, a fork where its own balancer sends on. */

import { memo } from 'react'
import type { Tier } from '../../../scenario/scenario.ts'
import { FacetIcon } from './facet-icon.tsx'

export interface Signs {
  readonly hasLock: boolean
  readonly hasGate: boolean
  /** The tier that it balances over; undefined: it sends nothing on. */
  readonly next: string | undefined
}

export function signsOf({ tls, rateLimits, connections }: Tier, next: Tier | undefined): Signs {
  return {
    hasLock: tls !== undefined,
    hasGate: rateLimits !== undefined || connections?.perNode !== undefined,
    next: next?.id,
  }
}

/** Nothing of it is said to screen readers: the tier's heading does. */
export const DoorSigns = memo(function DoorSigns({ signs, upright }: { signs: Signs; upright: boolean }) {
  const { hasLock, hasGate, next } = signs
  if (!hasLock && !hasGate && next === undefined) return null
  return (
    <>
      {(hasLock || hasGate) && (
        <span className="stage-doors" data-upright={upright} aria-hidden="true">
          {hasLock && <FacetIcon name="tls" />}
          {hasGate && <FacetIcon name="limits" />}
        </span>
      )}
      {next !== undefined && (
        <span className="stage-doors" data-side="out" data-upright={upright} aria-hidden="true">
          <svg className="stage-facet-icon" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M1.5 6H4.5L9.5 2.5M4.5 6L9.5 9.5M4.5 6H10" />
          </svg>
        </span>
      )}
    </>
  )
})
