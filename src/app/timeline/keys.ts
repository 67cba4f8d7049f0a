/** Where a key moves the playhead when the timeline has the focus. */

interface Key {
  readonly key: string
  readonly shiftKey: boolean
}

/** The instant to go to; undefined when the key means nothing here. */
export function keyTarget({ key, shiftKey }: Key, at: number, duration: number): number | undefined {
  const stride = duration / (shiftKey ? 10 : 100)
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return at + stride
    case 'ArrowLeft':
    case 'ArrowDown':
      return at - stride
    case 'PageUp':
      return at + duration / 10
    case 'PageDown':
      return at - duration / 10
    case 'Home':
      return 0
    case 'End':
      return duration
    default:
      return undefined
  }
}

/** How far an arrow key moves what stands on the timeline, ns; undefined for other keys. */
export function nudge({ key, shiftKey }: Key): number | undefined {
  const by = shiftKey ? 1e9 : 1e8
  if (key === 'ArrowRight' || key === 'ArrowUp') return by
  return key === 'ArrowLeft' || key === 'ArrowDown' ? -by : undefined
}
