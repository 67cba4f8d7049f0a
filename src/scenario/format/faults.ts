/** `faults`: what befalls which replicas, and when. `{ at: 30s, crash: web/2 }`, `web` being all of a tier. */

import type { Fault, FaultKind } from '../scenario.ts'
import { listOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf, yesOrNo } from '../shapes/plain.ts'
import { durationOf, integerOf, numberOf, shareOf } from '../shapes/quantity.ts'
import { needed, optional, type RecordOf, record } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { strategyAlone } from './balancing.ts'
import { BELONGS, HAPPENINGS, type Happening, hasItsParts, NEEDS, NEEDS_ONE_OF } from './fault-parts.ts'
import { MOST_FAULTS, MOST_REPLICAS } from './limits.ts'
import {
  balancerTarget,
  cachedTarget,
  checkedTier,
  population,
  target,
  targetOrBalancer,
  wholeTier,
  zoneTarget,
} from './targets.ts'

const CHECK_SETTINGS = NEEDS_ONE_OF.checks
/** A spike has as many copies of its population's process. */
const MOST_TIMES = 1000

const LATER = `deploy rollout flood attack zone cut`.split(' ')

const time = distributionOf('duration')

const fields = {
  at: needed(durationOf({ bare: 's' }), 'When, from the start of the run.'),
  crash: optional(
    targetOrBalancer,
    'These replicas die: requests in them fail at once, new ones are refused. balancer/1 is a balancer in front.',
  ),
  hang: optional(target, 'These replicas accept requests and never answer.'),
  slow: optional(target, 'These replicas take `factor` times as long for everything.'),
  errors: optional(target, 'These replicas fail a `share` of their requests fast.'),
  recover: optional(targetOrBalancer, 'These replicas, or this balancer, are well again.'),
  purge: optional(cachedTarget, 'The caches of these replicas are emptied.'),
  softPurge: optional(
    cachedTarget,
    'What the caches of these replicas hold is old from now on, and served within grace while it is fetched.',
  ),
  update: optional(cachedTarget, 'All that these caches hold changes at its origin, and nobody tells them.'),
  pause: optional(
    target,
    'These replicas stand still now and then: `every` so often, for `lasts` each time.',
  ),
  flap: optional(target, 'These replicas crash and come back: `up` for so long, `down` for so long.'),
  restart: optional(target, 'These replicas die, and are back after `takes`.'),
  outage: optional(zoneTarget, 'All replicas of this zone die, in all tiers.'),
  partition: optional(target, 'No request reaches these replicas (`from` one sender, or from all).'),
  latency: optional(target, 'Each way to these replicas and back takes `add` longer.'),
  loss: optional(target, 'A `share` of the messages to these replicas and back is lost, and sent again.'),
  drain: optional(target, 'These replicas get no new clients.'),
  undrain: optional(target, 'These replicas get clients as before.'),
  weight: optional(target, 'These replicas have only a `share` of their weight.'),
  spike: optional(population, 'This population sends `factor` times as many requests; below 1, fewer.'),
  reload: optional(balancerTarget, 'These balancers read their configuration anew, and forget their counts.'),
  scale: optional(wholeTier, 'This tier shall have `to` replicas.'),
  balance: optional(wholeTier, 'The balancers of this tier choose by another strategy from now on (`with`).'),
  checks: optional(
    checkedTier,
    'The balancers of this tier check by other settings from now on: `interval`, `timeout`, `fall`, `rise`.',
  ),
  slots: optional(target, 'These replicas have `to` slots each; what is being served is served to its end.'),
  factor: optional(
    numberOf({ min: 0, above: true, max: 1e6 }),
    'With slow: how many times longer it takes; with spike: how many times as many requests; below 1 fewer.',
  ),
  share: optional(
    shareOf(),
    'With errors: the share of requests that fail; with loss, of messages that are lost; with weight, of the weight.',
  ),
  keys: optional(
    shareOf({ min: 0, above: true, max: 1 }),
    'With errors: they strike this share of the keys only; with purge and softPurge: only these keys are meant, as by a ban.',
  ),
  breaksOff: optional(
    yesOrNo,
    'With errors: the connection breaks off after the request was accepted (a 502), in place of an answer.',
  ),
  every: optional(time, 'With pause: the time from the end of one to the next.'),
  lasts: optional(time, 'With pause: how long one is.'),
  up: optional(time, 'With flap: how long it is up.'),
  down: optional(time, 'With flap: how long it is down.'),
  takes: optional(durationOf({ min: 0, above: true, bare: 's' }), 'With restart: how long it takes; 10s.'),
  add: optional(durationOf({ min: 0, above: true }), 'With latency: how much is added each way.'),
  from: optional(
    targetOrBalancer,
    'With partition, latency and loss: only on the way from this balancer (balancer/1) or replica of the tier before.',
  ),
  as: optional(
    choiceOf(['blackhole', 'refuse'], 'a way to be cut off'),
    'With partition: blackhole (nothing comes back) or refuse (an error at once); blackhole when left out.',
  ),
  to: optional(
    integerOf({ min: 1, max: MOST_REPLICAS }),
    'With scale: how many replicas; with slots: how many slots of each.',
  ),
  with: optional(strategyAlone, 'With balance: the strategy, as `balancing` of a tier says it.'),
  interval: optional(
    durationOf({ min: 1e6 }),
    'With checks: the time from one check of a replica to the next.',
  ),
  timeout: optional(
    durationOf({ min: 0, above: true }),
    'With checks: unanswered for this long one has failed.',
  ),
  fall: optional(integerOf({ min: 1, max: 1000 }), 'With checks: failures in a row that take a replica out.'),
  rise: optional(integerOf({ min: 1, max: 1000 }), 'With checks: passes in a row that bring it back.'),
  for: optional(durationOf({ min: 0, above: true, bare: 's' }), 'Recovers by itself after this time.'),
}

