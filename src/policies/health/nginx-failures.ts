/**
 * nginx's passive health: a server that fails `max_fails` times is left out for `fail_timeout`; then one
 * request is let through to try it.
 *
 * Its clock counts whole seconds. "Within fail_timeout" is no sliding window: failures are forgotten only by
 * a success after a pick that came later than fail_timeout. When it is the only server, nginx never leaves
 * it out; that is for the caller to know.
 *
 * Source: nginx 1.22.1, ngx_http_upstream_round_robin.c (ngx_http_upstream_free_round_robin_peer).
 */

export interface Failures {
  /** By server: failures that count, when the last one was, and when it was last let try, in whole seconds. */
  readonly fails: Int32Array
  readonly accessed: Float64Array
  readonly checked: Float64Array
}

export interface FailureLimits {
  /** 0: failures are not counted. */
  readonly maxFails: number
  /** Whole seconds. */
  readonly failTimeout: number
}

export function noFailures(servers: number): Failures {
  return {
    fails: new Int32Array(servers),
    accessed: new Float64Array(servers),
    checked: new Float64Array(servers),
  }
}

/** True while a server is left out. @param now whole seconds, like every `now` here */
export function isLeftOut(of: Failures, server: number, limits: FailureLimits, now: number): boolean {
  const { maxFails, failTimeout } = limits
  return maxFails > 0 && of.fails[server]! >= maxFails && now - of.checked[server]! <= failTimeout
}

/** A request goes to a server: while it is out, so that others wait for what becomes of this one. */
export function tries(of: Failures, server: number, { failTimeout }: FailureLimits, now: number): void {
  if (now - of.checked[server]! > failTimeout) of.checked[server] = now
}

/**
 * The request failed there.
 * @returns what is taken of the server's weight for it, to come back pick by pick
 */
export function fails(
  of: Failures,
  server: number,
  { maxFails }: FailureLimits,
  weight: number,
  now: number,
): number {
  of.fails[server]!++
  of.accessed[server] = now
  of.checked[server] = now
  return maxFails === 0 ? 0 : Math.trunc(weight / maxFails)
}

/** It was answered. */
export function succeeds(of: Failures, server: number): void {
  if (of.accessed[server]! < of.checked[server]!) of.fails[server] = 0
}
