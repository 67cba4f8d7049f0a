/** The paths of a ring or grid of keys drawn with a chart's pen, for files; the screen has them as SVG. */

import type { Ink, Pen } from '../pen.ts'
import type { OwnerPaths } from './paths.ts'

/** Units of the paths, which lie about 0. */
const SIDE = 100
/** An arc is drawn as lines of at most this angle, radians. */
const FINE = Math.PI / 90
/** Hues that are told apart; beyond that they repeat. */
const HUES = 8

/** Custom property of the theme with a replica's colour. */
export function hueOf(replica: number): string {
  return `--key-${(replica % HUES) + 1}`
}

export function drawOwners(pen: Pen, { owned, moved }: OwnerPaths): void {
  const { context, width, height } = pen
  const scale = Math.min(width, height) / SIDE
  const place: Place = (x, y) => [width / 2 + x * scale, height / 2 + y * scale]
  const fill = (path: string, token: string) => {
    context.fillStyle = pen.color(token)
    context.beginPath()
    trace(context, path, place)
    context.fill()
  }
  owned.forEach((path, replica) => {
    if (path) fill(path, hueOf(replica))
  })
  if (moved) fill(moved, '--ink')
}

type Place = (x: number, y: number) => readonly [x: number, y: number]

/** Of what paths.ts writes: `M` and `L`, `A` about the middle, `h`, `v` and `z`. */
export function trace(ink: Pick<Ink, 'moveTo' | 'lineTo' | 'closePath'>, path: string, place: Place): void {
  let x = 0
  let y = 0
  const lineTo = (toX: number, toY: number) => {
    x = toX
    y = toY
    ink.lineTo(...place(x, y))
  }
  for (const [, command, rest] of path.matchAll(/([MLAhvz])([^MLAhvz]*)/g)) {
    const numbers = (rest!.match(/-?[\d.]+/g) ?? []).map(Number)
    const [a = 0, b = 0] = numbers
    if (command === 'M') {
      x = a
      y = b
      ink.moveTo(...place(x, y))
    } else if (command === 'L') lineTo(a, b)
    else if (command === 'h') lineTo(x + a, y)
    else if (command === 'v') lineTo(x, y + a)
    else if (command === 'z') ink.closePath()
    else {
      const [toX = 0, toY = 0] = numbers.slice(5)
      const isClockwise = numbers[4] === 1
      for (const [nextX, nextY] of alongCircle([x, y], [toX, toY], a, isClockwise)) lineTo(nextX, nextY)
    }
  }
}

type Point = readonly [x: number, y: number]

function alongCircle(from: Point, to: Point, radius: number, isClockwise: boolean): readonly Point[] {
  const begin = Math.atan2(from[1], from[0])
  const turn = Math.atan2(to[1], to[0]) - begin
  const whole = 2 * Math.PI
  const swept = isClockwise ? (turn + whole) % whole : -((whole - turn) % whole)
  const count = Math.max(1, Math.ceil(Math.abs(swept) / FINE))
  return Array.from({ length: count }, (_, i): Point => {
    if (i === count - 1) return to
    const angle = begin + (swept * (i + 1)) / count
    return [Math.cos(angle) * radius, Math.sin(angle) * radius]
  })
}
