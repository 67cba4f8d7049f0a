/** A request's facts as legs of a waterfall: which call was where from when to when. */

import {
  ARRIVED,
  ASKED_AT_HOME,
  AWAITED,
  BY_CLIENT,
  BY_HEDGE,
  CONNECTION_OPENED,
  EVICTED,
  FETCH_LEFT,
  FETCHED,
  FORWARDED,
  FRONT,
  HELD,
  HELD_BACK,
  LOOKED_UP,
  QUEUED,
  RELEASED,
  REPLIED,
  RETRIED,
  SENT,
  SERVED_OLD,
  SESSION_BEGAN,
  SESSION_LOST,
  SESSION_MOVED,
  SET_UP,
  SETTLED,
  STARTED,
  TIMED_OUT,
  TRY_ENDED,
  WENT_PAST,
} from '../../model/facts.ts'
import { VERDICTS } from '../../policies/caching/verdicts.ts'
import { attemptOf } from './attempt.ts'
import type { Leg, Mark, Span, SpanKind } from './story.ts'

/** A fact as the probe noted it. */
export interface RawFact {
  readonly at: number
  readonly code: number
  readonly detail: number
  readonly subject: number
  readonly object: number
  readonly value: number
}

interface OpenLeg {
  readonly tier: number
  readonly node: number
  readonly subject: number
  readonly why: Leg['why']
  readonly spans: Span[]
  readonly marks: Mark[]
  outcome: number
  choice: number
  /** What it is doing, and since when; NaN: nothing that takes time. */
  doing: SpanKind
  since: number
}

/** What turns numbers into what they stand for. */
export interface Places {
  tierOf(node: number): number
  /** The tier that a balancer (a pool) sends to. */
  tierOfPool(pool: number): number
  /** The place in `choices` of what led to a fact, or -1. */
  choiceOf(fact: RawFact): number
}

/** @param end legs that are still open are shown until then */
export function legsOf(facts: readonly RawFact[], places: Places, end: number): readonly Leg[] {
  const legs: OpenLeg[] = []
  const lines = new Map<string, Span[]>()
  const reasons = new Map<number, Leg['why']>()
  const begin = (tier: number, node: number, subject: number, at: number): OpenLeg => {
    const leg: OpenLeg = {
      tier,
      node,
      subject,
      why: reasons.get(subject) ?? '',
      spans: [],
      marks: [],
      outcome: -1,
      choice: -1,
      doing: 'way',
      since: at,
    }
    legs.push(leg)
    return leg
  }
  const at = (fact: RawFact) =>
    legs.findLast(({ node, subject }) => node === fact.object && subject === fact.subject)
  const network = (subject: number) =>
    legs.findLast((leg) => leg.tier < 0 && (leg.subject === subject || leg.subject === Math.floor(subject)))
  const reachFront = (fact: RawFact) => {
    const leg = network(fact.subject)
    if (leg?.doing === 'way') pass(leg, fact.at)
  }
  for (const fact of facts) {
    const { code, subject, detail } = fact
    if (code === ARRIVED) begin(-1, -1, subject, fact.at)
    else if (code === ASKED_AT_HOME) {
      const text = detail === 1 ? 'its own cache answers' : 'not in its own cache'
      network(subject)?.marks.push({ at: fact.at, text })
    } else if (code === RETRIED) {
      const isByClient = detail === BY_CLIENT || detail === BY_HEDGE
      reasons.set(
        subject,
        detail === BY_HEDGE
          ? 'the client hedges'
          : isByClient
            ? 'the client tries again'
            : 'the balancer tries again',
      )
      if (isByClient) begin(-1, -1, subject, fact.at)
    } else if (code === HELD) {
      const tier = places.tierOfPool(fact.object)
      if (tier === 0) reachFront(fact)
      lines.set(`${subject} ${fact.object}`, [])
    } else if (code === RELEASED) released(fact)
    else if (code === SENT) sent(fact)
    else if (code === SETTLED) {
      const leg = network(subject)
      if (leg) settled(leg, fact)
    } else if (code === TRY_ENDED) {
      const leg = legs.findLast((other) => other.tier < 0 && other.subject === subject)
      if (leg && detail >> 4 !== 0) leg.outcome = detail & 15
    } else follow(at(fact), fact)
  }
  return legs.map((leg) => finished(leg, end))

  function settled(leg: OpenLeg, fact: RawFact): void {
    pass(leg, fact.at)
    leg.outcome = fact.detail
    if (fact.detail === TIMED_OUT) return
    const answered = Math.max(
      ...legs.filter(({ tier }) => tier === 0).flatMap(({ spans }) => spans.map(endOf)),
    )
    if (Number.isFinite(answered) && answered < fact.at)
      leg.spans.push({ kind: 'back', from: answered, to: fact.at })
  }

  function released(fact: RawFact): void {
    const tier = places.tierOfPool(fact.object)
    const span: Span = { kind: 'line', from: fact.at - fact.value, to: fact.at }
    if (fact.detail === 0) lines.set(`${fact.subject} ${fact.object}`, [span])
    else {
      const leg = begin(tier, -1, fact.subject, Number.NaN)
      leg.spans.push(span)
      leg.outcome = fact.detail
    }
  }

  function sent(fact: RawFact): void {
    const tier = places.tierOf(fact.object)
    const leg = begin(tier, fact.object, fact.subject, Number.NaN)
    leg.choice = places.choiceOf(fact)
    if (fact.detail <= FRONT) reachFront(fact)
    for (const [key, spans] of lines) {
      const [subject, pool] = key.split(' ').map(Number)
      if (subject !== fact.subject || places.tierOfPool(pool!) !== tier) continue
      leg.spans.push(...spans)
      lines.delete(key)
    }
    if (fact.value > fact.at) leg.spans.push({ kind: 'way', from: fact.at, to: fact.value })
  }
}

