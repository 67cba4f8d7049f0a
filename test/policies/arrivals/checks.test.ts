import { expect, test } from 'vitest'
import { SECOND } from '../../../src/base/time.ts'
import { arrivals } from '../../../src/policies/arrivals/index.ts'
import type { Params } from '../../../src/policies/policy.ts'

const stay = SECOND

test.each<[string, Params, string]>([
  ['ramp', { from: 0, to: 0, over: SECOND, at: 0 }, 'from and to must not both be 0'],
  [
    'renewal',
    { interarrival: { policy: 'constant', params: { value: 0 } } },
    'interarrival must have a mean above 0',
  ],
  ['mmpp', { states: [], next: 'cyclic' }, 'states must have at least one with a rate above 0'],
  ['mmpp', { states: [{ rate: 0, stay }] }, 'states must have at least one with a rate above 0'],
  ['mmpp', { states: [{ rate: 1, stay: 0 }] }, 'stay must be above 0 in every state'],
  ['mmpp', { states: [{ rate: -1, stay }] }, 'rate must not be negative in any state'],
  ['steps', { points: [] }, 'points must have at least one with a rate above 0'],
  ['steps', { points: [{ at: 0, rate: 0 }] }, 'points must have at least one with a rate above 0'],
  ['steps', { points: [{ at: 0, rate: -1 }] }, 'rate must not be negative at any point'],
  ...[
    [5, 5],
    [5, 4],
    [-1, 4],
  ].map((times): [string, Params, string] => [
    'steps',
    { points: times.map((at) => ({ at, rate: 1 })) },
    'points must be in order of time, each at its own instant',
  ]),
])('%s refuses %j', (policy, params, message) => {
  expect(arrivals.get(policy).check?.(params)).toEqual([message])
})
