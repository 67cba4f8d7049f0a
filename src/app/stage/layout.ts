/**
 * Where everything stands: client populations, the balancer in front, then a panel for each tier, in the
 * order in which a request meets them. Pure arithmetic on counts and the size of the stage, so nothing
 * ever moves because of what happens in a run.
 *
 * "Main" is the way a request travels (left to right; top to bottom on a narrow, upright stage), "cross" is
 * the other axis. Lengths are layout units: CSS
 * pixels where the page's type has its usual size.
 */

import type { Form } from './arrange.ts'
import { sideways } from './sideways.ts'
import { upright } from './upright.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** How many of everything there are. */
export interface Shape {
  readonly populations: number
  /** Replicas of each tier. */
  readonly tiers: readonly number[]
  /** Balancers side by side in front; one when absent. */
  readonly fronts?: number
  /** By tier: figures under its heading; none when absent. */
  readonly facets?: readonly number[]
  /** Only these replicas of one tier are looked at; all when absent. */
  readonly part?: Part
  /** The boxes of clients have room for who comes. */
  readonly hasCrowd?: boolean
}

/** Replicas of one tier that stand one after the other. */
export interface Part {
  readonly tier: number
  /** Place of the first in its tier, from 0. */
  readonly from: number
  readonly count: number
}

export interface TierPlace {
  readonly form: Form
  /** Number of the first replica that is shown, counted over all tiers, and how many are. */
  readonly first: number
  readonly replicas: number
  /** The same of the whole tier. */
  readonly whole: { readonly first: number; readonly replicas: number }
  /** Replicas that one cell stands for; 1 but in a heat grid. */
  readonly per: number
  readonly cells: number
  readonly cols: number
  readonly title: Box
  /** All cells together. */
  readonly panel: Box
  readonly cell: { readonly w: number; readonly h: number }
  /** Space between cells along x and y. */
  readonly gap: { readonly x: number; readonly y: number }
}

export interface Layout {
  readonly width: number
  readonly height: number
  /** Top to bottom instead of left to right. */
  readonly upright: boolean
  readonly clientsTitle: Box
  readonly clients: readonly Box[]
  readonly frontTitle: Box
  /** All balancers in front together, and each by itself (one for all where there are too many). */
  readonly front: Box
  readonly fronts: readonly Box[]
  readonly tiers: readonly TierPlace[]
}

/** The box of cell `index` of a tier. */
export function cellBox(tier: TierPlace, index: number): Box {
  const { w, h } = tier.cell
  const col = index % tier.cols
  const row = (index - col) / tier.cols
  return { x: tier.panel.x + col * (w + tier.gap.x), y: tier.panel.y + row * (h + tier.gap.y), w, h }
}

/** The tier that a replica (counted over all tiers) belongs to. */
export function tierOf(tiers: readonly TierPlace[], node: number): TierPlace | undefined {
  return tiers.find((tier) => node >= tier.first && node < tier.first + tier.replicas)
}

/** The least room in which a cluster lies from left to right: by itself, and as one of several. */
const ALONE = { width: 560, height: 280, each: 75 }
const COMPACT = { width: 440, height: 188, each: 170 }

/**
 * A stage of at least the given size; its height is larger when the contents need it.
 * @param isCompact one of several stages, that all shall be seen at once
 */
export function layOut(shape: Shape, width: number, height: number, isCompact = false): Layout {
  const least = isCompact ? COMPACT : ALONE
  return width < least.width + least.each * (shape.tiers.length - 1)
    ? upright(shape, width, height)
    : sideways(shape, width, Math.max(height, least.height), isCompact)
}
