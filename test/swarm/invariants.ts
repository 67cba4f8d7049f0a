/** What must hold in every run, whatever the scenario: each claim runs a scenario and throws when it is broken. */

import { expect } from 'vitest'
import { LONGEST } from '../../src/base/time.ts'
import { factLog, flush } from '../../src/engine/fact-log.ts'
import { fingerprint } from '../../src/engine/fingerprint.ts'
import { runUntil } from '../../src/engine/simulation.ts'
import { endWindow, recorder } from '../../src/measure/recorder.ts'
import { link } from '../../src/model/link.ts'
import { rules } from '../../src/model/rules.ts'
import { layoutOf } from '../../src/run/layout.ts'
import { advance, report, startRun } from '../../src/run/run.ts'
import { restore, save } from '../../src/run/saved.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { fault } from '../model/build.ts'
import { ledger } from '../model/ledger.ts'
import { leftovers, runDry } from '../model/leftovers.ts'
import { checkedReport } from '../run/against-recount.ts'

/** Everything recovers at the end, so that a run can come to rest. */
function withRecovery(scenario: Scenario): Scenario {
  const recoveries = scenario.tiers.map((_, tier) => fault(scenario.duration, 'recover', -1, 0, tier))
  return { ...scenario, faults: [...scenario.faults, ...recoveries].sort((a, b) => a.at - b.at) }
}

/** Checks that wait like requests never come to rest: here they are answered aside. */
function withChecksAside(scenario: Scenario): Scenario {
  const tiers = scenario.tiers.map((tier) => {
    const active = tier.health?.active
    return active ? { ...tier, health: { ...tier.health, active: { ...active, queued: false } } } : tier
  })
  return { ...scenario, tiers }
}

export const everyClaim: Readonly<Record<string, (scenario: Scenario) => void>> = {
  'the ledger finds no impossible fact, and counts every figure of the report anew'(scenario) {
    checkedReport(scenario)
  },

  'nothing leaks, and an empty-to-empty run obeys Little’s law to the nanosecond'(scenario) {
    const wanted = withRecovery(withChecksAside(scenario))
    const books = ledger(wanted)
    const recording = recorder(layoutOf({ ...wanted, duration: LONGEST }, 0, 0))
    const log = factLog([books, recording])
    const cluster = link(wanted, log)
    expect(runDry(cluster), 'comes to rest').toBe(true)
    flush(log)
    endWindow(recording, cluster.now)
    const left = leftovers(cluster)
    expect(left).toEqual(Object.fromEntries(Object.keys(left).map((what) => [what, 0])))
    expect(books.requests.filter(({ outcome }) => outcome < 0)).toEqual([])
    const byBalancers = wanted.tiers.map(({ retries }) => retries?.onTimeout)
    // A balancer that dies loses what is on its way from it.
    const dies = wanted.faults.some(({ kind }) => kind === 'down')
    for (const node of books.nodes) {
      expect([node.queued, node.busy, node.below], node.id).toEqual([0, 0, 0])
      for (const { request, place } of node.calls.values()) {
        expect(place, `call of ${request} at ${node.id}`).toBe('on its way')
        if (node.shuts || dies) continue
        const { onTimeout, hedge } = wanted.clients[books.requests[Math.floor(request)]!.client]!
        const ways = [onTimeout, hedge?.cancels && 'cancel', ...byBalancers]
        expect(ways, `lost call of ${request}`).toContain('cancel')
      }
    }
    const total = books.requests.reduce((sum, { born, settled }) => sum + settled - born, 0)
    if (total <= Number.MAX_SAFE_INTEGER) expect(recording.state.inSystemTotal).toBe(total)
    else expect(recording.state.inSystemTotal / total).toBeCloseTo(1, 12)
  },

  'a checkpoint in the middle changes nothing'(scenario) {
    const straight = startRun(scenario)
    advance(straight, Infinity)
    const events = straight.cluster.events
    const end = JSON.stringify(report(straight, 'test', 0))
    const other = startRun(scenario)
    const saved = [0.2, 0.5, 0.9].map((share) => {
      advance(other, Infinity, Math.max(1, Math.floor(share * events) - other.cluster.events))
      return save(other)
    })
    for (const checkpoint of saved.reverse()) {
      restore(other, checkpoint)
      advance(other, Infinity)
      expect(JSON.stringify(report(other, 'test', 0))).toBe(end)
    }
  },

  'a run by number of requests, drained, is the same in slices of any size'(scenario) {
    const options = { requests: 1 + (Number(scenario.seed) % 100), drain: true, warmUpRequests: 5 }
    const whole = startRun(withRecovery(scenario), options)
    advance(whole, Infinity)
    const sliced = startRun(withRecovery(scenario), options)
    while (!advance(sliced, Infinity, 7));
    const made = report(whole, 'test', 0)
    expect(JSON.stringify(report(sliced, 'test', 0))).toBe(JSON.stringify(made))
    expect(made.simulated.requests).toBeLessThanOrEqual(options.requests)
    expect(made.requests.unfinished).toBe(0)
  },

  'small steps of time give the facts of one long run'(scenario) {
    const whole = fingerprint()
    const cluster = link(scenario, factLog([whole]))
    runUntil(cluster, rules, scenario.faults, Number(scenario.duration))
    flush(cluster.fixed.log)
    const stepped = fingerprint()
    const other = link(scenario, factLog([stepped]))
    for (let step = 1; step <= 97; step++) {
      runUntil(other, rules, scenario.faults, Math.floor((scenario.duration * step) / 97))
    }
    flush(other.fixed.log)
    expect([stepped.hex(), other.events]).toEqual([whole.hex(), cluster.events])
  },
}
