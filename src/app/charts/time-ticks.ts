/** Round instants for a time axis, and their labels. */

const SECOND = 1e9
const STEPS = [
  ...[1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1].flatMap((unit) => [unit, 2 * unit, 5 * unit]),
  ...[10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400],
].map((seconds) => seconds * SECOND)

export interface TimeTick {
  readonly at: number
  readonly label: string
}

/** At most `most` round instants between `from` and `to`, evenly apart (and one more at an end). */
export function timeTicks(to: number, most: number, from = 0): readonly TimeTick[] {
  const length = to - from
  if (!(length > 0) || most < 1) return []
  const day = 86400 * SECOND
  const step = STEPS.find((s) => length / s <= most) ?? Math.ceil(length / most / day) * day
  const first = Math.ceil(from / step - 1e-9)
  const count = Math.floor(to / step + 1e-9) - first
  return Array.from({ length: count + 1 }, (_, i) => {
    const at = (first + i) * step
    return { at, label: label(at, step) }
  })
}

function label(at: number, step: number): string {
  const seconds = at / SECOND
  if (at === 0) return '0'
  if (step < SECOND) return `${Number(seconds.toPrecision(6))} s`
  if (step < 60 * SECOND && seconds < 60) return `${seconds} s`
  const days = Math.floor(seconds / 86400)
  const hours = Math.floor(seconds / 3600) % 24
  const minutes = Math.floor(seconds / 60) % 60
  const rest = seconds % 60
  if (days > 0 && step >= 86400 * SECOND) return `${days} d`
  if (days > 0) return `${days} d ${hours} h`
  if (hours > 0) return `${hours}:${pad(minutes)} h`
  return rest || step < 60 * SECOND ? `${minutes}:${pad(rest)}` : `${minutes} min`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