/** A leg goes from what it is doing to something else, or to nothing that takes time. */
function pass(leg: OpenLeg, at: number, next?: SpanKind): void {
  if (at > leg.since) leg.spans.push({ kind: leg.doing, from: leg.since, to: at })
  leg.since = next === undefined ? Number.NaN : at
  if (next !== undefined) leg.doing = next
}

const endOf = (span: Span) => span.to

function follow(leg: OpenLeg | undefined, { at, code, detail, value }: RawFact): void {
  if (!leg) return
  if (code === HELD_BACK) leg.spans.push({ kind: detail === 0 ? 'limit' : 'way', from: at, to: value })
  else if (code === QUEUED) pass(leg, at, 'queue')
  else if (code === STARTED) pass(leg, at, 'service')
  else if (code === FORWARDED) pass(leg, at, 'below')
  else if (code === AWAITED) pass(leg, at, detail === 0 ? 'below' : undefined)
  else if (code === FETCH_LEFT) pass(leg, at)
  else if (code === REPLIED) {
    pass(leg, at)
    if (value > at) leg.spans.push({ kind: 'back', from: at, to: value })
    leg.outcome = detail & 15
  } else {
    const text = wordsOf(code, detail)
    if (text) leg.marks.push({ at, text })
  }
}

const HANDSHAKES = ['a connection is opened', 'a TLS handshake', 'a TLS session is resumed']

function wordsOf(code: number, detail: number): string {
  switch (code) {
    case LOOKED_UP:
      return `cache: ${VERDICTS[detail & 15]}${detail & 16 ? ', after it had waited' : ''}`
    case FETCHED:
      return `${detail & 32 ? 'not modified; ' : ''}${detail & 16 ? 'fetched in the background' : 'fetched for the cache'}`
    case SERVED_OLD:
      return detail === 1 ? 'served beyond its ttl' : 'served old'
    case WENT_PAST:
      return detail === 1 ? 'cache: a write goes past it' : 'cache: goes past it'
    case EVICTED:
      return 'pushed another object out of the cache'
    case CONNECTION_OPENED:
      return HANDSHAKES[detail] ?? 'a connection is opened'
    case SET_UP:
      return 'woke the replica'
    case SESSION_BEGAN:
      return 'the session begins here'
    case SESSION_MOVED:
      return 'the session moves here'
    case SESSION_LOST:
      return 'the session’s state is lost'
    default:
      return ''
  }
}

function finished(leg: OpenLeg, end: number): Leg {
  if (leg.since < end) pass(leg, end)
  const { tier, node, subject, why, spans, marks, outcome, choice } = leg
  return { tier, node, attempt: attemptOf(subject), why, spans, marks, outcome, choice }
}
