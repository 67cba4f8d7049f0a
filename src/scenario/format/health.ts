/** `health`: how each balancer finds out about each replica; `failures`: what strikes replicas at random. */

import type { Registry } from '../../base/registry.ts'
import { checkRules } from '../../policies/health/active/index.ts'
import { passiveRules, watches } from '../../policies/health/passive/index.ts'
import type { Chosen, Params, Policy } from '../../policies/policy.ts'
import type { ActiveChecks, Health, PodProbes, RandomFailures, StartUp } from '../scenario.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { paramsOf } from '../shapes/params.ts'
import { choiceOf, yesOrNo } from '../shapes/plain.ts'
import type { CheckedPolicy } from '../shapes/policy.ts'
import { durationOf, integerOf } from '../shapes/quantity.ts'
import { type Fields, needed, optional, type RecordShape, record, standard } from '../shapes/record.ts'
import { ruled } from '../shapes/ruled.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, within } from '../source/problem-list.ts'
import { lookUp } from '../source/tree.ts'
import { agent } from './agent.ts'
import { MOST_REPLICAS } from './limits.ts'
import { probesOf, refuseIdleProbes } from './probes.ts'
import { refuseWithoutEffect } from './without-effect.ts'

const path = standard(
  choiceOf(['cheap', 'deep'], 'what a check can ask for'),
  'cheap: a page that is there while the replica lives; deep: it fails as requests do.',
  'cheap',
)

/** Beside the parameters of every rule for checks. */
const beside = {
  path,
  queued: standard(
    yesOrNo,
    'True: a check waits at the replica and is served there like a request; false: it is answered aside.',
    false,
  ),
  cost: standard(durationOf({ min: 0 }), 'Work of a check at the replica, in time at speed 1.', '0ms'),
  onMarkedDown: standard(
    choiceOf(['keep', 'shutdown-sessions'], 'what can happen to requests'),
    'shutdown-sessions: requests at a replica that is marked down end with an error at once.',
    'keep',
  ),
}

const rule = (name: string, of: string) =>
  standard(choiceOf([name], of), 'The product whose rule it follows.', name)

const kubernetes = record(
  { rule: rule('kubernetes', 'a rule for checks'), ...probesOf(path) },
  { of: 'active checks (kubernetes)' },
)

/** The parameters of a policy with `rule`, and what else stands there, around them. */
function settingsOf(policy: Policy, of: string, more: Fields = {}): RecordShape<Fields> {
  const { fields } = paramsOf(policy.name, policy.params, 'duration', distributionOf)
  return record(
    { rule: rule(policy.name, of), ...fields, ...more },
    { of: `${of} (${policy.name})`, later: ['port'] },
  )
}

/** A rule with its parameters, and what stands beside them. */
function chosen<T>(
  registry: Registry<CheckedPolicy>,
  of: string,
  more: Fields,
  others: Readonly<Record<string, RecordShape<Fields>>>,
  make: (rule: Chosen, settings: Readonly<Record<string, unknown>>) => T,
): Shape<T> {
  const rules = registry.all.map((policy) => [policy.name, settingsOf(policy, of, more)] as const)
  return mapped(ruled(of, { ...Object.fromEntries(rules), ...others }), ({ rule, settings }, tree, spot) => {
    const policy = registry.has(rule) ? registry.get(rule) : undefined
    const apart = ['rule', ...Object.keys(more)]
    const own = Object.entries(settings).filter(([name]) => !apart.includes(name))
    const params = Object.fromEntries(own) as Params
    const faults = policy?.check?.(params) ?? []
    for (const fault of faults) complain(spot, tree.place, `"${rule}": ${fault}`)
    return faults.length > 0 ? undefined : make({ policy: rule, params }, settings)
  })
}

type Active = Pick<Health, 'active' | 'probes'>

const active: Shape<Active> = chosen(
  checkRules,
  'active checks',
  beside,
  { kubernetes: kubernetes as unknown as RecordShape<Fields> },
  (rule, settings): Active => {
    const { rule: _, ...probes } = settings as unknown as PodProbes & { readonly rule: string }
    if (rule.policy === 'kubernetes') return { probes }
    const { path, queued, cost, onMarkedDown } = settings as unknown as Omit<ActiveChecks, 'rule'>
    return { active: { rule, path, queued, cost, onMarkedDown } }
  },
)

