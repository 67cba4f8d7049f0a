/**
 * Why a request failed: the nearest cause first, each a sentence. Looks at what the request met, and then at
 * what was true and believed of the replicas that it met (the changes that the run has noted).
 */

import type { Change } from '../../measure/series.ts'
import {
  BROKEN,
  ERROR,
  EXPIRED,
  HEALTH_ABSENT,
  HEALTH_CRASHED,
  HEALTH_HUNG,
  HEALTH_STARTING,
  HEALTH_STOPPING,
  HEALTH_UP,
  LATE,
  LIMITED,
  NO_ANSWER,
  OK,
  OUTCOME_NAMES,
  OVERFLOW,
  REFUSED,
  REJECTED,
  SHED,
  THROTTLED,
  TIMED_OUT,
  UNAVAILABLE,
} from '../../model/facts.ts'
import { standingWords } from '../../policies/upstream/standing-words.ts'
import { type Scenario, type Tier, UNLIMITED } from '../../scenario/scenario.ts'
import { tierAt } from '../../scenario/tier-at.ts'
import type { Candidate, Cause, Choice, Leg, SpanKind, Story } from './story.ts'
import { instant, lasting, limitWords, ruleWords } from './words.ts'

/** Replicas that a sentence, or a list of them, names. */
const MOST_NAMED = 6

type Told = Omit<Story, 'causes'>

export function causesOf(story: Told, scenario: Scenario, changes: readonly Change[]): readonly Cause[] {
  if (story.outcome === OK || story.outcome < 0) return []
  const names = scenario.tiers.flatMap((tier) => tier.replicas.map(({ id }) => id))
  const tell = teller(scenario, names, changes)
  const failed = story.legs.filter((leg) => leg.tier >= 0 && leg.outcome > OK)
  // The deepest of the last try: what those above it passed on.
  const last = failed.toSorted((a, b) => a.attempt - b.attempt || a.tier - b.tier).at(-1)
  const causes: Cause[] = [...tell.ofEnd(story)]
  for (const leg of new Set(failed.filter((one) => one.attempt !== last?.attempt))) {
    causes.push({
      at: endOf(leg),
      text: `Try ${leg.attempt + 1}${at(names, leg)}: ${OUTCOME_NAMES[leg.outcome]}.`,
    })
  }
  if (last) causes.push(...tell.ofLeg(last, story.choices[last.choice]))
  return causes
}

const at = (names: readonly string[], { node }: Leg) => (node < 0 ? '' : ` at ${names[node]}`)

function endOf({ spans }: Leg): number {
  return Math.max(...spans.map(({ to }) => to))
}

interface Teller {
  ofEnd(story: Told): readonly Cause[]
  ofLeg(leg: Leg, choice: Choice | undefined): readonly Cause[]
}

const DOING: Readonly<Record<SpanKind, string>> = {
  way: 'on the network',
  back: 'on the network',
  line: 'in line at a balancer',
  limit: 'held back by a rate limit',
  queue: 'in queues',
  service: 'in service',
  below: 'waiting for the next tier',
}

