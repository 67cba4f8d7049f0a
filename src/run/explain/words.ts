/** Times and rules in words, for whoever asks why. */

import { OUTCOME_NAMES } from '../../model/facts.ts'
import type { Health, Tier } from '../../scenario/scenario.ts'
import type { Leg } from './story.ts'

export { standingWords } from '../../policies/upstream/standing-words.ts'

/** How a request, or a call of it, ended. */
export function outcomeWords(outcome: number): string {
  return OUTCOME_NAMES[outcome]!
}

/** An instant: `34.2 s`, `0.125 s`. */
export function instant(ns: number): string {
  return `${Number((ns / 1e9).toFixed(3))} s`
}

/** A length of time: `34.2 s`, `12.5 ms`, `0.4 ms`. */
export function lasting(ns: number): string {
  if (ns >= 1e9) return `${Number((ns / 1e9).toPrecision(3))} s`
  return `${Number((ns / 1e6).toPrecision(3))} ms`
}

/** What has to happen before a balancer takes a replica out by its checks; empty when it has none. */
export function ruleWords(health: Health | undefined): string {
  if (health?.active) {
    const { policy, params } = health.active.rule
    const failures = params.fall ?? params.unhealthyThreshold
    const every = `a check every ${lasting(Number(params.interval))}`
    if (typeof failures === 'number') {
      return failures === 1
        ? `one check has to fail, with ${every}`
        : `${failures} checks in a row have to fail, with ${every}`
    }
    if (policy === 'varnish') {
      return `fewer than ${params.threshold} of the last ${params.window} checks have to be good, with ${every}`
    }
    return `its checks have to say so, with ${every}`
  }
  const readiness = health?.probes?.readiness
  if (readiness) {
    return `${readiness.failure} probes in a row have to fail, with one every ${lasting(readiness.period)}`
  }
  if (health?.passive)
    return `enough of its requests have to fail first (${health.passive.policy.replaceAll('-', ' ')})`
  return ''
}

/** What turned a request away at a replica: a limit of rates or of connections, or that it was not sent in time. */
export function limitWords({ spans }: Leg, { rateLimits, connections, tls }: Tier, name: string): string {
  const { perNode, patience = 60e9 } = connections ?? {}
  // After the way there it is sent, over a connection that may have to be opened.
  const sending = spans.find(({ kind }, i) => i > 0 && kind === 'way')
  if ((connections ?? tls) !== undefined && sending && sending.to - sending.from >= patience) {
    return `${name} waited ${lasting(patience)} for the whole of it, and for no longer.`
  }
  if (perNode === undefined) return `A rate limit at ${name} turned it away.`
  const full = `${name} had as many connections as it may have (${perNode})`
  return rateLimits === undefined ? `${full}.` : `${full}, or a rate limit there turned it away.`
}
