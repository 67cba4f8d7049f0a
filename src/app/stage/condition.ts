/** What ails a replica, in the one word and shape that the stage shows for it. */

export type Condition = 'up' | 'slow' | 'errors' | 'starting' | 'stopping' | 'absent' | 'hung' | 'crashed'

/** As in the facts' health column; 0: up, as far as rate and errors say so. */
const BY_HEALTH: readonly (Condition | undefined)[] = [
  undefined,
  'crashed',
  'hung',
  'absent',
  'starting',
  'stopping',
]

/** From the worst to none, in the order in which a group of replicas is summed up. */
export const CONDITIONS: readonly Condition[] = [
  'crashed',
  'hung',
  'errors',
  'slow',
  'stopping',
  'starting',
  'up',
  'absent',
]

/** As it should be, or not wanted at all: nothing ails it. */
export function isWell(condition: Condition): boolean {
  return condition === 'up' || condition === 'absent'
}

/** By health as in the facts. */
export function isAbsent(health: number): boolean {
  return BY_HEALTH[health] === 'absent'
}

export function conditionOf(health: number, rate: number, speed: number, errors: number): Condition {
  const state = BY_HEALTH[health]
  if (state !== undefined) return state
  if (errors > 0) return 'errors'
  return rate < speed * 0.999 ? 'slow' : 'up'
}

/** As said in words: `slow, 5 times`, `30 % errors`. */
export function conditionText(condition: Condition, rate: number, speed: number, errors: number): string {
  if (condition === 'slow') return rate > 0 ? `${short(speed / rate)}× slow` : 'slow'
  if (condition === 'errors') return `${short(errors * 100)} % errors`
  return condition
}

const short = (value: number) => String(Number(value.toPrecision(2)))
