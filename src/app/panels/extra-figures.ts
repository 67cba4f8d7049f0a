/** Figures of what only some runs have: further tries, sessions, caches. */

import type { Report } from '../../measure/report.ts'
import { percent, plain, short } from '../format.ts'

export interface Figure {
  readonly title: string
  readonly value: string
  readonly definition: string
}

/** None of what a run does not have. */
export function extraFigures({ requests, tries, hitRate, clientCache, tiers }: Report): readonly Figure[] {
  const further = tries.byBalancers + tries.byClients + tries.hedges
  const all = Object.values(tiers)
  const sessions = all.flatMap((tier) => tier.sessions ?? [])
  const moved = all.flatMap(({ keysMoved }) => keysMoved ?? [])
  return [
    ...(further > 0
      ? [
          {
            title: 'Tries a request',
            value: plain(1 + further / Math.max(1, requests.arrived)),
            definition: `Amplification: ${short(tries.byBalancers)} further tries by balancers, ${short(tries.byClients)} by clients, ${short(tries.hedges)} copies of late requests, ${short(tries.hedgesWon)} of which answered first.`,
          },
        ]
      : []),
    ...(hitRate === null
      ? []
      : [
          {
            title: 'Hit rate',
            value: percent(hitRate),
            definition: 'Of requests that asked the first tier with a cache, those that some cache answered.',
          },
        ]),
    ...(clientCache
      ? [
          {
            title: 'From own caches',
            value: clientCache.hitRate === null ? '–' : percent(clientCache.hitRate),
            definition: `Requests that visitors’ own caches answered, which reached no network: ${short(clientCache.hits)}; ${short(clientCache.servedOld)} of these answers had changed at their origin.`,
          },
        ]
      : []),
    ...(sessions.length > 0
      ? [
          {
            title: 'Sessions broken',
            value: short(sessions.reduce((sum, { broken }) => sum + broken, 0)),
            definition: `Sessions whose state was lost; ${short(sessions.reduce((sum, { moved: n }) => sum + n, 0))} of ${short(sessions.reduce((sum, { begun }) => sum + begun, 0))} moved to another replica.`,
          },
        ]
      : []),
    ...(moved.length > 0
      ? [
          {
            title: 'Keys moved',
            value: percent(Math.max(...moved)),
            definition: 'The largest share of keys that went elsewhere with one change of a pool.',
          },
        ]
      : []),
  ]
}
