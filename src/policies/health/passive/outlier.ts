/**
 * Envoy's outlier detection: a host that fails several times in a row is ejected at once, and one whose share
 * of successes is far below the others' at the next sweep. It is let in at the first sweep after its time is
 * over; the time grows with each ejection and shrinks with each sweep that it passes well.
 *
 * At most `maxPercent` of the hosts are out at once, none if that is less than one, unless
 * `alwaysOne`. Not modelled: jitter, local-origin failures apart from others, the failure percentage.
 *
 * Source: Envoy 1.31, "Outlier detection", and the API reference of cluster.v3.OutlierDetection.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type Ending, ERRED, GOOD, LEFT, type Watch } from './watch.ts'

const params = {
  consecutive5xx: {
    kind: 'integer',
    title: 'Errors in a row',
    summary: 'Failures of any kind in a row that eject a host; 0: they do not.',
    default: 5,
    min: 0,
    max: 1e6,
  },
  consecutiveGatewayFailure: {
    kind: 'integer',
    title: 'Gateway failures in a row',
    summary:
      'Failures to connect or to be served, in a row, that eject a host; 0: they do not (as in Envoy).',
    default: 0,
    min: 0,
    max: 1e6,
  },
  interval: {
    kind: 'duration',
    title: 'Sweep',
    summary: 'Time between two sweeps.',
    default: 10e9,
    min: 1e6,
  },
  baseEjectionTime: {
    kind: 'duration',
    title: 'Base ejection time',
    summary: 'How long a host is out, times how often it has been ejected.',
    default: 30e9,
    min: 1e6,
  },
  maxEjectionTime: {
    kind: 'duration',
    title: 'Longest ejection time',
    summary: 'It is never out for longer.',
    default: 300e9,
    min: 1e6,
  },
  maxPercent: {
    kind: 'share',
    title: 'Most ejected',
    summary: 'The share of hosts that may be out at once.',
    default: 0.1,
    min: 0,
    max: 1,
  },
  alwaysOne: {
    kind: 'boolean',
    title: 'Always one',
    summary: 'True: one host may be ejected whatever the share says, as in older versions.',
    default: false,
  },
  successRate: {
    kind: 'boolean',
    title: 'Success rate',
    summary: 'True: hosts are compared by their share of successes.',
    default: true,
  },
  minimumHosts: {
    kind: 'integer',
    title: 'Fewest hosts',
    summary: 'They are compared when so many have had enough requests.',
    default: 5,
    min: 1,
    max: 1e6,
  },
  requestVolume: {
    kind: 'integer',
    title: 'Fewest requests',
    summary: 'Requests between two sweeps that a host needs to be compared.',
    default: 100,
    min: 1,
    max: 1e9,
  },
  stdevFactor: {
    kind: 'number',
    title: 'Deviations',
    summary: 'Ejected is who is so many standard deviations below the mean share.',
    default: 1.9,
    min: 0,
    max: 100,
  },
} as const satisfies ParamSpec

type Given = ParamsOf<typeof params>

interface Memory {
  readonly given: Given
  readonly isOut: Uint8Array
  /** By host: failures in a row, gateway failures in a row. */
  readonly errors: Int32Array
  readonly gateway: Int32Array
  /** By host, since the last sweep. */
  readonly succeeded: Int32Array
  readonly ended: Int32Array
  /** By host: how many base times its next ejection lasts less one, and when it was last put out and let in. */
  readonly times: Int32Array
  readonly outSince: Float64Array
  readonly inSince: Float64Array
  out: number
}

