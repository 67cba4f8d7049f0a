/** The limits of a scenario file: beyond them nothing is run. Generous for people, deadly for nobody's machine. */

export const MOST_TIERS = 16
export const MOST_REPLICAS = 10_000
export const MOST_CLIENTS = 64
export const MOST_FAULTS = 10_000
export const MOST_VARIANTS = 32
export const MOST_EXPECTATIONS = 64
export const MOST_ADDRESSES = 1_000_000_000
export const MOST_GATEWAYS = 1_000_000
export const MOST_BALANCERS = 1000
export const MOST_SLOTS = 1_000_000_000

/** Requests (or health checks, or failures) that a run may be expected to bring. */
export const MOST_EVENTS = 1e10
/** Requests per second that a population may bring. */
export const MOST_RATE = 1e7
/** Replicas that all balancers together may look after: each node of a tier balances over the next tier. */
export const MOST_VIEWS = 1_000_000
