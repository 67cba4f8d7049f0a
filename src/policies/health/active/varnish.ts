/**
 * Varnish's probes: the last `window` results stand in a shift register; a backend is healthy while at least
 * `threshold` of them are good. It starts as if `initial` probes had been good.
 *
 * All backends are probed at once; a probe that is due while one is under way is left out. Only the status
 * 200 is good.
 *
 * Source: Varnish 7.1.1, cache_backend_probe.c, and recordings of it.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type CheckRule, PASSED } from './check-rule.ts'
import { everyParam, LEFT_OUT, timeoutParam } from './common.ts'

const params = {
  interval: everyParam(5e9),
  timeout: timeoutParam(2e9, LEFT_OUT),
  window: {
    kind: 'integer',
    title: 'Window',
    summary: 'How many of the last probes count.',
    default: 8,
    min: 1,
    max: 64,
  },
  threshold: {
    kind: 'integer',
    title: 'Threshold',
    summary: 'How many of them must be good.',
    default: 3,
    min: 1,
    max: 64,
  },
  initial: {
    kind: 'integer',
    title: 'Initial',
    summary: 'Good probes that are assumed at the start; one below the threshold when left out.',
    optional: true,
    min: 0,
    max: 64,
  },
} as const satisfies ParamSpec

type Given = ParamsOf<typeof params>

/** Its numbers: the newer and the older 32 results, the newest in the lowest bit. */
const NEW = 0
const OLD = 1

/** Good results among the last `window`. */
export function goodProbes(window: number, memory: Int32Array, at: number): number {
  if (window <= 32) return ones(memory[at + NEW]!, window)
  return ones(memory[at + NEW]!, 32) + ones(memory[at + OLD]!, window - 32)
}

function ones(bits: number, among: number): number {
  let rest = among === 32 ? bits >>> 0 : bits & ((1 << among) - 1)
  let count = 0
  while (rest !== 0) {
    count += rest & 1
    rest >>>= 1
  }
  return count
}

function shiftIn(memory: Int32Array, at: number, bit: 0 | 1): void {
  const carry = memory[at + NEW]! >>> 31
  memory[at + NEW] = (memory[at + NEW]! << 1) | bit
  memory[at + OLD] = (memory[at + OLD]! << 1) | carry
}

export const varnish: CheckRule = {
  name: 'varnish',
  title: 'Varnish',
  summary: 'Healthy while enough of the last probes were good.',
  source: 'Varnish 7.1.1, cache_backend_probe.c; recordings.',
  params,
  figures: 2,
  begin(given, memory, at) {
    const { threshold, initial = threshold - 1 } = given as Given
    for (let good = 0; good < Math.min(initial, threshold); good++) shiftIn(memory, at, 1)
  },
  isUp(given, memory, at) {
    const { window, threshold } = given as Given
    return goodProbes(window, memory, at) >= threshold
  },
  conclude: (_, memory, at, result) => shiftIn(memory, at, result === PASSED ? 1 : 0),
  first: () => 0,
  timeout: (given) => (given as Given).timeout,
  wait: (given) => (given as Given).interval,
  countsFrom: 'start',
  check(given) {
    const { window, threshold } = given as Given
    return threshold > window ? [`the threshold (${threshold}) is above the window (${window})`] : []
  },
}
