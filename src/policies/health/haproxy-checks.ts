/**
 * HAProxy's count of health checks: one number from 0 to rise + fall - 1; a server is up from `rise` on.
 *
 * A server begins at `rise`: up, but one failure from down. One good check of a server that is up wipes out
 * all failures; one bad check of a server that is down wipes out all successes.
 *
 * Source: HAProxy 2.6.12, check.c (check_notify_success, check_notify_failure).
 */

export interface CheckCounts {
  readonly rise: number
  readonly fall: number
}

/** The number of a server that has not been checked yet. */
export function healthAtStart({ rise }: CheckCounts): number {
  return rise
}

export function isUp(health: number, { rise }: CheckCounts): boolean {
  return health >= rise
}

/** The number after a good check. */
export function afterGood(health: number, { rise, fall }: CheckCounts): number {
  return health + 1 >= rise ? rise + fall - 1 : health + 1
}

/** The number after a bad check. */
export function afterBad(health: number, { rise }: CheckCounts): number {
  return health > rise ? health - 1 : 0
}

/** The number under other settings: up or down as before, with as many results against it as counted so far, if so many can be. */
export function carriedOver(health: number, before: CheckCounts, after: CheckCounts): number {
  if (!isUp(health, before)) return Math.min(health, after.rise - 1)
  const failures = before.rise + before.fall - 1 - health
  return Math.max(after.rise, after.rise + after.fall - 1 - failures)
}

/** Neither fully up nor fully down: checks may come faster then. */
export function isChanging(health: number, { rise, fall }: CheckCounts): boolean {
  return health > 0 && health < rise + fall - 1
}
