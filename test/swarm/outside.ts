/** What comes from outside in random scenarios: disturbed ways, pauses, spikes, deploys, scaling, dead balancers. */

import fc, { type Arbitrary } from 'fast-check'
import { SECOND } from '../../src/base/time.ts'
import { strategies } from '../../src/policies/balancing/index.ts'
import type { Discovery, Lifecycle, Rollout, Scaling } from '../../src/scenario/membership.ts'
import type { Fault, Tier } from '../../src/scenario/scenario.ts'
import { always, between } from '../model/build.ts'

export interface ComesAndGoes {
  /** How many more replicas there is room for. */
  readonly spares: number
  readonly lifecycle?: Lifecycle
  readonly discovery?: Discovery
  readonly scaling?: Omit<Scaling, 'max'>
}

/** How the replicas of a tier come and go. */
export function comesAndGoes(duration: number): Arbitrary<ComesAndGoes> {
  const part = (share: number) => Math.ceil(share * duration)
  const time = fc.constantFrom(0, 0.01, 0.1).map((share) => always(part(share)))
  return fc
    .record({
      spares: fc.constantFrom(1, 2, 4),
      lifecycle: fc.option(
        fc.record({
          boot: time,
          readiness: fc.boolean(),
          preStop: fc.constantFrom(0, part(0.02)),
          grace: fc.constantFrom(0, part(0.05)),
        }),
      ),
      discovery: fc.option(
        fc.record({
          rule: fc.constantFrom('instant', 'endpoints', 'polling', 'dns'),
          delay: fc.oneof(time, fc.constant(between(0, part(0.1)))),
          every: fc.constant(part(0.05)),
        }),
      ),
      scaling: fc.option(
        fc.record({
          min: fc.constant(1),
          target: fc.constantFrom(0.2, 0.7),
          sync: fc.constant(part(0.05)),
          tolerance: fc.constant(0.1),
          stabiliseDown: fc.constantFrom(0, part(0.2)),
          stabiliseUp: fc.constant(0),
          readinessDelay: fc.constant(part(0.02)),
          more: fc.constantFrom<Partial<Scaling>>(
            {},
            { rule: 'scheduled', schedule: plan(duration) },
            { schedule: { ...plan(duration), every: part(0.5) } },
            {
              rule: 'simple',
              simple: { above: 0.6, below: 0.4, add: 2, remove: 1, cooldown: part(0.1) },
              schedule: plan(duration),
            },
          ),
        }),
      ),
    })
    .map(
      ({ spares, scaling, ...rest }) =>
        ({
          spares,
          ...(scaling === null ? {} : { scaling: withMore(scaling) }),
          ...Object.fromEntries(Object.entries(rest).filter(([, one]) => one !== null)),
        }) as ComesAndGoes,
    )
}

function withMore({ more, ...rest }: Omit<Scaling, 'max'> & { readonly more: Partial<Scaling> }) {
  return { ...rest, ...more }
}

function plan(duration: number) {
  return {
    entries: [
      { at: Math.ceil(0.1 * duration), replicas: 2 },
      { at: Math.ceil(0.4 * duration), replicas: 1 },
    ],
  }
}

