/** A scenario as a small picture: who sends, the tiers with their replicas, and when something happens. */

import type { Scenario, Tier } from '../../scenario/scenario.ts'

export const WIDTH = 112
export const HEIGHT = 56

/** Where the line of time is drawn. */
const TIME_Y = 51
/** The middle of the columns. */
const MIDDLE = 23
/** Height that a column of replicas may have. */
const TALL = 40
const LEFT = 22
const RIGHT = WIDTH - 3
const MOST_ROWS = 8
/** Dots beyond this are too small to be told apart. */
const MOST_DOTS = 80
const MOST_RADIUS = 4

export interface Dot {
  readonly x: number
  readonly y: number
  readonly radius: number
}

export interface Column {
  readonly dots: readonly Dot[]
  readonly hasCache: boolean
  /** The place of a bar that stands before replicas which let in only so much. */
  readonly limitX: number | undefined
  readonly left: number
  readonly right: number
}

export interface Miniature {
  readonly clients: readonly Dot[]
  readonly columns: readonly Column[]
  /** The stretches in which something happens, as places on the line of time. */
  readonly happens: readonly { readonly from: number; readonly to: number }[]
  readonly timeY: number
}

export function miniatureOf({ clients, tiers, faults, duration }: Scenario): Miniature {
  const room = (RIGHT - LEFT) / Math.max(1, tiers.length)
  const toX = (at: number) => 3 + (RIGHT - 3) * Math.min(1, at / duration)
  return {
    clients: spread(
      clients.slice(0, MOST_ROWS).map(() => 1),
      8,
      8,
      3,
    ),
    columns: tiers.map((tier, index) => columnOf(tier, LEFT + index * room, room)),
    happens: faults
      .filter(({ ends }) => ends !== true)
      .map(({ at, kind, replica }) => {
        const end = faults.find(
          (other) => other.ends === true && other.kind === kind && other.replica === replica && other.at > at,
        )
        return { from: toX(at), to: toX(end?.at ?? at) }
      }),
    timeY: TIME_Y,
  }
}

function columnOf({ replicas, cache, rateLimits, service }: Tier, from: number, room: number): Column {
  const present = replicas.filter(({ spare }) => !spare)
  const speeds = present.slice(0, MOST_DOTS).map(({ speed }) => speed)
  const most = Math.max(...speeds)
  const limited = (rateLimits?.length ?? 0) > 0 || service.shed !== undefined || service.limit !== undefined
  const dots = spread(
    speeds.map((speed) => Math.max(0.45, Math.sqrt(speed / most))),
    from + room / 2 + 4,
    room - 16,
    MOST_RADIUS,
  )
  const left = Math.min(...dots.map(({ x, radius }) => x - radius))
  const right = Math.max(...dots.map(({ x, radius }) => x + radius))
  return { dots, hasCache: cache !== undefined, limitX: limited ? left - 4 : undefined, left, right }
}

/** Dots in as many columns as they need, around the middle. @param sizes shares of the largest radius */
function spread(sizes: readonly number[], x: number, wide: number, most: number): Dot[] {
  const rows = Math.min(
    MOST_ROWS,
    Math.ceil(Math.sqrt(sizes.length * (sizes.length > 8 ? 1.6 : sizes.length))),
  )
  const columns = Math.ceil(sizes.length / rows)
  const step = Math.min(11, TALL / rows, Math.max(wide, 11) / columns)
  const radius = Math.min(most, step * 0.36)
  return sizes.map((size, index) => ({
    x: x + (Math.floor(index / rows) - (columns - 1) / 2) * step,
    y: MIDDLE + ((index % rows) - (Math.min(rows, sizes.length) - 1) / 2) * step,
    radius: radius * size,
  }))
}