export const outlierDetection: Watch<Memory> = {
  name: 'outliers',
  title: 'Envoy: outlier detection',
  summary: 'Ejects hosts that fail in a row or succeed far less often than the others.',
  source: 'Envoy 1.31, "Outlier detection"; API reference of cluster.v3.OutlierDetection.',
  params,
  remember: (chosen, replicas) => ({
    given: Object.freeze({ ...chosen }) as Given,
    isOut: new Uint8Array(replicas),
    errors: new Int32Array(replicas),
    gateway: new Int32Array(replicas),
    succeeded: new Int32Array(replicas),
    ended: new Int32Array(replicas),
    times: new Int32Array(replicas),
    outSince: new Float64Array(replicas),
    inSince: new Float64Array(replicas).fill(NaN),
    out: 0,
  }),
  ended,
  isOut: (memory, host) => memory.isOut[host] === 1,
  again: () => Infinity,
  sweepEvery: ({ given }) => given.interval,
  sweep,
  check(chosen) {
    const { maxEjectionTime, baseEjectionTime } = chosen as Given
    return maxEjectionTime < baseEjectionTime
      ? ['the longest ejection time is shorter than the base ejection time']
      : []
  },
}

function ended(memory: Memory, host: number, ending: Ending, _weight: number, now: number): number {
  if (ending === LEFT) return 0
  const { given, errors, gateway } = memory
  memory.ended[host]!++
  if (ending === GOOD) {
    memory.succeeded[host]!++
    errors[host] = 0
    gateway[host] = 0
    return 0
  }
  if (ending === ERRED) gateway[host] = 0
  else if (++gateway[host]! === given.consecutiveGatewayFailure) {
    if (memory.isOut[host] === 0) eject(memory, host, now)
    gateway[host] = 0
  }
  if (++errors[host]! === given.consecutive5xx) {
    if (memory.isOut[host] === 0) eject(memory, host, now)
    errors[host] = 0
  }
  return 0
}

function eject(memory: Memory, host: number, now: number): void {
  const { maxPercent, alwaysOne, baseEjectionTime, maxEjectionTime } = memory.given
  const isAllowed =
    memory.out + 1 <= maxPercent * memory.isOut.length + 1e-9 || (alwaysOne && memory.out === 0)
  if (!isAllowed) return
  memory.isOut[host] = 1
  memory.out++
  memory.outSince[host] = now
  if (memory.times[host]! * baseEjectionTime < maxEjectionTime + baseEjectionTime) memory.times[host]!++
}

function sweep(memory: Memory, now: number): void {
  const { given, isOut, times, inSince } = memory
  for (let host = 0; host < isOut.length; host++) if (isOut[host] === 1) letBack(memory, host, now)
  if (given.successRate) compare(memory, now)
  memory.succeeded.fill(0)
  memory.ended.fill(0)
  for (let host = 0; host < isOut.length; host++) {
    const isWell = isOut[host] === 0 && now - inSince[host]! >= given.interval
    if (isWell && times[host]! > 0) times[host]!--
  }
}

function letBack(memory: Memory, host: number, now: number): void {
  const { baseEjectionTime, maxEjectionTime } = memory.given
  const lasts = Math.min(baseEjectionTime * memory.times[host]!, maxEjectionTime)
  if (now - memory.outSince[host]! < lasts) return
  memory.isOut[host] = 0
  memory.out--
  memory.inSince[host] = now
  memory.errors[host] = 0
  memory.gateway[host] = 0
}

/** Ejects hosts whose share of successes lies far below the mean. */
function compare(memory: Memory, now: number): void {
  const { minimumHosts, requestVolume, stdevFactor } = memory.given
  const hosts = [...memory.isOut.keys()].filter(
    (host) => memory.isOut[host] === 0 && memory.ended[host]! >= requestVolume,
  )
  if (hosts.length < minimumHosts) return
  const rates = hosts.map((host) => (memory.succeeded[host]! * 100) / memory.ended[host]!)
  const least = leastRate(rates, stdevFactor)
  hosts.forEach((host, i) => {
    if (rates[i]! < least) eject(memory, host, now)
  })
}

/** The share of successes below which a host stands out. @param rates in percent */
export function leastRate(rates: readonly number[], stdevFactor: number): number {
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) * (rate - mean), 0) / rates.length
  return mean - stdevFactor * Math.sqrt(variance)
}