/** Timed entries, those that last with their ends. */
export function outsideFaults(
  duration: number,
  tiers: readonly Tier[],
  clients: readonly { readonly arrivals: { readonly policy: string } }[],
): Arbitrary<readonly Fault[]> {
  const part = (share: number) => Math.ceil(share * duration)
  const where = fc.record({
    at: fc.integer({ min: 0, max: duration }),
    lasts: fc.constantFrom(1, part(0.05), part(0.3)),
    tier: fc.nat({ max: tiers.length - 1 }),
    place: fc.nat({ max: 7 }),
    isAll: fc.boolean(),
  })
  // A message that is lost eight times takes 51 s, which is too long for runs of milliseconds.
  const kinds = KINDS.filter((kind) => kind !== 'loss' || duration >= SECOND)
  const what = fc.constantFrom<(typeof KINDS)[number]>(...kinds)
  const one = fc
    .tuple(where, what, rollout(duration))
    .map(([{ at, lasts, tier, place, isAll }, kind, version]): Fault[] => {
      const count = tiers[tier]!.replicas.length
      const client = place % clients.length
      const base = { at, tier, replica: isAll ? -1 : place % count, amount: 0 }
      const end = at + lasts
      const both = (more: Partial<Fault> & Pick<Fault, 'kind'>, atEnd: Partial<Fault> = {}): Fault[] => [
        { ...base, ...more },
        { ...base, ...more, ...atEnd, at: end, ends: true },
      ]
      const dense = { every: always(part(0.01)), lasts: always(part(0.004)), until: end }
      if (kind === 'blackhole') return both({ kind: 'partition', as: 'blackhole' })
      if (kind === 'refuse') return both({ kind: 'partition', as: 'refuse', from: 0 })
      if (kind === 'latency') return both({ kind, amount: part(0.01) })
      if (kind === 'loss' || kind === 'weight') return both({ kind, amount: 0.3 })
      if (kind === 'pause' || kind === 'flap') return both({ kind, ...dense })
      if (kind === 'drain') return both({ kind })
      if (kind === 'down') return both({ kind, balancer: isAll ? -1 : 0, tier: 0, replica: -1 })
      if (kind === 'reload') return [{ ...base, kind, balancer: -1, tier: 0, replica: -1 }]
      if (kind === 'scale') return [{ ...base, kind, replica: -1, amount: 1 + (place % count) }]
      if (kind === 'deploy') return [{ ...base, kind, replica: -1, rollout: version }]
      if (kind === 'slots') return both({ kind, amount: 1 + place })
      if (kind === 'balance') return [balanced(tiers[tier]!, { ...base, kind, replica: -1 })]
      if (kind === 'checks') {
        if (tiers[tier]!.health?.active === undefined) return []
        const checks = isAll ? { interval: part(0.02), rise: 1 } : { interval: part(0.1), fall: 2 }
        return [{ ...base, kind, replica: -1, checks }]
      }
      if (kind === 'gray') {
        const errors: Fault = { ...base, kind: 'errors', amount: 0.5, keys: 0.5, breaksOff: true }
        return [errors, { ...base, at: end, kind: 'recover' }]
      }
      if (clients[client]!.arrivals.policy === 'closed') return []
      return both({ kind: 'spike', tier: -1, replica: -1, amount: isAll ? 0.4 : 2.5, client })
    })
  return fc.array(one, { maxLength: 4 }).map((all) => all.flat())
}

const KINDS = [
  'blackhole',
  'refuse',
  'latency',
  'loss',
  'pause',
  'flap',
  'drain',
  'weight',
  'down',
  'reload',
  'scale',
  'deploy',
  'gray',
  'spike',
  'balance',
  'checks',
  'slots',
] as const

/** Any strategy with its defaults takes over; where counts are old, one that bears that. */
function balanced({ structure }: Tier, entry: Omit<Fault, 'strategy'>): Fault {
  const possible = strategies.all.filter(({ bearsOldCounts }) => !structure?.refresh || bearsOldCounts)
  const { name, params } = possible[entry.at % possible.length]!
  const defaults = Object.entries(params).map(([param, { default: value }]) => [param, value])
  return { ...entry, strategy: { policy: name, params: Object.fromEntries(defaults) } }
}

function rollout(duration: number): Arbitrary<Rollout> {
  return fc.record({
    strategy: fc.constantFrom('recreate', 'rolling', 'blue-green', 'canary'),
    surge: fc.constantFrom(1, 2),
    unavailable: fc.constantFrom(0, 1),
    version: fc.record({ speed: fc.constantFrom(1, 0.5), errors: fc.constantFrom(0, 0.5) }),
    steps: fc.constant([
      { replicas: 1, for: Math.ceil(duration / 20) },
      { replicas: 2, for: Math.ceil(duration / 20) },
    ]),
    rollbackAbove: fc.constantFrom(1, 0.2),
  })
}
