/** What a tier is beyond replicas in a row, each with its figure now: TLS, connections, limits, caches, scaling. */

import type { Tier } from '../../../scenario/scenario.ts'
import { grouped, short, span } from '../../format.ts'
import type { TierView } from './tier-view.ts'

export type FacetName = 'tls' | 'connections' | 'limits' | 'hits' | 'fill' | 'scaling' | 'checks'

/** In the order in which a request meets them. */
export function facetNames(tier: Tier): readonly FacetName[] {
  const { tls, connections, pool, rateLimits, cache, scaling, health } = tier
  const has: Readonly<Record<FacetName, boolean>> = {
    tls: tls !== undefined,
    connections: (connections ?? tls ?? pool) !== undefined,
    limits: rateLimits !== undefined || connections?.perNode !== undefined,
    hits: cache !== undefined,
    fill: cache !== undefined,
    scaling: scaling !== undefined,
    checks: health?.active !== undefined || health?.probes !== undefined,
  }
  return (Object.keys(has) as FacetName[]).filter((name) => has[name])
}

export interface FacetWords {
  /** A few letters beside the sign. */
  readonly value: string
  /** What of, where there is room for it. */
  readonly unit?: string
  /** The same in words. */
  readonly says: string
  /** What it means. */
  readonly definition: string
  /** Something is going on that is not as it should be. */
  readonly isLoud: boolean
}

/** Words and figures of one of a tier's facets. */
export function facetWords(name: FacetName, tier: Tier, view: TierView): FacetWords {
  switch (name) {
    case 'tls': {
      const { handshakes, resumed } = view
      const part = resumed < 0 ? '' : `, ${resumed} % of them resumed`
      return {
        ...words(
          known(handshakes, (rate) => `${short(rate)}/s`),
          `${known(handshakes, grouped)} TLS handshakes a second${part}`,
          'TLS ends here: a connection begins with a handshake, which is work for the replica. One that resumes a session is cheap.',
        ),
        unit: resumed < 0 ? 'handshakes' : `handshakes, ${resumed} % resumed`,
      }
    }
    case 'connections': {
      const most = tier.connections?.perNode ?? tier.pool?.size
      const to = tier.pool ? 'from each balancer to each replica' : 'at each replica'
      const limit = most === undefined ? '' : ` At most ${grouped(most)} ${to}.`
      return {
        ...words(
          known(view.open, short),
          `${known(view.open, grouped)} connections open`,
          `${tier.pool ? 'Balancers keep pools of' : 'Visitors keep their'} connections to these replicas; opening one takes round trips.${limit}`,
        ),
        unit: 'open',
      }
    }
    case 'limits': {
      const { turnedAway } = view
      return words(
        known(turnedAway, (rate) => `${short(rate)}/s denied`),
        `${known(turnedAway, grouped)} requests a second turned away by limits`,
        limitsText(tier),
        turnedAway > 0,
      )
    }
    case 'hits':
      return words(
        view.hits < 0 ? '–' : `${view.hits} % hits`,
        view.hits < 0 ? 'nobody asks its caches' : `${view.hits} % of look-ups are served from its caches`,
        `Hit rate over the last second. Kept for ${span(tier.cache!.ttl)}, then fetched anew.`,
      )
    case 'fill':
      return words(
        known(view.filled, (share) => `${share} % full`),
        `its caches are ${known(view.filled, String)} % full`,
        `Each node holds ${capacityText(tier)}; when it is full, ${eviction(tier)} decides what has to leave.`,
      )
    case 'scaling':
      return words(
        `${known(view.there, String)} of ${tier.scaling!.max}`,
        `${known(view.there, String)} replicas of at most ${tier.scaling!.max}`,
        `An autoscaler keeps ${Math.round(tier.scaling!.target * 100)} % of the slots busy with ${tier.scaling!.min} to ${tier.scaling!.max} replicas. Places of those that do not exist stay free.`,
      )
    case 'checks':
      return checksWords(tier)
  }
}

function words(value: string, says: string, definition: string, isLoud = false): FacetWords {
  return { value, says, definition, isLoud }
}

const known = (figure: number, text: (figure: number) => string) => (figure < 0 ? '–' : text(figure))

function limitsText({ rateLimits = [], connections }: Tier): string {
  const rules = rateLimits.map(({ rule, key, scope }) => {
    const { rate, limit, window, period = window } = rule.params
    const often =
      typeof rate === 'number'
        ? `${short(rate)} a second`
        : typeof limit === 'number' && typeof period === 'number'
          ? `${short(limit)} in ${span(period)}`
          : ''
    const whose = key === 'global' ? 'for all together' : `for each ${key}`
    const where = scope === 'shared' ? 'counted in one store' : 'counted at each node'
    return [`${rule.policy.replaceAll('-', ' ')}:`, often, whose, `(${where})`].filter(Boolean).join(' ')
  })
  if (connections?.perNode !== undefined)
    rules.push(`${grouped(connections.perNode)} connections at each replica`)
  return `A gate before the queue. ${rules.join('; ')}. What is beyond is turned away at once.`
}

function capacityText({ cache }: Tier): string {
  const { capacity, hasSizes } = cache!
  return hasSizes ? `${short(capacity / 2 ** 20)} MiB` : `${grouped(capacity)} objects`
}

const eviction = ({ cache }: Tier) => cache!.eviction.policy.toUpperCase()

function checksWords({ health }: Tier): FacetWords {
  const { active, probes } = health ?? {}
  const every = active?.rule.params.interval ?? probes?.readiness?.period ?? probes?.liveness?.period
  const often = typeof every === 'number' ? `every ${span(every)}` : 'checked'
  const who = active ? 'Each balancer asks each replica whether it is well' : 'Kubernetes probes each pod'
  return words(often, `health checks ${often}`, `${who}, ${often}. What it hears decides what it believes.`)
}
