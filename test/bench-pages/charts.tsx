/**
 * Charts on their own with made-up series, for the frame-rate benchmark: `?page=charts&points=100000&charts=1`
 * shows that many steps at once and adds some in every frame, as a run does that is being computed.
 */

import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { Availability } from '../../src/app/charts/kinds/availability.tsx'
import { Latency } from '../../src/app/charts/kinds/latency.tsx'
import { Lines, type LinesOf } from '../../src/app/charts/kinds/lines.tsx'
import { Throughput } from '../../src/app/charts/kinds/throughput.tsx'
import { onFrame } from '../../src/app/frame-loop.ts'
import { playhead } from '../../src/app/stores/playhead.ts'
import type { Run } from '../../src/app/stores/runs.ts'
import { startShown } from '../../src/app/stores/shown.ts'
import type { SeriesColumn, SeriesKind } from '../../src/measure/series.ts'

const query = new URLSearchParams(location.search)
const points = Number(query.get('points') ?? 100_000)
const charts = Number(query.get('charts') ?? 1)
/** Points that come in a frame: all of them again and again. */
const PER_FRAME = Math.max(1, Math.round(points / 600))
const STEP = 1e8

/** A jagged line about `mean`: xorshift, so that every run draws the same. */
function column(id: string, mean: number, unit: string, kind: SeriesKind): SeriesColumn {
  const values = new Float64Array(points)
  let state = 2463534242 + id.length
  for (let i = 0; i < points; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    values[i] = mean * (0.6 + 0.4 * Math.sin(i / 977) + (0.4 * (state >>> 0)) / 2 ** 32)
  }
  return { id, title: id, unit, kind, values }
}

const columns = [
  column('succeededPerSecond', 400, '1/s', 'rate'),
  column('failedPerSecond', 20, '1/s', 'rate'),
  column('rejectedPerSecond', 10, '1/s', 'rate'),
  column('timedOutPerSecond', 5, '1/s', 'rate'),
  column('latencyP50Ms', 20, 'ms', 'quantile'),
  column('latencyP90Ms', 60, 'ms', 'quantile'),
  column('latencyP99Ms', 200, 'ms', 'quantile'),
  column('availability', 0.9, '', 'share'),
  column('inSystem', 40, 'requests', 'gauge'),
]
const one: LinesOf = {
  title: 'In the system',
  definition: 'Made up.',
  linesOf: ({ series }) => series.columns.slice(-1).map((last) => ({ title: 'in the system', column: last })),
}
const duration = points * STEP
playhead.setState({ duration, frontier: duration, at: duration / 2 })
startShown()

/** What has come so far, as an update of the engine is: the columns are the same, there is more of them. */
function runOf(steps: number): Run {
  const scenario = { name: 'made up', tiers: [], expect: [] } as unknown as Run['scenario']
  const heat = { bounds: new Float64Array(2), counts: new Uint32Array(0) }
  const series = { step: STEP, steps, columns, nodes: [], heat }
  return { number: 1, scenario, duration, series, changes: [], report: undefined, simulatedTo: steps * STEP }
}

const root = createRoot(document.getElementById('root')!)
/** Wall time that each frame's work took, ms: read by the script. */
const work: number[] = []
Object.assign(window, { work })
let steps = points
onFrame(() => {
  steps = steps >= points ? Math.ceil(points / 2) : Math.min(points, steps + PER_FRAME)
  const run = runOf(steps)
  const all = [
    <Lines key="lines" of={one} run={run} />,
    <Latency key="latency" run={run} />,
    <Throughput key="throughput" run={run} />,
    <Availability key="availability" run={run} />,
  ]
  const begin = performance.now()
  flushSync(() => root.render(<main style={{ width: 900, padding: 24 }}>{all.slice(0, charts)}</main>))
  work.push(performance.now() - begin)
})
