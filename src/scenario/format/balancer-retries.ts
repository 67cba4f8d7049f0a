/** `retries` of a tier: how its balancers try again. */

import type { Cause } from '../../policies/resilience/conditions.ts'
import type { BalancerRetries } from '../resilience.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { choiceOf, yesOrNo } from '../shapes/plain.ts'
import { durationOf, integerOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import { quoted, type Shape } from '../shapes/shape.ts'
import { complain, within } from '../source/problem-list.ts'
import { lookUp } from '../source/tree.ts'
import { attempts, backOff, budget, causes, tryTimeout } from './back-off.ts'

type Rule = BalancerRetries['rule']

/** What a rule tries again when nothing is said: as the products do. */
const STANDARD_ON: Readonly<Record<Rule, readonly Cause[]>> = {
  standard: ['refused', 'broken', 'timeout', 'unavailable'],
  nginx: ['refused', 'broken', 'timeout'],
  haproxy: ['refused'],
}

/** nginx: as many as there are servers; HAProxy: `retries 3`. */
const STANDARD_TRIES: Readonly<Record<Rule, number>> = { standard: 3, nginx: 0, haproxy: 4 }

const nth = integerOf({ min: 1, max: 100 })

const redispatch: Shape<number> = {
  what: 'last, never or a whole number is needed',
  read(tree, spot) {
    if (tree.kind === 'scalar' && typeof tree.value === 'number') return nth.read(tree, spot)
    if (tree.kind === 'scalar' && tree.value === 'last') return -1
    if (tree.kind === 'scalar' && tree.value === 'never') return 0
    return complain(spot, tree.place, `${quoted(tree)} is given; last, never or a whole number is needed`)
  },
  schema: (definitions) => ({ anyOf: [nth.schema(definitions), { enum: ['last', 'never'] }] }),
}

const map: Shape<BalancerRetries> = mapped(
  record(
    {
      rule: standard(
        choiceOf(['standard', 'nginx', 'haproxy'], 'a rule for retries'),
        'standard: replicas tried before are left out; nginx: proxy_next_upstream; haproxy: retries and redispatch.',
        'standard',
      ),
      attempts: optional(
        attempts,
        'Tries in all, the first one included; left out: 3, with haproxy 4, with nginx one for each replica.',
      ),
      on: optional(
        causes,
        'What is tried again; left out: refused, with standard and nginx also broken and timeout.',
      ),
      timeout: optional(tryTimeout, 'How long a balancer waits for one try; left out: for ever.'),
      onTimeout: standard(
        choiceOf(['continue', 'cancel'], 'what can become of the work'),
        'What becomes of the work of a try that the balancer waits for no longer.',
        'continue',
      ),
      overall: optional(tryTimeout, 'No try begins so long after the first.'),
      backoff: optional(backOff, 'How long it waits before the next try; left out: not at all.'),
      budget: optional(budget, 'How many further tries there may be, compared with requests.'),
      nonIdempotent: standard(
        yesOrNo,
        'True: requests that change something are repeated even when a replica may have begun with them.',
        false,
      ),
      redispatch: optional(
        redispatch,
        'Of haproxy: another server at every nth further try, only at the last, or (when left out) never.',
      ),
      pause: optional(durationOf(), 'Of haproxy: how long it waits for the same server; left out: 1s.'),
    },
    { of: 'retries' },
  ),
  (read, tree, spot): BalancerRetries | undefined => {
    const { rule, timeout, overall, backoff, budget: limit } = read
    for (const key of ['redispatch', 'pause'] as const) {
      if (rule === 'haproxy' || read[key] === undefined) continue
      complain(within(spot, key), lookUp(tree, key)!.place, `"${key}" is of rule haproxy only`)
    }
    if (rule === 'haproxy' && backoff !== undefined) {
      const at = lookUp(tree, 'backoff')!.place
      complain(within(spot, 'backoff'), at, 'HAProxy knows no back-off; "pause" is how long it waits')
    }
    return {
      rule,
      tries: read.attempts ?? STANDARD_TRIES[rule],
      on: read.on ?? STANDARD_ON[rule],
      ...(overall === undefined ? {} : { overall }),
      ...(timeout === undefined ? {} : { timeout }),
      onTimeout: read.onTimeout,
      ...(backoff === undefined ? {} : { backOff: backoff }),
      ...(limit === undefined ? {} : { budget: limit }),
      nonIdempotent: read.nonIdempotent,
      redispatch: read.redispatch ?? 0,
      pause: read.pause ?? 1e9,
    }
  },
)

/** A number of tries, or a map. */
export const balancerRetries: Shape<BalancerRetries> = eitherOf('a number of tries is needed, or a map', {
  scalar: mapped(
    attempts,
    (tries): BalancerRetries => ({
      rule: 'standard',
      tries,
      on: STANDARD_ON.standard,
      onTimeout: 'continue',
      nonIdempotent: false,
      redispatch: 0,
      pause: 1e9,
    }),
  ),
  map,
})
