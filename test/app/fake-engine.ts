/**
 * A door with nothing behind it but arithmetic: plausible series, traces and a report of any scenario, at
 * once, so that the screen can be built and tested without the engine.
 */

import type { Report } from '../../src/measure/report.ts'
import type { Change, NodeSeries, RunSeries, SeriesColumn } from '../../src/measure/series.ts'
import { noComplaints } from '../../src/scenario/access-log/complaints.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import type { EngineDoor, Hops, RunUpdate, TraceWindow } from '../../src/worker/protocol.ts'

const RATE = 400
const BINS = 240

export function fakeEngine(): EngineDoor & { readonly calls: string[] } {
  const scenarios = new Map<number, Scenario>()
  const calls: string[] = []
  return {
    calls,
    async open(run, scenario, onUpdate) {
      calls.push(`open ${run}`)
      scenarios.set(run, scenario)
      const whole = update(run, scenario)
      const { report: _, ...rest } = whole
      onUpdate({
        ...rest,
        simulatedTo: scenario.duration / 2,
        series: { ...whole.series, steps: whole.series.steps >> 1 },
      })
      await Promise.resolve()
      onUpdate(whole)
    },
    async addLog() {
      return { records: 0, complaints: noComplaints() }
    },
    async close(run) {
      calls.push(`close ${run}`)
      scenarios.delete(run)
    },
    async trace(run, from, to, most) {
      calls.push(`trace ${run}`)
      const scenario = scenarios.get(run)
      if (!scenario) throw new Error(`there is no run ${run}`)
      return trace(run, scenario, from, to, most)
    },
    async step(_run, at, direction) {
      return Math.max(0, at + direction * (1e9 / RATE / 5))
    },
    async explain() {
      return undefined
    },
    async breaks() {
      return undefined
    },
    async facts(_run, from, to) {
      return {
        from,
        to,
        count: 0,
        at: new Float64Array(0),
        kind: [],
        subject: new Float64Array(0),
        object: new Int32Array(0),
        value: new Float64Array(0),
        detail: new Int32Array(0),
      }
    },
    async crowd(run, from, to) {
      return {
        run,
        from,
        to,
        step: to - from,
        tier: 0,
        lookBack: 0,
        omitted: 0,
        count: 0,
        who: new Float64Array(0),
        client: new Uint16Array(0),
        address: new Uint32Array(0),
        place: new Int32Array(0),
        node: new Int32Array(0),
        since: new Float64Array(0),
        until: new Float64Array(0),
        change: new Uint8Array(0),
      }
    },
  }
}

function update(run: number, scenario: Scenario): RunUpdate {
  const changes = changesOf(scenario)
  return {
    run,
    simulatedTo: scenario.duration,
    series: seriesOf(scenario, changes),
    changes,
    report: report(scenario),
  }
}

function nodesOf(scenario: Scenario): string[] {
  return scenario.tiers.flatMap((tier) => tier.replicas.map((replica) => replica.id))
}

function changesOf(scenario: Scenario): Change[] {
  const last = { at: scenario.duration }
  const common = { balancer: 0, rate: 1, errors: 0 }
  return scenario.faults
    .flatMap((fault): Change[] => {
      const first = scenario.tiers.slice(0, fault.tier).reduce((sum, tier) => sum + tier.replicas.length, 0)
      const node = first + Math.max(0, fault.replica)
      const up = fault.kind === 'recover'
      const seen = Math.min(last.at, fault.at + 4.2e9)
      return [
        { ...common, at: fault.at, kind: 'truth', node, value: up ? 0 : 1, rate: up ? 1 : 0 },
        { ...common, at: seen, kind: 'belief', node, value: up ? 1 : 0 },
      ]
    })
    .sort((a, b) => a.at - b.at)
}

