/** What ails a replica, in the one word and shape that the stage shows for it. */

/** As in the facts' health column. */
const CRASHED = 1
const HUNG = 2

export type Condition = 'up' | 'slow' | 'errors' | 'hung' | 'crashed'

/** From the worst to none, in the order in which a group of replicas is summed up. */
export const CONDITIONS: readonly Condition[] = ['crashed', 'hung', 'errors', 'slow', 'up']

export function conditionOf(health: number, rate: number, speed: number, errors: number): Condition {
  if (health === CRASHED) return 'crashed'
  if (health === HUNG) return 'hung'
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
