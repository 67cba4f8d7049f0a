/**
 * The shape of a way between two ports, as a function of how much of it is behind: straight, one bend (a
 * cubic with level ends), straight. Requests keep to one lane and responses to the other.
 */

import type { Ports } from './ports.ts'

/** Distance of each lane from the middle of the way, layout units. */
export const LANE = 4

/** A point that is written over and over, so that a frame allocates nothing. */
export interface Point {
  x: number
  y: number
}

/**
 * The place at `fraction` (0 upstream, 1 downstream) of the way between two ports, `lane` pixels beside its
 * middle: negative is left of the way downstream (above it, when that goes to the right).
 */
export function alongWay(
  ports: Ports,
  upstream: number,
  downstream: number,
  fraction: number,
  lane: number,
  point: Point,
): void {
  const from = ports.leave[upstream]!
  const main = from + (ports.arrive[downstream]! - from) * fraction
  const bendFrom = ports.far[upstream]!
  const bend = ports.near[downstream]! - bendFrom
  const low = ports.cross[upstream]!
  const rise = ports.cross[downstream]! - low
  const raw = (main - bendFrom) / bend
  const u = Math.min(1, Math.max(0, raw))
  const cross = low + rise * u * u * (3 - 2 * u)
  const slope = (rise * 6 * u * (1 - u)) / bend
  const shift = lane / Math.sqrt(1 + slope * slope)
  if (ports.upright) {
    point.x = cross - shift
    point.y = main + slope * shift
  } else {
    point.x = main - slope * shift
    point.y = cross + shift
  }
}

const ABOVE = 46

/** The place at `fraction` of the way from outside onto a node. */
export function fromAbove(ports: Ports, node: number, fraction: number, point: Point): void {
  point.x = ports.middle[node]!
  point.y = Math.max(6, ports.top[node]! - ABOVE * (1 - fraction))
}

/** The same way as an SVG path; exact, since a smoothstep over even main is a cubic Bézier. */
export function wayPath(ports: Ports, upstream: number, downstream: number): string {
  const from = ports.leave[upstream]!
  const to = ports.arrive[downstream]!
  const bendFrom = ports.far[upstream]!
  const bendTo = ports.near[downstream]!
  const third = (bendTo - bendFrom) / 3
  const low = ports.cross[upstream]!
  const high = ports.cross[downstream]!
  const at = (main: number, cross: number) =>
    ports.upright ? `${round(cross)} ${round(main)}` : `${round(main)} ${round(cross)}`
  const start = from === bendFrom ? '' : `L${at(bendFrom, low)}`
  const end = to === bendTo ? '' : `L${at(to, high)}`
  const curve = `C${at(bendFrom + third, low)} ${at(bendTo - third, high)} ${at(bendTo, high)}`
  return `M${at(from, low)}${start}${curve}${end}`
}

const round = (value: number) => Math.round(value * 10) / 10