function seriesOf(scenario: Scenario, changes: readonly Change[]): RunSeries {
  const step = 1e9
  const steps = Math.ceil(scenario.duration / step)
  const nodes = nodesOf(scenario).length
  const gap = (i: number) => {
    const at = i * step
    let truth = 0
    let belief = 0
    for (const change of changes) {
      if (change.at > at) break
      if (change.kind === 'truth') truth += change.value ? 1 : -1
      else belief += change.value ? -1 : 1
    }
    return { lost: Math.max(0, truth), unnoticed: Math.max(0, truth - belief) }
  }
  const wave = (i: number, k: number) => 0.5 + 0.3 * Math.sin(i / 7 + k) + 0.2 * Math.sin(i / 2.3 + 2 * k)
  const column = (
    id: string,
    title: string,
    unit: string,
    kind: SeriesColumn['kind'],
    value: (i: number) => number,
  ) =>
    ({
      id,
      title,
      unit,
      kind,
      values: Float64Array.from({ length: steps }, (_, i) => value(i)),
    }) as SeriesColumn
  const arrivals = (i: number) => RATE * (0.95 + 0.1 * wave(i, 1))
  const failed = (i: number) => (gap(i).unnoticed ? arrivals(i) / nodes : 0)
  const timedOut = (i: number) => (gap(i).lost ? 6 * wave(i, 2) : 0)
  const load = (i: number) => 1 + gap(i).lost * 0.7
  const node = (id: string, title: string, scale: number): NodeSeries => ({
    id,
    title,
    unit: 'requests',
    kind: 'gauge',
    nodes,
    values: Float32Array.from({ length: steps * nodes }, (_, k) => {
      const i = Math.floor(k / nodes)
      return scale * load(i) * wave(i, k % nodes)
    }),
  })
  const bounds = Float64Array.from({ length: BINS + 1 }, (_, b) => 1024 * 2 ** (b / 8))
  const counts = new Uint32Array(steps * BINS)
  for (let i = 0; i < steps; i++) {
    for (let b = 0; b < BINS; b++) {
      const z = (b - 110 - 12 * Math.log2(load(i))) / (12 + 8 * gap(i).lost)
      counts[i * BINS + b] = Math.round(22 * Math.exp(-z * z))
    }
  }
  return {
    step,
    steps,
    columns: [
      column('arrivalsPerSecond', 'Arrivals', '1/s', 'rate', arrivals),
      column('succeededPerSecond', 'Succeeded', '1/s', 'rate', (i) => arrivals(i) - failed(i) - timedOut(i)),
      column('failedPerSecond', 'Failed', '1/s', 'rate', failed),
      column('rejectedPerSecond', 'Rejected', '1/s', 'rate', () => 0),
      column('timedOutPerSecond', 'Timed out', '1/s', 'rate', timedOut),
      column('latencyP50Ms', 'Latency p50', 'ms', 'quantile', (i) => 12 * load(i) * (0.9 + 0.2 * wave(i, 3))),
      column(
        'latencyP90Ms',
        'Latency p90',
        'ms',
        'quantile',
        (i) => 31 * load(i) * (0.85 + 0.3 * wave(i, 4)),
      ),
      column(
        'latencyP99Ms',
        'Latency p99',
        'ms',
        'quantile',
        (i) => 74 * load(i) ** 2 * (0.7 + 0.6 * wave(i, 5)),
      ),
      column('availability', 'Availability', '', 'share', (i) => 1 - (failed(i) + timedOut(i)) / arrivals(i)),
      column('inSystem', 'In the system', 'requests', 'gauge', (i) => 9 * load(i) * wave(i, 6)),
    ],
    nodes: [
      node('inFlight', 'At the replica', 6),
      node('queueLength', 'Waiting', 2),
      node('utilisation', 'Utilisation', 0.8),
    ],
    heat: { bounds, counts },
  }
}

