/**
 * Simulated time: a whole number of nanoseconds since the run began.
 *
 * A double holds whole nanoseconds exactly up to 2^53, that is 104 days; equal instants are therefore
 * really equal, and sums of durations never round.
 */

declare const brand: unique symbol

/** Whole nanoseconds since the run began. */
export type Instant = number & { readonly [brand]?: 'Instant' }
/** A length of time in whole nanoseconds. */
export type Duration = number & { readonly [brand]?: 'Duration' }

export const NANOSECOND = 1
export const MICROSECOND = 1e3
export const MILLISECOND = 1e6
export const SECOND = 1e9
export const MINUTE = 60e9
export const HOUR = 3600e9
export const DAY = 86400e9

/** The longest run: 104 days, beyond which nanoseconds are no longer exact. */
export const LONGEST: Duration = Number.MAX_SAFE_INTEGER