function teller(scenario: Scenario, names: readonly string[], changes: readonly Change[]): Teller {
  const tierOf = scenario.tiers.flatMap((tier) => tier.replicas.map(() => tier))

  function ofEnd(story: Told): readonly Cause[] {
    const { outcome, born, settled } = story
    if (outcome === TIMED_OUT || outcome === NO_ANSWER) {
      const who =
        outcome === TIMED_OUT ? 'its client waited no longer' : 'whoever sent it on waited no longer'
      return [
        { at: settled, text: `After ${lasting(settled - born)} ${who}; ${whereTimeWent(story)}.` },
        ...slowOnes(story),
      ]
    }
    if (outcome === THROTTLED)
      return [{ at: settled, text: 'Its client did not send it, as too many had been turned away before.' }]
    if (outcome === OVERFLOW) return [overflowed(story)]
    if (outcome === UNAVAILABLE) return [nobodyReady(story), ...believedOut(story)]
    return []
  }

  function ofLeg(leg: Leg, choice: Choice | undefined): readonly Cause[] {
    const { node, outcome } = leg
    const when = endAtReplica(leg)
    if (node < 0) {
      const text =
        outcome === EXPIRED
          ? 'It waited in line at its balancer for longer than it may.'
          : `At its balancer: ${OUTCOME_NAMES[outcome]}.`
      return [{ at: when, text }]
    }
    const name = names[node]!
    const tier = tierOf[node]!
    const truth = lastOf(changes, when, (one) => one.kind === 'truth' && one.node === node)
    const down = truth !== undefined && truth.value !== HEALTH_UP
    switch (outcome) {
      case REFUSED:
        return [
          { at: when, text: `${name} refused it: nothing listened there.` },
          ...(down ? [{ at: truth.at, text: `${name} ${happened(truth)}.` }] : []),
          ...belief(leg, tier, name, truth, choice, when),
        ]
      case BROKEN:
        return [
          { at: when, text: `${name} broke off while it had the request.` },
          ...(down ? [{ at: truth.at, text: `${name} ${happened(truth)}.` }] : []),
        ]
      case ERROR: {
        const share = truth?.errors ?? 0
        const text =
          share > 0
            ? `${name} answered with an error: since ${instant(truth!.at)} it fails ${Math.round(share * 100)} % of its requests.`
            : `${name} answered with an error.`
        return [{ at: when, text }, ...(share > 0 ? belief(leg, tier, name, truth, choice, when) : [])]
      }
      case REJECTED: {
        const { queue } = tier.service
        const room = queue < UNLIMITED ? ` (${queue} may wait there, beyond those in service)` : ''
        return [
          { at: when, text: `${name} turned it away: its queue was full${room}.` },
          ...loaded(choice, node, name),
        ]
      }
      case EXPIRED:
        return [
          { at: when, text: `It waited in the queue of ${name} for longer than tier ${tier.id} allows.` },
          ...loaded(choice, node, name),
        ]
      case SHED:
        return [
          { at: when, text: `${name} turned it away because of its load.` },
          ...loaded(choice, node, name),
        ]
      case LATE:
        return [{ at: when, text: `${name} did not begin it, as nobody waited for it any more.` }]
      case LIMITED:
        return [{ at: when, text: limitWords(leg, tier, name) }]
      default:
        return down ? [{ at: truth.at, text: `${name} ${happened(truth)}.` }] : []
    }
  }

  /** How long the balancer took it for ready, and what it would have taken to know better. */
  function belief(
    { node }: Leg,
    tier: Tier,
    name: string,
    truth: Change | undefined,
    choice: Choice | undefined,
    when: number,
  ): readonly Cause[] {
    const pool = choice && choice.from < 0 ? -1 - choice.from : undefined
    const isIts = (one: Change) =>
      one.kind === 'belief' && one.node === node && (pool === undefined || one.balancer === pool)
    if (lastOf(changes, when, isIts)?.value === 0) {
      return [{ at: when, text: `The balancer knew that ${name} was not ready, and had nothing better.` }]
    }
    const next = changes.find((one) => one.at >= when && isIts(one) && one.value === 0)
    const recovered = changes.find(
      (one) => one.at > (truth?.at ?? when) && one.kind === 'truth' && one.node === node,
    )
    const rule = ruleWords(tierAt(scenario, scenario.tiers.indexOf(tier), when).health)
    if (rule === '')
      return [
        { at: Number.NaN, text: `Nobody checks the health of ${tier.id}, so its balancer cannot know.` },
      ]
    if (next && (recovered === undefined || next.at <= recovered.at)) {
      return [
        {
          at: next.at,
          text: `The balancer believed ${name} to be ready until ${instant(next.at)}, because ${rule}.`,
        },
      ]
    }
    return [{ at: Number.NaN, text: `The balancer never noticed: ${rule}.` }]
  }

  /** The limits of the tier that it did not come to. */
  function overflowed({ legs, settled }: Told): Cause {
    const tier = scenario.tiers[1 + Math.max(-1, ...legs.map((leg) => leg.tier))]
    const { requests = 0, connections = 0, pending = 0 } = tier?.structure?.cluster ?? {}
    const limits = `${requests} requests under way, ${connections} connections, ${pending} that wait for one`
    return { at: settled, text: `Its balancer may have no more at ${tier?.id} at once: ${limits}.` }
  }

  function nobodyReady({ choices, settled }: Told): Cause {
    const last = choices.findLast(({ how }) => how === 'turned away')
    const text = 'The balancer believed that no replica could take it'
    return { at: settled, text: last ? `${text}: ${outWords(last.candidates)}.` : `${text}.` }
  }

  /** The first few replicas of the tier where nobody was left. */
  function believedOut({ legs, settled }: Told): readonly Cause[] {
    const tier = scenario.tiers[1 + Math.max(-1, ...legs.map((leg) => leg.tier))]
    const nodes = [...tierOf.keys()].filter((node) => tierOf[node] === tier)
    return nodes.slice(0, MOST_NAMED).flatMap((node) => falseAlarm(node, settled))
  }

  /** Replicas that are well but are believed not to be. */
  function falseAlarm(node: number, when: number): readonly Cause[] {
    const said = lastOf(changes, when, (one) => one.kind === 'belief' && one.node === node && one.value === 0)
    const truth = lastOf(changes, when, (one) => one.kind === 'truth' && one.node === node)
    if (!said) return []
    const well = truth === undefined || truth.value === HEALTH_UP
    const text = well
      ? `${names[node]} was well, but has been believed out since ${instant(said.at)}.`
      : `${names[node]} ${happened(truth)}, and has been believed out since ${instant(said.at)}.`
    return [{ at: said.at, text }]
  }

  function whereTimeWent(story: Told): string {
    const sums = new Map<string, number>()
    for (const { spans } of story.legs)
      for (const { kind, from, to } of spans) {
        if (kind === 'below' || from >= story.settled) continue
        sums.set(DOING[kind], (sums.get(DOING[kind]) ?? 0) + Math.min(to, story.settled) - from)
      }
    const parts = [...sums].sort((a, b) => b[1] - a[1]).slice(0, 2)
    if (parts.length === 0) return 'it had not come anywhere'
    return `it had spent ${parts.map(([where, ns]) => `${lasting(ns)} ${where}`).join(' and ')}`
  }

  /** Replicas on its way that hung or were slow then. */
  function slowOnes({ legs, settled }: Told): readonly Cause[] {
    const nodes = new Set(legs.filter(({ node }) => node >= 0).map(({ node }) => node))
    return [...nodes].flatMap((node) => {
      const truth = lastOf(changes, settled, (one) => one.kind === 'truth' && one.node === node)
      const isOdd = truth !== undefined && (truth.value !== HEALTH_UP || truth.rate < speedOf(node))
      return isOdd ? [{ at: truth.at, text: `${names[node]} ${happened(truth)}.` }] : []
    })
  }

  function speedOf(node: number): number {
    return scenario.tiers.flatMap(({ replicas }) => replicas)[node]!.speed
  }

  function loaded(choice: Choice | undefined, node: number, name: string): readonly Cause[] {
    const one = choice?.candidates.find((candidate) => candidate.node === node)
    if (!choice || !one) return []
    const text = `When it was sent there, ${name} had ${one.busy} in service and ${one.waiting} waiting; its balancer believed ${one.inFlight}.`
    return [{ at: choice.at, text }]
  }

  function outWords(candidates: readonly Candidate[]): string {
    const some = candidates
      .slice(0, 6)
      .map(({ node, out }) => `${names[node]} ${standingWords(out) || 'not picked'}`)
    return (
      some.join(', ') + (candidates.length > MOST_NAMED ? ` and ${candidates.length - MOST_NAMED} more` : '')
    )
  }

  return { ofEnd, ofLeg }
}

function endAtReplica({ spans }: Leg): number {
  const there = spans.filter(({ kind }) => kind !== 'back')
  return there.length > 0 ? Math.max(...there.map(({ to }) => to)) : (spans[0]?.from ?? Number.NaN)
}

function happened({ at: when, value, rate }: Change): string {
  if (value === HEALTH_CRASHED) return `crashed at ${instant(when)}`
  if (value === HEALTH_HUNG) return `has hung since ${instant(when)}`
  if (value === HEALTH_ABSENT) return `has been gone since ${instant(when)}`
  if (value === HEALTH_STARTING) return `has been starting since ${instant(when)}`
  if (value === HEALTH_STOPPING) return `has been stopping since ${instant(when)}`
  return rate > 0
    ? `works ${Number((1 / rate).toPrecision(2))} times slower since ${instant(when)}`
    : `stands since ${instant(when)}`
}

function lastOf(
  changes: readonly Change[],
  when: number,
  isIt: (change: Change) => boolean,
): Change | undefined {
  for (let i = changes.length - 1; i >= 0; i--) {
    const change = changes[i]!
    if (change.at <= when && isIt(change)) return change
  }
  return undefined
}
