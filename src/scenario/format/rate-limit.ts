/** `rateLimit`: which requests a tier's replicas let in, judged when they arrive. One limit or a list. */

import { limiters } from '../../policies/limits/index.ts'
import type { Params } from '../../policies/policy.ts'
import type { LimitStore, RateLimit } from '../rate-limit.ts'
import { eitherOf, listOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { naming } from '../shapes/naming.ts'
import { paramsOf } from '../shapes/params.ts'
import { choiceOf, textOf } from '../shapes/plain.ts'
import type { CheckedPolicy } from '../shapes/policy.ts'
import { integerOf } from '../shapes/quantity.ts'
import { type Fields, optional, type RecordShape, record, standard } from '../shapes/record.ts'
import { ruled } from '../shapes/ruled.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { classesOf, classFields, refuseSameName } from './limit-classes.ts'
import { MOST_CLIENTS } from './limits.ts'
import { outages } from './sessions.ts'

const MOST_LIMITS = 16
const MOST_KEYS = 10_000_000

const store: Shape<LimitStore> = record(
  {
    latency: standard(distributionOf('duration'), 'From the question of a node to the answer.', '1ms'),
    outages: standard(outages, 'When it does not answer.', []),
    onOutage: standard(
      choiceOf(['open', 'closed'], 'what can happen while the store is out'),
      'While it does not answer: open lets everything pass, closed rejects everything.',
      'open',
    ),
  },
  { of: 'the store of a rate limit' },
)

/** Beside the parameters of every limiter. */
const beside = {
  key: standard(
    choiceOf(['address', 'visitor', 'session', 'path', 'header', 'global'], 'what can be counted apart'),
    'What is counted apart: addresses as the node sees them, visitors whatever their address, sessions, paths (keys) asked for, what a client always sends in a header, or everything together.',
    'address',
  ),
  status: standard(
    choiceOf([429, 503], 'a status for the rejected'),
    'What the rejected are told; with 429 also when to come again (Retry-After).',
    429,
  ),
  table: standard(
    integerOf({ min: 1, max: MOST_KEYS }),
    'How many keys are remembered; a new one then displaces the one judged longest ago.',
    100_000,
  ),
  scope: standard(
    choiceOf(['node', 'shared'], 'where requests can be counted'),
    'node: every replica counts for itself; shared: all ask one store.',
    'node',
  ),
  store: optional(
    store,
    'The store that all replicas ask, with scope: shared; when left out it answers at once and always.',
  ),
  clients: optional(
    listOf(naming('client', textOf({ most: 63 })), {
      of: 'client populations',
      least: 1,
      most: MOST_CLIENTS,
    }),
    'Which client populations are judged; all when left out.',
  ),
  ...classFields,
}

type Beside = Pick<RateLimit, 'key' | 'status' | 'scope' | 'store' | 'classes' | 'sharing'> & {
  readonly table: number
  readonly clients?: readonly string[]
}

function settingsOf({ name, params }: CheckedPolicy): RecordShape<Fields> {
  const { fields } = paramsOf(name, params, 'duration', distributionOf)
  const policy = standard(choiceOf([name], 'a rate limiter'), 'The rule by which it counts.', name)
  return record(
    { policy, ...fields, ...beside },
    { of: `a rate limit (${name})`, belongs: { sharing: ['classes'] } },
  )
}

const named: Readonly<Record<string, RecordShape<Fields>>> = Object.fromEntries(
  limiters.all.map((limiter) => [limiter.name, settingsOf(limiter)]),
)

const one: Shape<RateLimit> = mapped(
  ruled('rate limits', named, 'policy'),
  ({ rule, settings }, tree, spot) => {
    const limiter: CheckedPolicy = limiters.get(rule)
    const { key, status, scope, store: asked, table, clients } = settings as unknown as Beside
    const own = Object.entries(settings).filter(([name]) => Object.hasOwn(limiter.params, name))
    const params = Object.fromEntries(own) as Params
    const faults = limiter.check?.(params) ?? []
    for (const fault of faults) complain(spot, tree.place, `"${rule}": ${fault}`)
    if (faults.length > 0) return undefined
    if (asked && scope !== 'shared') {
      const place = (lookUp(tree, 'store') ?? tree).place
      return complain(within(spot, 'store'), place, 'a store is asked with "scope: shared" only')
    }
    const told = classesOf(settings as unknown as Beside, tree, spot)
    if (told === undefined) return undefined
    return {
      rule: { policy: rule, params },
      key,
      keys: table,
      status,
      scope,
      ...(asked ? { store: asked } : {}),
      ...(clients ? { only: clients } : {}),
      ...told,
    }
  },
)

export const rateLimit: Shape<readonly RateLimit[]> = eitherOf(
  'a rate limit is needed, a list of them, or none',
  {
    scalar: mapped(choiceOf(['none'], 'a rate limit without settings'), () => []),
    list: mapped(listOf(one, { of: 'rate limits', least: 1, most: MOST_LIMITS }), (limits, tree, spot) => {
      refuseSameName(limits, tree, spot)
      return limits
    }),
    map: mapped(one, (limit) => [limit]),
  },
)

/** Names of the classes that a tier's limits tell apart, as far as they can be read. */
export function classesIn(tier: Tree): readonly string[] {
  const given = lookUp(tier, 'rateLimit')
  const limits = given?.kind === 'list' ? given.items : given ? [given] : []
  return limits.flatMap((limit) => {
    const classes = lookUp(limit, 'classes')
    return classes?.kind === 'map' ? classes.entries.map(({ key }) => key) : []
  })
}

/** A limit can only name populations that there are. */
export function refuseUnknownClients(
  tiers: readonly { readonly id: string; readonly rateLimits?: readonly RateLimit[] }[],
  clients: readonly { readonly id: string }[],
  tree: Tree,
  spot: Spot,
): void {
  const names = clients.map(({ id }) => id)
  for (const { id, rateLimits = [] } of tiers) {
    const given = lookUp(lookUp(lookUp(tree, 'tiers') ?? tree, id) ?? tree, 'rateLimit') ?? tree
    const at = within(within(within(spot, 'tiers'), id), 'rateLimit')
    const named = rateLimits.flatMap(({ only = [], classes = [] }) => [
      ...only,
      ...classes.flatMap(({ clients: some = [] }) => some),
    ])
    for (const name of new Set(named)) {
      if (names.includes(name)) continue
      complain(at, given.place, `"${name}" is not a client population; there are: ${names.join(', ')}`)
    }
  }
}
