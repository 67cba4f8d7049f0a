/** `service`: what a replica does with a request, and how many at once. */

import { nearest } from '../../base/nearest.ts'
import { type Service, UNLIMITED, type WarmUp } from '../scenario.ts'
import { mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf, yesOrNo } from '../shapes/plain.ts'
import { durationOf, integerOf, numberOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import { quoted, type Shape } from '../shapes/shape.ts'
import { complain, didYouMean, type Spot } from '../source/problem-list.ts'
import type { Tree } from '../source/tree.ts'
import { MOST_SLOTS } from './limits.ts'
import { protectionFields, protectionOf } from './protection.ts'
import { refuseWithoutEffect } from './without-effect.ts'

/** A whole number of at least `min`, or `unlimited`. */
function countOrUnlimited(min: number): Shape<number> {
  const integer = integerOf({ min, max: MOST_SLOTS })
  const what = 'a whole number is needed, or unlimited'
  return {
    what,
    read(tree: Tree, spot: Spot) {
      if (tree.kind === 'scalar' && tree.value === 'unlimited') return UNLIMITED
      if (tree.kind === 'scalar' && typeof tree.value === 'number') return integer.read(tree, spot)
      const near = tree.kind === 'scalar' ? nearest(String(tree.value), ['unlimited']) : undefined
      return complain(spot, tree.place, `${quoted(tree)} is given; ${what}`, didYouMean(near))
    },
    schema: (definitions) => ({ anyOf: [integer.schema(definitions), { const: 'unlimited' }] }),
  }
}

const warmUp: Shape<WarmUp> = record(
  {
    for: needed(durationOf({ min: 1e6, bare: 's' }), 'How long it takes to reach its speed.'),
    slowdown: standard(numberOf({ min: 1, max: 1e6 }), 'How many times slower it is at first.', 5),
  },
  { of: 'warmUp' },
)

const fields = {
  demand: standard(
    distributionOf('duration'),
    'The work of one request here, in time at speed 1. Drawn when the request is born.',
    { exponential: { mean: '10ms' } },
  ),
  concurrency: standard(
    countOrUnlimited(1),
    'Requests that a replica serves at once; with discipline ps the number of its processors.',
    8,
  ),
  queue: standard(
    countOrUnlimited(0),
    'Requests that may wait at a replica while all its slots are taken; more are rejected.',
    'unlimited',
  ),
  discipline: standard(
    choiceOf(['fifo', 'lifo', 'ps', 'codel', 'adaptive-lifo'], 'a queue discipline'),
    'Who is served next: first in, first out; last in, first out; all at once, sharing the processors; fifo that drops while waits stay long; lifo only while a queue stands.',
    'fifo',
  ),
  patience: optional(
    distributionOf('duration'),
    'How long a request waits in the queue before it leaves; for ever when left out.',
  ),
  setUp: optional(
    distributionOf('duration'),
    'Time that an idle replica needs to wake up; it falls asleep as soon as it is idle.',
  ),
  blocking: standard(
    yesOrNo,
    'True: a slot stays taken while the next tier answers, as with a thread a request.',
    false,
  ),
  ...protectionFields,
  warmUp: optional(warmUp, 'How slow a replica is after its start; at full speed at once when left out.'),
}

export const service: Shape<Service> = mapped(
  record(fields, { of: 'service', named: 'service', later: ['errors', 'timeout', 'cores'] }),
  (read, tree, spot): Service => {
    const { patience, setUp, warmUp, shed, limit, dropLate, codel, lifoAfter, ...rest } = read
    refuseOfOthers(rest.discipline, tree, spot)
    return {
      ...rest,
      ...protectionOf({ shed, limit, dropLate, codel, lifoAfter }),
      ...(warmUp ? { warmUp } : {}),
      ...(patience ? { patience } : {}),
      ...(setUp ? { setUp } : {}),
    }
  },
)

/** Settings of one discipline are taken only with it. */
function refuseOfOthers(discipline: Service['discipline'], tree: Tree, spot: Spot): void {
  for (const [key, needs] of [
    ['codel', 'codel'],
    ['lifoAfter', 'adaptive-lifo'],
  ] as const) {
    if (discipline === needs) continue
    const why = `does nothing with discipline ${discipline}`
    refuseWithoutEffect(tree, key, why, `leave it out, or say discipline: ${needs}`, spot)
  }
}
