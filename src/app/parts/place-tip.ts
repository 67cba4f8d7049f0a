/** Where a tooltip goes: under its target, or above when there is no room, and always inside the window. */

interface Extent {
  readonly width: number
  readonly height: number
}

interface Target extends Extent {
  readonly left: number
  readonly top: number
}

const GAP = 6
const EDGE = 8

export function placeTip(
  target: Target,
  tip: Extent,
  page: Extent,
): { readonly x: number; readonly y: number } {
  const middle = target.left + target.width / 2 - tip.width / 2
  const below = target.top + target.height + GAP
  const above = target.top - tip.height - GAP
  return {
    x: Math.round(Math.max(EDGE, Math.min(page.width - tip.width - EDGE, middle))),
    y: Math.round(below + tip.height + EDGE > page.height && above >= EDGE ? above : below),
  }
}
