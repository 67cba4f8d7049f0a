/** `retries`, `hedge` and `throttle` of clients: what they do when an answer is bad, late or refused. */

import type { Hedge } from '../../policies/resilience/hedging.ts'
import type { Throttle } from '../../policies/resilience/throttle.ts'
import type { ClientRetries } from '../resilience.ts'
import type { ClientPopulation } from '../scenario.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { choiceOf, yesOrNo } from '../shapes/plain.ts'
import { durationOf, integerOf, numberOf, shareOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, within } from '../source/problem-list.ts'
import { lookUp } from '../source/tree.ts'
import { attempts, backOff, budget, causes, tryTimeout } from './back-off.ts'

const map: Shape<ClientRetries> = mapped(
  record(
    {
      attempts: standard(attempts, 'Tries in all, the first one included.', 3),
      on: standard(causes, 'What is tried again.', ['refused', 'broken', 'error', 'rejected', 'timeout']),
      timeout: optional(
        tryTimeout,
        'How long a client waits for one try; left out, for as long as for the request.',
      ),
      backoff: standard(backOff, 'How long it waits before the next try.', {}),
      budget: optional(budget, 'How many further tries there may be, compared with requests.'),
      nonIdempotent: standard(
        yesOrNo,
        'True: requests that change something are repeated even when a replica may have begun with them.',
        false,
      ),
      retryAfter: standard(
        choiceOf(['honoured', 'ignored'], 'what can become of Retry-After'),
        'What a client that was told when to come again makes of it.',
        'ignored',
      ),
    },
    { of: 'retries' },
  ),
  ({ attempts: tries, on, timeout, backoff, budget: limit, nonIdempotent, retryAfter }): ClientRetries => ({
    tries,
    on,
    ...(timeout === undefined ? {} : { timeout }),
    backOff: backoff,
    ...(limit === undefined ? {} : { budget: limit }),
    nonIdempotent,
    retryAfter,
  }),
)

const MOST_COPIES = 999

const hedge: Shape<Hedge> = mapped(
  record(
    {
      after: optional(
        durationOf(),
        'A copy is sent when there is no answer after this time; left out, after the quantile.',
      ),
      quantile: optional(
        shareOf({ min: 0, above: true, max: 1 }),
        'A copy is sent after this quantile of the latencies seen lately, 95% when nothing is said.',
      ),
      copies: standard(integerOf({ min: 1, max: MOST_COPIES }), 'Copies beyond the first.', 1),
      needed: optional(
        integerOf({ min: 1, max: 1 + MOST_COPIES }),
        'Good answers that are needed: with after: 0s a fan-out that waits for all, or for a quorum; 1 when left out.',
      ),
      cancel: standard(yesOrNo, 'True: copies that are no longer needed are called off.', true),
      work: standard(
        choiceOf(['fresh', 'same'], 'what the work of a copy can be'),
        'fresh: drawn anew, as if the replica made the answer late; same: as if the request did.',
        'fresh',
      ),
    },
    { of: 'hedge', either: [['after', 'quantile']] },
  ),
  ({ after, quantile, copies, needed, cancel, work }, tree, spot): Hedge | undefined => {
    if (needed !== undefined && needed > 1 + copies) {
      const place = lookUp(tree, 'needed')?.place ?? tree.place
      return complain(
        within(spot, 'needed'),
        place,
        `${needed} answers cannot come from 1 + ${copies} requests`,
      )
    }
    return {
      delay: after,
      quantile: quantile ?? 0.95,
      copies,
      ...(needed === undefined || needed === 1 ? {} : { needed }),
      cancels: cancel,
      fresh: work === 'fresh',
    }
  },
)

const throttle: Shape<Throttle> = mapped(
  record(
    {
      k: standard(numberOf({ min: 1, max: 100 }), 'A client sends up to so many times what is accepted.', 2),
      window: standard(durationOf({ min: 1e6 }), 'How far back it counts.', '2m'),
    },
    { of: 'throttle' },
  ),
  (read): Throttle => read,
)

/** Fields of a client population. */
export const habitFields = {
  retries: optional(
    eitherOf('a number of tries is needed, or a map', {
      scalar: mapped(attempts, (tries): ClientRetries => ({ ...standardRetries(), tries })),
      map,
    }),
    'What a client tries again, and when; left out, nothing.',
  ),
  hedge: optional(hedge, 'Copies of a request whose answer is late; the first answer counts.'),
  throttle: optional(
    throttle,
    'Requests that a client drops itself while many are turned away (adaptive throttling).',
  ),
  priority: optional(
    integerOf({ max: 9 }),
    'How important its requests are where load is shed: 0, when left out, is most important.',
  ),
}

function standardRetries(): ClientRetries {
  return {
    tries: 3,
    on: ['refused', 'broken', 'error', 'rejected', 'timeout'],
    backOff: { jitter: 'full', base: 1e8, max: 1e10, factor: 2 },
    nonIdempotent: false,
    retryAfter: 'ignored',
  }
}

type Read = { readonly [K in 'retries' | 'hedge' | 'throttle' | 'priority']: ClientPopulation[K] | undefined }

/** Without what is not said. */
export function habitsOf({ retries, hedge: copies, throttle: drops, priority }: Read, writes: number) {
  return {
    ...(retries ? { retries } : {}),
    ...(copies ? { hedge: copies } : {}),
    ...(drops ? { throttle: drops } : {}),
    ...(priority ? { priority } : {}),
    ...(writes > 0 ? { writes } : {}),
  }
}
