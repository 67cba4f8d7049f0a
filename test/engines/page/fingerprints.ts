/** Loaded into every engine: runs shipped scenarios there and gives their fingerprints and some figures. */

import { exp, ln, pow } from '../../../src/base/maths.ts'
import { stream, uniform } from '../../../src/base/stream.ts'
import { SECOND } from '../../../src/base/time.ts'
import { logShelf } from '../../../src/run/log-shelf.ts'
import { simulate } from '../../../src/run/simulate.ts'
import { parse } from '../../../src/scenario/index.ts'
import type { Scenario } from '../../../src/scenario/scenario.ts'
import { connect } from '../../../src/worker/client.ts'
import { EVERY_FAULT } from './every-fault.ts'

const texts = import.meta.glob('../../../scenarios/*.yaml', { query: '?raw', import: 'default', eager: true })
const logs = import.meta.glob('../../../scenarios/*.log', { query: '?raw', import: 'default', eager: true })

const LEAST = 10 * SECOND
/** Time to measure something after the warm-up, and to feel what the last timed entry does. */
const AFTER = 2 * SECOND

/**
 * By scenario: fingerprint, mean latency and p99, of as much of it as has all its timed entries, and of the
 * whole of those that are asked for whole.
 */
export function fingerprints(whole: readonly string[]): Record<string, unknown> {
  const shelf = logShelf()
  for (const [path, text] of Object.entries(logs))
    shelf.add(nameOf(path), new TextEncoder().encode(String(text)))
  return Object.fromEntries(
    Object.entries({ ...texts, EVERY_FAULT }).flatMap(([path, text]) => {
      const { scenario } = parse(String(text), path)
      if (!scenario) throw new Error(`${path} does not parse`)
      // No page is served the log of a real server: it is not ours.
      if (/file: apache-combined\.log/.test(String(text))) return []
      const run = whole.includes(nameOf(path)) ? scenario : shortened(scenario)
      const { fingerprint, latencyMs } = simulate(run, { logs: shelf.sourcesFor(scenario) })
      return [[nameOf(path), [fingerprint, latencyMs?.mean, latencyMs?.p99]]]
    }),
  )
}

function shortened(scenario: Scenario): Scenario {
  const warmUp = scenario.warmUp === 'auto' ? 0 : scenario.warmUp
  const last = Math.max(warmUp, ...scenario.faults.map(({ at }) => at))
  return { ...scenario, duration: Math.min(scenario.duration, Math.max(LEAST, last + AFTER)) }
}

/** By scenario, the fingerprint that the worker's report has, with messages, slices and all. */
export async function throughWorker(files: readonly string[]): Promise<Record<string, unknown>> {
  const engine = connect((why) => {
    throw new Error(why)
  })
  for (const [path, text] of Object.entries(logs)) await engine.addLog(nameOf(path), new Blob([String(text)]))
  const prints: Record<string, unknown> = {}
  let run = 0
  for (const [path, text] of Object.entries(texts)) {
    if (!files.includes(nameOf(path))) continue
    await engine.open(++run, parse(String(text), path).scenario!, ({ report }) => {
      if (report) prints[nameOf(path)] = report.fingerprint
    })
  }
  return prints
}

/** Sums over the house's own functions, sensitive to every bit. */
export function mathsOf(draws: number): number[] {
  const random = stream('engines', 'maths')
  let [a, b, c] = [0, 0, 0]
  for (let i = 0; i < draws; i++) {
    const u = uniform(random) + 1e-9
    a += ln(u)
    b += exp(u * 20 - 10)
    c += pow(u, -1.37)
  }
  return [a, b, c]
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

Object.assign(globalThis, { fingerprints, mathsOf, throughWorker })