type Read = RecordOf<typeof fields>

const entry = mapped(
  record(fields, {
    of: 'a fault',
    named: 'fault',
    later: LATER,
    either: [HAPPENINGS],
    belongs: BELONGS,
    needs: NEEDS,
    needsOneOf: NEEDS_ONE_OF,
  }),
  (read, tree, spot): readonly Fault[] | undefined => {
    const what = HAPPENINGS.find((one) => read[one] !== undefined)
    if (!what) return complain(spot, tree.place, `a fault needs one of ${HAPPENINGS.join(', ')}`)
    if (!hasItsParts(what, tree, spot)) return undefined
    const begins = beginningOf(what, read, tree, spot)
    return begins?.flatMap((fault) => withEnd(fault, what, read))
  },
)

/** Sorted by instant; entries at the same instant keep the order of the file. */
export const faults: Shape<readonly Fault[]> = mapped(
  listOf(entry, { of: 'faults', most: MOST_FAULTS }),
  (entries) => entries.flat().sort((a, b) => a.at - b.at),
)

/** What begins at the entry's instant. */
function beginningOf(what: Happening, read: Read, tree: Tree, spot: Spot): readonly Fault[] | undefined {
  const { at } = read
  if (what === 'outage') {
    return read.outage!.map((one) => ({ at, kind: 'crash', ...one, amount: 0 }))
  }
  if (what === 'spike') {
    const amount = read.factor!
    if (amount > MOST_TIMES) {
      const message = `a spike of ${amount} cannot be; up to ${MOST_TIMES} times as many requests are possible`
      return complain(within(spot, 'factor'), tree.place, message)
    }
    return [{ at, kind: 'spike', tier: -1, replica: -1, amount, client: read.spike! }]
  }
  if (what === 'scale') return [{ at, kind: 'scale', tier: read.scale!, replica: -1, amount: read.to! }]
  if (what === 'balance')
    return [{ at, kind: what, tier: read.balance!, replica: -1, amount: 0, strategy: read.with! }]
  if (what === 'checks') return checksFrom(read, tree, spot)
  const { balancer, ...where } = read[what]!
  if (what === 'reload') return [{ at, kind: 'reload', ...where, amount: 0, balancer: balancer! }]
  if (balancer !== undefined) {
    const ends = what === 'recover' ? ({ ends: true } as const) : {}
    return [{ at, kind: 'down', ...where, amount: 0, balancer, ...ends }]
  }
  const sender = read.from && senderOf(read.from, where.tier, tree, spot)
  if (read.from && sender === undefined) return undefined
  return [
    { at, kind: kindOf(what), ...where, amount: amountOf(what, read), ...detailsOf(what, read, sender) },
  ]
}

