/** How many requests a system takes to forget that it started empty. */

/**
 * Of an open system: about 100 / (1 - rho)² requests a server. Beyond rho = 0.95 (a system that overflows or
 * loses patience never gets near it) it stays at that.
 */
export function openWarmUp(rho: number, servers: number): number {
  const slack = 1 - Math.min(rho, 0.95)
  return Math.ceil((100 * servers) / (slack * slack))
}

/** Of a closed loop. */
export function closedWarmUp(users: number): number {
  return 100 * users
}
