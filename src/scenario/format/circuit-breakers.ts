/** `circuitBreakers`: what each balancer may have at all replicas of a tier together (Envoy). */

import type { ClusterLimits } from '../../policies/upstream/cluster-limits.ts'
import type { BalancerRetries } from '../resilience.ts'
import type { Structure } from '../scenario.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { integerOf } from '../shapes/quantity.ts'
import { record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { MOST_SLOTS } from './limits.ts'

export interface CircuitBreakers {
  readonly cluster: ClusterLimits
  readonly retries: number
}

const number = integerOf({ max: MOST_SLOTS })

const map: Shape<CircuitBreakers> = mapped(
  record(
    {
      maxConnections: standard(
        number,
        'Connections open at once to all replicas; a replica always gets its first.',
        1024,
      ),
      maxPendingRequests: standard(
        number,
        'Requests that may wait for a connection; more fail at once.',
        1024,
      ),
      maxRequests: standard(number, 'Requests under way at once at all replicas; more fail at once.', 1024),
      maxRetries: standard(
        number,
        'Further tries under way at once, where `retries` have no budget of their own.',
        3,
      ),
      protocol: standard(
        choiceOf(['http1', 'http2'], 'a protocol'),
        'http1: a connection carries one request at a time; http2: it carries any number, so nobody waits for one.',
        'http1',
      ),
    },
    { of: 'circuitBreakers' },
  ),
  ({ maxConnections, maxPendingRequests, maxRequests, maxRetries, protocol }): CircuitBreakers => ({
    cluster: {
      connections: maxConnections,
      pending: maxPendingRequests,
      requests: maxRequests,
      isMultiplexed: protocol === 'http2',
    },
    retries: maxRetries,
  }),
)

/** `none` is for variants, and for profiles that have them. */
export const circuitBreakers: Shape<CircuitBreakers | 'none'> = eitherOf<CircuitBreakers | 'none'>(
  'limits or none are needed',
  { scalar: choiceOf(['none'], 'settings'), map },
)

/** Retries with the budget that the circuit breakers are, where they have none. */
export function limitedRetries(
  retries: BalancerRetries | undefined,
  breakers: CircuitBreakers | 'none' | undefined,
): BalancerRetries | undefined {
  if (retries === undefined || breakers === undefined || breakers === 'none' || retries.budget !== undefined)
    return retries
  return { ...retries, budget: { policy: 'concurrent', params: { most: breakers.retries } } }
}

/** The limits of the cluster; those of a profile give way to a line of requests, which is another rule for the same. */
export function clusterOf(
  breakers: CircuitBreakers | 'none' | undefined,
  hasLine: boolean,
): Pick<Structure, 'cluster'> {
  return breakers && breakers !== 'none' && !hasLine ? { cluster: breakers.cluster } : {}
}

/** Who waits, and how many may, is said once. */
export function refuseTwoLines(tier: Tree, hasLine: boolean, spot: Spot): void {
  const given = lookUp(tier, 'circuitBreakers')
  if (!hasLine || given?.kind !== 'map') return
  const message = 'requests wait in the line of "maxConnections" or "pool" already: leave one out'
  complain(within(spot, 'circuitBreakers'), given.place, message)
}
