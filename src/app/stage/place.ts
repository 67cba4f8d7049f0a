/** A box of the layout as inline style. */

import type { CSSProperties } from 'react'
import type { Box } from './layout.ts'

export function placeStyle({ x, y, w, h }: Box): CSSProperties {
  return { transform: `translate(${x}px, ${y}px)`, width: w, height: h }
}
