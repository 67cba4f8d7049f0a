/**
 * By the length of the queue: a request is turned away when too many wait, and the less important it is the
 * sooner.
 *
 * Source: Beyer et al., Site Reliability Engineering, chapter 21, "Criticality", and chapter 22, "Queue
 * Management".
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import type { Shedding } from './shedding.ts'

const params = {
  most: {
    kind: 'integer',
    title: 'Most',
    summary: 'Requests that may wait.',
    min: 0,
    max: 1e6,
  },
  reserve: {
    kind: 'share',
    title: 'Reserve',
    summary: 'Of these places, the share that each step of lower priority may not use.',
    default: 0,
    min: 0,
    max: 1,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const queueLength: Shedding = {
  name: 'queue-length',
  title: 'By the length of the queue',
  summary: 'Turns requests away when too many wait, the less important ones first.',
  source: 'Beyer et al., Site Reliability Engineering, chapters 21 and 22',
  params,
  remember: () => new Float64Array(0),
  admits({ most, reserve }: P, _memory, { busy, slots, waiting, priority }) {
    return busy < slots || waiting < Math.max(0, most * (1 - reserve * priority))
  },
  served() {},
}
