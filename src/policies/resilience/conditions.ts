/** What can be wrong with a try, and which of it is worth another one. Sets are held as bits. */

/** By number, as `bitOf` counts them. */
export const CAUSES = [
  'refused',
  'broken',
  'error',
  'rejected',
  'timeout',
  'expired',
  'unavailable',
  'shed',
  'limited',
] as const

export type Cause = (typeof CAUSES)[number]

export function bitOf(cause: Cause): number {
  return 1 << CAUSES.indexOf(cause)
}

/** A set of causes as bits. */
export function bitsOf(causes: readonly Cause[]): number {
  return causes.reduce((bits, cause) => bits | bitOf(cause), 0)
}

/** Causes after which it is certain that nobody has begun to work on the request. */
export const NOT_BEGUN = bitsOf(['refused', 'rejected', 'expired', 'unavailable', 'shed', 'limited'])

/** Causes after which the request was never sent: nginx repeats even what is not idempotent. */
export const NOT_SENT = bitsOf(['refused', 'unavailable'])
