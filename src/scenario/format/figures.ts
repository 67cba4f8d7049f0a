/** The figures of a report that an expectation may name, and the unit that each is compared in. */

import type { TierOutline } from '../source/problem-list.ts'

/** `ms` and `s`: a duration, in the report's unit; `rate`: per second; `count`: a plain number. */
export type FigureUnit = 'share' | 'ms' | 's' | 'rate' | 'count'

export interface Figure {
  /** Dotted path in the report. */
  readonly path: string
  readonly unit: FigureUnit
}

const SUMMARY = ['mean', 'sd', 'min', 'p50', 'p90', 'p95', 'p99', 'p999', 'max']

const REQUESTS = ['arrived', 'succeeded', 'failed', 'rejected', 'timedOut', 'retried', 'unfinished']

const TRIES = ['byBalancers', 'byClients', 'hedges', 'hedgesWon', 'overflowed']

const REFUSALS = ['dead', 'stopping', 'gone', 'starting', 'outOfReach']

const CONNECTIONS = ['opened', 'handshakes', 'meanOpen', 'mostOpen']

const POPULATION = ['arrived', 'succeeded', 'failed', 'rejected', 'timedOut', 'limited', 'unfinished']

const ATTACK = [
  'usersLimitedShare',
  'usersAvailability',
  'attackersLimitedShare',
  'attackersSucceededShare',
  'mistakenShare',
]

const CLIENT_CACHE: readonly [name: string, unit: FigureUnit][] = [
  ['lookUps', 'count'],
  ['hits', 'count'],
  ['hitRate', 'share'],
  ['servedOld', 'count'],
  ['servedOldShare', 'share'],
  ['servedOldMeanSeconds', 's'],
  ['servedOldMaxSeconds', 's'],
]

const REPLICA: readonly [name: string, unit: FigureUnit][] = [
  ['requests', 'count'],
  ['share', 'share'],
  ['utilisation', 'share'],
  ['meanQueueLength', 'count'],
  ['meanInSystem', 'count'],
  ['availability', 'share'],
]

const CACHE: readonly [name: string, unit: FigureUnit][] = [
  ['lookUps', 'count'],
  ['hits', 'count'],
  ['staleHits', 'count'],
  ['coalesced', 'count'],
  ['passed', 'count'],
  ['byteHitRate', 'share'],
  ['fetches', 'count'],
  ['backgroundFetches', 'count'],
  ['failedFetches', 'count'],
  ['notModified', 'count'],
  ['fetchedBytes', 'count'],
  ['fetchesPerLookUp', 'count'],
  ['bypassed', 'count'],
  ['writes', 'count'],
  ['invalidated', 'count'],
  ['evictions', 'count'],
  ['purged', 'count'],
  ['servedOld', 'count'],
  ['servedOldShare', 'share'],
  ['servedOldMeanSeconds', 's'],
  ['servedOldMaxSeconds', 's'],
]

/** Figures by the name that an expectation uses; short names first. */
export function figuresOf(
  tiers: readonly TierOutline[],
  clients: readonly string[] = [],
): ReadonlyMap<string, Figure> {
  const figures = new Map<string, Figure>()
  const add = (name: string, unit: FigureUnit, path = name) => figures.set(name, { path, unit })
  add('availability', 'share')
  add('errorBudget.burnt', 'count')
  summary('latency')
  summary('waiting')
  add('fractionThatWaited', 'share')
  add('throughput', 'rate', 'throughputPerSecond')
  add('goodput', 'rate', 'goodputPerSecond')
  add('throughputPerSecond', 'rate')
  add('goodputPerSecond', 'rate')
  add('meanInSystem', 'count')
  add('hitRate', 'share')
  for (const [name, unit] of CLIENT_CACHE) add(`clientCache.${name}`, unit)
  for (const name of REQUESTS) add(`requests.${name}`, 'count')
  for (const name of TRIES) add(`tries.${name}`, 'count')
  for (const { id, replicas = 0, classes = [] } of tiers) {
    const of = `tiers.${id}`
    add(`${of}.imbalance`, 'count')
    add(`${of}.jain`, 'count')
    add(`${of}.cv`, 'count')
    for (const what of ['begun', 'moved', 'broken']) add(`${of}.sessions.${what}`, 'count')
    add(`${of}.rejected`, 'count')
    add(`${of}.hitRate`, 'share')
    for (const [name, unit] of CACHE) add(`${of}.cache.${name}`, unit)
    add(`${of}.shed`, 'count')
    add(`${of}.replicaSeconds`, 's')
    add(`${of}.callsPerRequest`, 'count')
    add(`${of}.keysMoved`, 'share')
    add(`${of}.keysMovedNeedlessly`, 'share')
    for (const what of CONNECTIONS) add(`${of}.connections.${what}`, 'count')
    for (const what of ['resumptionRate', 'handshakeShare', 'reuseShare'])
      add(`${of}.connections.${what}`, 'share')
    add(`${of}.connections.handshakesPerSecond`, 'rate')
    for (const what of ['limited', 'heldBack']) add(`${of}.limits.${what}`, 'count')
    add(`${of}.limits.limitedShare`, 'share')
    for (const name of classes) {
      for (const what of ['passed', 'limited']) add(`${of}.limits.classes.${name}.${what}`, 'count')
      add(`${of}.limits.classes.${name}.limitedShare`, 'share')
    }
    add(`${of}.wasted`, 's', `${of}.wastedSeconds`)
    add(`${of}.wastedSeconds`, 's')
    for (const what of REFUSALS) add(`${of}.refusals.${what}`, 'count')
    summary(`${of}.waiting`)
    for (let i = 1; i <= Math.min(replicas, 100); i++) {
      for (const [name, unit] of REPLICA) add(`${of}.replicas.${id}/${i}.${name}`, unit)
    }
  }
  if (clients.length > 1) {
    for (const id of clients) population(`clients.${id}`)
    for (const what of ATTACK) add(`attack.${what}`, 'share')
  }
  return figures

  function population(of: string) {
    for (const name of POPULATION) add(`${of}.${name}`, 'count')
    for (const [name, unit] of CLIENT_CACHE) add(`${of}.clientCache.${name}`, unit)
    for (const name of ['availability', 'limitedShare']) add(`${of}.${name}`, 'share')
    summary(`${of}.latency`)
  }

  function summary(name: string): void {
    for (const quantile of SUMMARY) {
      add(`${name}.${quantile}`, 'ms', `${name}Ms.${quantile}`)
      add(`${name}Ms.${quantile}`, 'ms')
    }
  }
}
