/** What the screen sees of a window, wherever it begins, is what a trace of the whole run saw there. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TIMED_OUT } from '../../src/model/facts.ts'
import { BUSY, NODE_INT, WAITING } from '../../src/model/nodes.ts'
import { HANDSHAKE } from '../../src/run/hops.ts'
import { advance, startRun } from '../../src/run/run.ts'
import { openSession, replayOf, work } from '../../src/run/session.ts'
import { type TraceColumns, trace } from '../../src/run/trace.ts'
import { tracer } from '../../src/run/tracer.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { anyScenario } from '../swarm/arbitrary.ts'

/** A finished session of a scenario, to be looked into. */
function looker(scenario: Scenario) {
  const session = openSession(scenario)
  while (!work(session, Infinity));
  const eyes = tracer()
  const replay = replayOf(session, eyes)
  return (from: number, to: number) => trace(session, replay, eyes, from, to, Infinity)
}

/**
 * Requests that got beyond the balancer in front and whose clients stayed to the end: how far the others got
 * on the clients' network is cut short by what comes later.
 */
function wellKnown({ hops }: TraceColumns): Set<number> {
  const all = Array.from({ length: hops.count }, (_, i) => i)
  const known = new Set(
    all.filter((i) => hops.to[i]! >= 0 && hops.request[i]! >= 0).map((i) => hops.request[i]!),
  )
  for (const i of all) if (hops.to[i]! < -1 && hops.outcome[i] === TIMED_OUT) known.delete(hops.request[i]!)
  return known
}

/**
 * Hops of these requests that are under way at some instant after `from` and up to `to`, one a line. Not of
 * handshakes: one that has begun before the window is not seen.
 */
function touching({ hops }: TraceColumns, from: number, to: number, of: Set<number>): string[] {
  const { request, from: a, to: b, departs, arrives, way, outcome, kind, count } = hops
  const says = (i: number) =>
    `${request[i]}: ${a[i]} to ${b[i]}, ${departs[i]} to ${arrives[i]}, way ${way[i]}, outcome ${outcome[i]}`
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => arrives[i]! > from && departs[i]! <= to && of.has(request[i]!) && kind[i]! < HANDSHAKE)
    .map(says)
    .sort()
}

/** Who calls off what is on its way leaves no fact of it, so no two looks agree on when it vanishes. */
function withoutCalling(off: Scenario): Scenario {
  return { ...off, clients: off.clients.map((one) => ({ ...one, onTimeout: 'continue' })) }
}

const share = fc.double({ min: 0, max: 1, noNaN: true })

/** A window of a scenario, in shares of its duration. */
function windowOf({ duration }: Scenario, a: number, b: number): [from: number, to: number] {
  return [Math.floor(Math.min(a, b) * duration), Math.floor(Math.max(a, b) * duration)]
}

test('the hops of any window are those that a trace from the beginning saw in it', () => {
  const property = fc.property(anyScenario, share, share, (any, a, b) => {
    const scenario = withoutCalling(any)
    const look = looker(scenario)
    const [from, to] = windowOf(scenario, a, b)
    const whole = look(0, scenario.duration)
    const known = wellKnown(whole)
    expect(touching(look(from, to), from, to, known)).toEqual(touching(whole, from, to, known))
  })
  fc.assert(property, { seed: 1, numRuns: 100 })
})

test('the levels of any window are the counts of a run that is led there', () => {
  const property = fc.property(anyScenario, share, share, (scenario, a, b) => {
    const [from, to] = windowOf(scenario, a, b)
    const { step, frames, nodes, queued, busy } = looker(scenario)(from, to).levels
    const run = startRun(scenario)
    for (let frame = 0; frame < frames; frame += 41) {
      advance(run, Math.round(from + frame * step))
      const { int } = run.cluster.nodes
      for (let node = 0; node < nodes; node++) {
        const seen = [queued[frame * nodes + node], busy[frame * nodes + node]]
        expect(seen).toEqual([int[(node << NODE_INT) + WAITING], int[(node << NODE_INT) + BUSY]])
      }
    }
  })
  fc.assert(property, { seed: 2, numRuns: 40 })
})

test('hops are in order of departure, and none arrives before it departs', () => {
  const property = fc.property(anyScenario, share, share, (scenario, a, b) => {
    const [from, to] = windowOf(scenario, a, b)
    const { departs, arrives, kind, count } = looker(scenario)(from, to).hops
    for (let i = 0; i < count; i++) {
      expect(arrives[i], `kind ${kind[i]}`).toBeGreaterThanOrEqual(departs[i]!)
      if (i > 0) expect(departs[i]).toBeGreaterThanOrEqual(departs[i - 1]!)
    }
  })
  fc.assert(property, { seed: 3, numRuns: 40 })
})

test('looking does not disturb: windows in any order, and the run afterwards', () => {
  const property = fc.property(
    anyScenario,
    fc.array(share, { minLength: 2, maxLength: 6 }),
    (scenario, shares) => {
      const look = looker(scenario)
      const windows = shares.slice(1).map((b, i) => windowOf(scenario, shares[i]!, b))
      const first = windows.map(([from, to]) => JSON.stringify(look(from, to)))
      const again = windows.toReversed().map(([from, to]) => JSON.stringify(look(from, to)))
      expect(again.reverse()).toEqual(first)
    },
  )
  fc.assert(property, { seed: 4, numRuns: 30 })
})
