/** Looks at a stretch of time, and brings the playhead into it, so that stage and charts show the same. */

import { brush, look } from '../../stores/brush.ts'
import { playhead, seek } from '../../stores/playhead.ts'

export function goInto(one: number, other: number, duration: number): void {
  look(one, other, duration)
  const { span } = brush.getState()
  const { at } = playhead.getState()
  if (span && (at < span.from || at > span.to)) seek(span.from)
}