function checksFrom(read: Read, tree: Tree, spot: Spot): readonly Fault[] | undefined {
  const given = CHECK_SETTINGS.filter((setting) => read[setting] !== undefined)
  if (given.length === 0) {
    const message = '"checks" needs what is to change, such as interval: 1s'
    return complain(within(spot, 'checks'), tree.place, `${message}; allowed: ${CHECK_SETTINGS.join(', ')}`)
  }
  const checks = Object.fromEntries(given.map((setting) => [setting, read[setting]!]))
  return [{ at: read.at, kind: 'checks', tier: read.checks!, replica: -1, amount: 0, checks }]
}

function kindOf(what: Exclude<Happening, 'outage'>): FaultKind {
  if (what === 'restart') return 'crash'
  return what === 'undrain' ? 'drain' : what
}

function amountOf(what: Happening, { factor, share, add, to }: Read): number {
  if (what === 'slots') return to!
  if (what === 'slow') return factor!
  if (what === 'latency') return add!
  return what === 'errors' || what === 'loss' || what === 'weight' ? share! : 0
}

function detailsOf(what: Happening, read: Read, from: number | undefined): Partial<Fault> {
  const until = read.for === undefined ? {} : { until: read.at + read.for }
  const side = from === undefined ? {} : { from }
  if (what === 'pause') return { every: read.every!, lasts: read.lasts!, ...until }
  if (what === 'flap') return { every: read.up!, lasts: read.down!, ...until }
  if (what === 'partition') return { as: read.as ?? 'blackhole', ...side }
  if (what === 'undrain') return { ends: true }
  if (what === 'purge' || what === 'softPurge') return read.keys === undefined ? {} : { keys: read.keys }
  if (what !== 'errors') return side
  return {
    ...(read.keys === undefined ? {} : { keys: read.keys }),
    ...(read.breaksOff ? { breaksOff: true as const } : {}),
  }
}

/** The place among those that send to a tier. */
function senderOf(
  from: Pick<Fault, 'tier' | 'replica' | 'balancer'>,
  tier: number,
  tree: Tree,
  spot: Spot,
): number | undefined {
  const at = within(spot, 'from')
  const place = lookUp(tree, 'from')?.place ?? tree.place
  if (tier === 0) {
    if (from.balancer !== undefined && from.balancer >= 0) return from.balancer
    return complain(at, place, 'what is sent to the first tier comes from balancers; balancer/1 is the first')
  }
  if (from.balancer === undefined && from.tier === tier - 1 && from.replica >= 0) return from.replica
  const before = spot.tiers?.[tier - 1]?.id
  return complain(at, place, `only a replica of "${before}" sends there, such as ${before}/1`)
}

function withEnd(fault: Fault, what: Happening, read: Read): readonly Fault[] {
  const lasts = what === 'restart' ? (read.takes ?? 10e9) : read.for
  if (lasts === undefined) return [fault]
  const at = read.at + lasts
  const { kind } = fault
  if (kind === 'crash' || kind === 'hang' || kind === 'slow' || kind === 'errors') {
    const { keys: _, breaksOff: __, ...plain } = fault
    return [fault, { ...plain, at, kind: 'recover', amount: 0 }]
  }
  const { every: _, lasts: __, until: ___, ...rest } = fault
  return [fault, { ...rest, at, ends: true }]
}