const passive = chosen(passiveRules, 'passive health', {}, {}, (rule) => rule)

/** Parameters of one rule that has a key of its own. */
function only(name: string): Shape<Chosen> {
  const policy: CheckedPolicy = watches.get(name)
  return mapped(paramsOf(name, policy.params, 'duration', distributionOf), (params, tree, spot) => {
    const faults = policy.check?.(params as Params) ?? []
    for (const fault of faults) complain(spot, tree.place, fault)
    if (name === 'circuit-breaker' && (params as Params).share === undefined) {
      const why = 'does nothing without "share": it is how many requests that is taken of'
      refuseWithoutEffect(tree, 'volume', why, 'leave it out, or add share: 50%', spot)
    }
    return faults.length > 0 ? undefined : { policy: name, params: params as Params }
  })
}

const startUp: Shape<StartUp> = record(
  {
    time: needed(distributionOf('duration'), 'How long a replica takes from its start until it can serve.'),
    meanwhile: standard(
      choiceOf(['refuses', 'errors'], 'what a replica can do while it starts'),
      'refuses: nothing listens yet; errors: it answers, with errors.',
      'errors',
    ),
    readiness: standard(
      choiceOf(['honest', 'early'], 'what cheap checks can say meanwhile'),
      'early: cheap checks pass before it can serve.',
      'honest',
    ),
  },
  { of: 'startUp' },
)

export const health: Shape<Health> = mapped(
  record(
    {
      active: optional(active, 'Checks that each balancer sends to each replica, or probes of Kubernetes.'),
      passive: optional(passive, 'How each balancer judges replicas by the requests that it has sent.'),
      outliers: optional(only('outliers'), 'Ejects replicas that fail in a row or stand out (Envoy).'),
      circuitBreaker: optional(only('circuit-breaker'), 'A circuit breaker for each replica.'),
      agent: optional(agent, 'A program on each replica that asks for a weight (HAProxy).'),
      startUp: optional(startUp, 'What a replica does from its start until it can serve.'),
    },
    { of: 'health', later: ['panic'] },
  ),
  ({ active: checks, ...rest }, tree, spot): Health | undefined => {
    if (rest.passive?.policy === 'haproxy-observe' && checks?.active?.rule.policy !== 'haproxy') {
      const message = '"haproxy-observe" acts on checks: it needs active checks with the rule haproxy'
      return complain(within(spot, 'passive'), lookUp(tree, 'passive')!.place, message)
    }
    refuseIdleProbes(checks?.probes, tree, spot)
    return { ...checks, ...(rest as Omit<Health, 'active' | 'probes'>) }
  },
)

/** A bare duration is the mean of an exponential time, as MTTF and MTTR always are. */
const timeTo: Shape<Chosen> = eitherOf('a duration or a distribution of durations is needed, such as 10m', {
  scalar: mapped(
    durationOf({ min: 1e6, bare: 's' }),
    (mean): Chosen => ({ policy: 'exponential', params: { mean } }),
  ),
  map: distributionOf('duration'),
})

export const failures: Shape<RandomFailures> = mapped(
  record(
    {
      mttf: needed(
        timeTo,
        'Time from recovery to the next failure: the mean of an exponential, or a distribution.',
      ),
      mttr: needed(timeTo, 'Time from failure to recovery: the mean of an exponential, or a distribution.'),
      as: standard(
        choiceOf(['crash', 'hang'], 'a way to fail'),
        'What a failure does to the replica.',
        'crash',
      ),
      crews: optional(
        integerOf({ min: 1, max: MOST_REPLICAS }),
        'How many replicas of the tier can be repaired at the same time; the others wait. Left out: all.',
      ),
    },
    { of: 'failures' },
  ),
  ({ mttf, mttr, as, crews }): RandomFailures => ({
    upTime: mttf,
    downTime: mttr,
    as,
    ...(crews === undefined ? {} : { crews }),
  }),
)
