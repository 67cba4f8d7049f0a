/** What balancers keep to find out which replicas they can use, and what never changes of it. */

import type { CheckRule } from '../../policies/health/active/check-rule.ts'
import { checkRules } from '../../policies/health/active/index.ts'
import { type Container, type Probes, runningContainer } from '../../policies/health/kubelet.ts'
import { watches } from '../../policies/health/passive/index.ts'
import type { Watch } from '../../policies/health/passive/watch.ts'
import type { Chosen, Params } from '../../policies/policy.ts'
import type { ActiveChecks, Health, PodProbes } from '../../scenario/scenario.ts'
import { NIL } from '../tables.ts'

/** Of a tier; frozen. */
export interface FixedHealth {
  readonly checks: FixedChecks | undefined
  readonly probes: FixedProbes | undefined
  readonly watches: readonly FixedWatch[]
  readonly observe: Observed | undefined
  readonly agent: Health['agent']
}

export interface FixedChecks extends Omit<ActiveChecks, 'rule'> {
  readonly rule: CheckRule
  readonly params: Params
}

export interface FixedProbes {
  readonly grace: number
  readonly each: Probes
  /** By kind: true when it asks for the way of a request. */
  readonly isDeep: readonly boolean[]
}

interface FixedWatch {
  readonly rule: Watch
  readonly params: Params
}

/** HAProxy's `observe`. */
interface Observed {
  readonly observe: string
  readonly errorLimit: number
  readonly onError: string
}

/** Of a balancer. */
export interface PoolHealth {
  /** How it checks at the moment; frozen. Undefined: not at all. */
  checks: FixedChecks | undefined
  /** Numbers of the rule for checks, replica by replica. */
  readonly figures: Int32Array
  /** By replica: when the check that is under way began, NaN when none is; timer of the next one or of its timeout. */
  readonly began: Float64Array
  readonly timer: Float64Array
  /** By replica: the request that is the check under way, where it waits like one; NIL when there is none. */
  readonly asking: Int32Array
  readonly watching: readonly Watching[]
  /** By replica: 1 while all of these are calm about it (see `Watch.isCalm`). */
  readonly calm: Uint8Array
  /** By replica: errors in a row that were observed. */
  readonly observed: Int32Array
  /** 1 once it has sent a request. */
  hasTraffic: number
}

export interface Watching {
  readonly memory: unknown
  /** By replica: 1 while it keeps the replica out; when it will be looked at again, Infinity: not. */
  readonly out: Uint8Array
  readonly looksAt: Float64Array
}

/** Of a tier. */
export interface TierHealth {
  /** By replica. */
  readonly containers: readonly Container[]
}

export function fixedHealth(health: Health | undefined): FixedHealth | undefined {
  if (health === undefined) return undefined
  const { active, probes, passive, outliers, circuitBreaker, agent } = health
  const isObserved = passive?.policy === 'haproxy-observe'
  const watched = [isObserved ? undefined : passive, outliers, circuitBreaker].filter(
    (one) => one !== undefined,
  )
  return Object.freeze({
    checks: active && fixedChecks(active),
    probes: probes && fixedProbes(probes),
    watches: Object.freeze(watched.map(fixedWatch)),
    observe: isObserved ? (Object.freeze({ ...passive.params }) as unknown as Observed) : undefined,
    agent: agent && Object.freeze({ ...agent }),
  })
}

function fixedChecks({ rule, ...rest }: ActiveChecks): FixedChecks {
  const params = Object.freeze({ ...rule.params })
  return Object.freeze({ ...rest, rule: checkRules.get(rule.policy), params })
}

function fixedProbes({ startup, readiness, liveness, grace }: PodProbes): FixedProbes {
  const each = [startup, readiness, liveness] as const
  return Object.freeze({
    grace,
    each: Object.freeze([...each]) as unknown as Probes,
    isDeep: Object.freeze(each.map((probe) => probe?.path === 'deep')),
  })
}

function fixedWatch({ policy, params }: Chosen): FixedWatch {
  return Object.freeze({ rule: watches.get(policy), params: Object.freeze({ ...params }) })
}

/** A balancer that knows nothing yet. */
export function poolHealth(fixed: FixedHealth | undefined, replicas: number): PoolHealth {
  const rule = fixed?.checks?.rule
  const checked = rule === undefined ? 0 : replicas
  const figures = new Int32Array((rule?.figures ?? 0) * checked)
  for (let i = 0; i < checked; i++) rule!.begin(fixed!.checks!.params, figures, i * rule!.figures)
  return {
    checks: fixed?.checks,
    figures,
    began: new Float64Array(checked).fill(NaN),
    timer: new Float64Array(checked),
    asking: new Int32Array(checked).fill(NIL),
    watching: (fixed?.watches ?? []).map(({ rule, params }) => ({
      memory: rule.remember(params, replicas),
      out: new Uint8Array(replicas),
      looksAt: new Float64Array(replicas).fill(Infinity),
    })),
    calm: new Uint8Array(fixed?.watches.length ? replicas : 0),
    observed: new Int32Array(fixed?.observe ? replicas : 0),
    hasTraffic: 0,
  }
}

export function tierHealth(fixed: FixedHealth | undefined, replicas: number): TierHealth {
  const probed = fixed?.probes === undefined ? 0 : replicas
  return { containers: Array.from({ length: probed }, runningContainer) }
}
