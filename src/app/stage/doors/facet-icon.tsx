/** Signs of what a tier is: a lock, a plug, a gate, a store, a level, arrows, a heartbeat. In a 12 x 12 box. */

import { memo } from 'react'
import type { FacetName } from './facets.ts'

const PATHS: Readonly<Record<FacetName, string>> = {
  tls: 'M2.5 5.5H9.5V10.5H2.5zM4 5.5V3.8a2 2 0 0 1 4 0V5.5',
  connections: 'M1 4H8M6 2L8 4L6 6M11 8H4M6 6L4 8L6 10',
  limits: 'M1.5 1.5V10.5M10.5 1.5V10.5M1.5 4H10.5M1.5 8H10.5M6 4V8',
  hits: 'M1.5 3c0-1 2-1.6 4.5-1.6s4.5.6 4.5 1.6S8.5 4.6 6 4.6S1.5 4 1.5 3zM1.5 3V9c0 1 2 1.6 4.5 1.6s4.5-.6 4.5-1.6V3M1.5 6c0 1 2 1.6 4.5 1.6s4.5-.6 4.5-1.6',
  fill: 'M2.5 1.5H9.5V10.5H2.5zM4.5 8.5H7.5M4.5 6.5H7.5',
  scaling: 'M1.5 7.5V10.5H4.5M10.5 4.5V1.5H7.5M1.5 10.5L5 7M10.5 1.5L7 5',
  checks: 'M1 6.5H3.5L5 2.5L7 10L8.5 6.5H11',
}

export const FacetIcon = memo(function FacetIcon({ name }: { readonly name: FacetName }) {
  return (
    <svg className="stage-facet-icon" viewBox="0 0 12 12" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
})