function trace(run: number, scenario: Scenario, from: number, to: number, most: number): TraceWindow {
  const gap = 1e9 / RATE
  const nodes = nodesOf(scenario).length
  const births = Math.max(0, Math.floor((to - from) / gap))
  const stride = Math.max(1, Math.ceil((births * 4) / most))
  const rows: number[][] = []
  const first = Math.ceil(from / gap / stride) * stride
  for (let request = first; request * gap < to; request += stride) {
    const at = request * gap
    const node = request % nodes
    const service = 12e6 * (0.4 + 1.2 * ((request * 0.618) % 1))
    const back = at + 1e6 + service
    rows.push([request, -2, -1, at, at + 0.5e6, 0, 0], [request, -1, node, at + 0.5e6, at + 1e6, 0, 0])
    rows.push(
      [request, node, -1, back, back + 0.5e6, 1, 0],
      [request, -1, -2, back + 0.5e6, back + 1e6, 1, 0],
    )
  }
  rows.sort((a, b) => a[3]! - b[3]!)
  const pick = (k: number) => rows.map((row) => row[k]!)
  const hops: Hops = {
    count: rows.length,
    request: Float64Array.from(pick(0)),
    from: Int32Array.from(pick(1)),
    to: Int32Array.from(pick(2)),
    departs: Float64Array.from(pick(3)),
    arrives: Float64Array.from(pick(4)),
    way: Uint8Array.from(pick(5)),
    outcome: Uint8Array.from(pick(6)),
  }
  const frames = 64
  const level = (k: number) => Math.round(2 + 2 * Math.sin(k / 5))
  const levels = Uint16Array.from({ length: frames * nodes }, (_, k) => level(k))
  return {
    run,
    from,
    to,
    stride,
    hops,
    levels: { step: (to - from) / frames, frames, nodes, queued: levels, busy: levels },
  }
}

function report(scenario: Scenario): Report {
  const seconds = scenario.duration / 1e9
  const requests = Math.round(RATE * seconds)
  const summary = {
    mean: 18.2,
    sd: 16.1,
    min: 1.2,
    p50: 12.4,
    p90: 36.1,
    p95: 52,
    p99: 94.5,
    p999: 180,
    max: 412,
  }
  const replica = (count: number) => ({
    requests: Math.round(requests / count),
    share: 1 / count,
    utilisation: 0.62,
    meanQueueLength: 0.8,
    meanInSystem: 4.1,
    availability: 0.97,
  })
  return {
    format: 'evenkeel-report/1',
    scenario: scenario.name,
    seed: scenario.seed,
    version: '0.0.0',
    fingerprint: 'f00dfeedc0ffee11',
    partial: false,
    simulated: { durationSeconds: seconds, warmUpSeconds: 10, requests, events: requests * 6 },
    wall: { seconds: 0.2, requestsPerSecond: requests / 0.2, eventsPerSecond: (requests * 6) / 0.2 },
    requests: {
      arrived: requests,
      succeeded: requests - 420,
      failed: 400,
      rejected: 0,
      timedOut: 20,
      retried: 0,
      unfinished: 0,
      byOutcome: { ok: requests - 420, refused: 400, 'timed out': 20 },
    },
    tries: { byBalancers: 0, byClients: 0, hedges: 0, hedgesWon: 0 },
    latencyMs: summary,
    waitingMs: summary,
    fractionThatWaited: 0.3,
    availability: 1 - 420 / requests,
    errorBudget: { objective: 0.999, burnt: 420 / requests / 0.001 },
    throughputPerSecond: RATE,
    goodputPerSecond: RATE * 0.99,
    hitRate: null,
    meanInSystem: 9.4,
    tiers: Object.fromEntries(
      scenario.tiers.map((tier) => [
        tier.id,
        {
          replicas: Object.fromEntries(tier.replicas.map(({ id }) => [id, replica(tier.replicas.length)])),
          imbalance: 1.02,
          jain: 0.99,
          cv: 0.02,
          sessions: null,
          hitRate: null,
          rejected: 0,
          shed: 0,
          callsPerRequest: 1,
          waitingMs: summary,
          wastedSeconds: 0.4,
          keysMoved: null,
          keysMovedNeedlessly: null,
        },
      ]),
    ),
    series: { stepSeconds: 1 },
    timeline: [],
    expectations: scenario.expect.map(({ text }) => ({ text, holds: true, measured: 0.997 })),
  }
}
