/** A ring or a grid of owned places as SVG paths, one for each replica and one for what has moved; 100 units wide. */

export interface OwnerPaths {
  /** By replica. */
  readonly owned: readonly string[]
  readonly moved: string
}

const OUTER = 42
const INNER = 28
/** The band of what has moved. */
const MOVED_OUTER = 49
const MOVED_INNER = 44

/** From the top on clockwise; neighbouring places of one owner are one arc. */
export function ringPaths(of: Int32Array, moved: Uint8Array, replicas: number): OwnerPaths {
  const owned = new Array<string>(replicas).fill('')
  eachRun(of, (owner, from, to) => {
    if (owner >= 0) owned[owner] += arc(from / of.length, to / of.length, INNER, OUTER)
  })
  let band = ''
  eachRun(moved, (isMoved, from, to) => {
    if (isMoved === 1) band += arc(from / of.length, to / of.length, MOVED_INNER, MOVED_OUTER)
  })
  return { owned, moved: band }
}

/** Row by row; what has moved has a dot. */
export function gridPaths(of: Int32Array, moved: Uint8Array, replicas: number): OwnerPaths {
  const side = Math.ceil(Math.sqrt(of.length))
  const size = 100 / side
  const owned = new Array<string>(replicas).fill('')
  let dots = ''
  of.forEach((owner, cell) => {
    const x = (cell % side) * size - 50
    const y = Math.floor(cell / side) * size - 50
    if (owner >= 0) owned[owner] += `M${fine(x)} ${fine(y)}h${fine(size)}v${fine(size)}h${fine(-size)}z`
    if (moved[cell] === 1) {
      dots += `M${fine(x + size * 0.3)} ${fine(y + size * 0.3)}h${fine(size * 0.4)}v${fine(size * 0.4)}h${fine(-size * 0.4)}z`
    }
  })
  return { owned, moved: dots }
}

function eachRun(values: ArrayLike<number>, see: (value: number, from: number, to: number) => void): void {
  let from = 0
  for (let cell = 1; cell <= values.length; cell++) {
    if (cell < values.length && values[cell] === values[from]) continue
    see(values[from]!, from, cell)
    from = cell
  }
}

/** Part of a ring, from one share of the circle to another. */
function arc(from: number, to: number, inner: number, outer: number): string {
  // A whole circle has no beginning and end to draw between.
  if (to - from > 0.5) {
    const middle = (from + to) / 2
    return arc(from, middle, inner, outer) + arc(middle, to, inner, outer)
  }
  const at = (share: number, radius: number) => {
    const angle = share * 2 * Math.PI
    return `${fine(Math.sin(angle) * radius)} ${fine(-Math.cos(angle) * radius)}`
  }
  return `M${at(from, outer)}A${outer} ${outer} 0 0 1 ${at(to, outer)}L${at(to, inner)}A${inner} ${inner} 0 0 0 ${at(from, inner)}z`
}

const fine = (value: number) => Math.round(value * 100) / 100
