/**
 * A share of what was begun: every request puts a part of a token into a bucket, every further try takes a
 * whole one. In the long run there are at most `share` further tries a request.
 *
 * Sources: Beyer et al., Site Reliability Engineering, chapter 22 (a budget of 10 % for retries); Finagle 24,
 * `RetryBudget` (a deposit for each request, a withdrawal for each retry, a reserve to begin with).
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import type { Budget } from './budget.ts'

const params = {
  share: {
    kind: 'share',
    title: 'Share',
    summary: 'Further tries in the long run, as a share of the requests.',
    default: 0.1,
    min: 0,
    max: 10,
  },
  reserve: {
    kind: 'integer',
    title: 'Reserve',
    summary: 'Further tries that a quiet sender may make at once, and has to begin with.',
    default: 10,
    min: 1,
    max: 1e6,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** So that shares of a token add up exactly. */
const TOKEN = 1e6

export const ratio: Budget = {
  name: 'ratio',
  title: 'Share of requests begun',
  summary: 'Each request earns a part of a further try; a reserve is there to begin with.',
  source: 'Beyer et al., Site Reliability Engineering, chapter 22; Finagle 24, RetryBudget',
  params,
  remember: ({ reserve }) => Float64Array.of((reserve as number) * TOKEN),
  begun({ share, reserve }: P, memory) {
    memory[0] = Math.min(reserve * TOKEN, memory[0]! + Math.round(share * TOKEN))
  },
  spend(_params, memory) {
    if (memory[0]! < TOKEN) return false
    memory[0]! -= TOKEN
    return true
  },
  tried() {},
  ended() {},
}
