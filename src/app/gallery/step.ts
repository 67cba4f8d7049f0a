/** Where an arrow key leads among cards that lie in columns, some of them across all columns. */

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export type StepKey = 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End'

export const STEP_KEYS: readonly string[] = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End']

/** The place of the card that the key leads to; the same where there is none that way. @param boxes in reading order */
export function step(key: StepKey, active: number, boxes: readonly Box[]): number {
  const last = boxes.length - 1
  const from = boxes[active]
  if (!from || key === 'Home') return 0
  if (key === 'End') return last
  if (key === 'ArrowLeft') return Math.max(0, active - 1)
  if (key === 'ArrowRight') return Math.min(last, active + 1)
  const isDown = key === 'ArrowDown'
  const beyond = boxes
    .map((box, index) => ({ box, index }))
    .filter(({ box }) => (isDown ? box.top >= from.bottom - 1 : box.bottom <= from.top + 1))
  if (beyond.length === 0) return active
  const near = isDown
    ? Math.min(...beyond.map(({ box }) => box.top))
    : Math.max(...beyond.map(({ box }) => box.bottom))
  const row = beyond.filter(({ box }) => (isDown ? box.top <= near + 1 : box.bottom >= near - 1))
  const away = ({ left }: Box) => Math.abs(left - from.left)
  return row.reduce((best, one) => (away(one.box) < away(best.box) ? one : best)).index
}
