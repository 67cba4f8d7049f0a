/**
 * The stage on its own with made-up traffic, for pictures and for the frame-rate benchmark:
 * `?page=stage&plan=two&theme=dark&at=0.5&speed=0.2` shows an instant, `&play` plays, `&dots=20000` keeps that many
 * dots flying.
 */

import { createRoot } from 'react-dom/client'
import { Stage } from '../../src/app/stage/stage.tsx'
import { playhead, startPlayhead } from '../../src/app/stores/playhead.ts'
import { startTrace, traceRun } from '../../src/app/trace-source.ts'
import type { EngineDoor, TraceWindow } from '../../src/worker/protocol.ts'
import { type Plan, syntheticChanges, syntheticScenario, syntheticWindow } from '../app/stage/synthetic.ts'
import { crowdedWindow } from './crowded-window.ts'
import { PLANS } from './plans.ts'

const query = new URLSearchParams(location.search)
const plan = PLANS[query.get('plan') ?? 'small']!
const dots = Number(query.get('dots') ?? 0)
if (query.get('theme') === 'dark') document.documentElement.dataset.theme = 'dark'
if (query.has('still')) document.documentElement.dataset.motion = 'reduced'

const whole = dots > 0 ? undefined : syntheticWindow(plan)
const door: Partial<EngineDoor> = {
  open: async () => undefined,
  close: async () => undefined,
  trace: async (_run, from, to): Promise<TraceWindow> =>
    whole === undefined
      ? crowdedWindow(plan, dots, from, to)
      : { ...whole, stride: Number(query.get('stride') ?? 1) },
  step: async () => 0,
}
const duration = dots > 0 ? 3600e9 : plan.seconds * 1e9
playhead.setState({
  at: Number(query.get('at') ?? 0.5) * plan.seconds * 1e9,
  speed: Number(query.get('speed') ?? 1),
  playing: query.has('play'),
  duration,
  frontier: duration,
})
traceRun(door as EngineDoor, 'base', 1)
startPlayhead()
startTrace()

function clicked(node: number): void {
  document.title = `replica ${node}`
}

const root = createRoot(document.getElementById('root')!)
function show(shown: Plan): void {
  const changes = query.has('well') ? [] : syntheticChanges(shown)
  root.render(<Stage lane="base" scenario={syntheticScenario(shown)} changes={changes} onReplica={clicked} />)
}
show(plan)
Object.assign(window, { playhead, show: (name: string) => show(PLANS[name]!) })
