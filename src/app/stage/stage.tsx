/**
 * The stage: the cluster as a picture of (trace window, instant). What has a name is HTML and SVG, so that
 * it can be focused and read aloud; what moves is stamped into one raster on a canvas above.
 */

import './stage.css'
import './replica.css'
import './cells.css'
import './legend.css'
import '../faults/touch-button.css'
import { useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Change } from '../../measure/series.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { useDotClick } from '../lab/use-dot-click.ts'
import { view } from '../stores/view.ts'
import { Balancers } from './balancer.tsx'
import { Clients } from './clients.tsx'
import { facilitiesOf, frontsOf } from './facilities.ts'
import { layOut, type Part } from './layout.ts'
import { Legend } from './legend.tsx'
import { Links } from './links.tsx'
import { findPorts } from './ports.ts'
import { TierPanel } from './tier-panel.tsx'
import { useMotion } from './use-motion.ts'
import { useMovingPicture } from './use-moving-picture.ts'
import { useSize } from './use-size.ts'

export interface StageProps {
  /** Whose windows of the trace it draws. */
  readonly lane: string
  readonly scenario: Scenario
  /** Of the whole run, as far as it is computed, in order of time. */
  readonly changes: readonly Change[]
  /** A replica was clicked; nodes are counted over all tiers. */
  readonly onReplica: (node: number) => void
  /** One of several stages: its legend is folded. */
  readonly isOneOfMany?: boolean
  /** What it is a picture of; `Cluster` when left out. */
  readonly label?: string
}

export function Stage(props: StageProps) {
  const { lane, scenario, changes, onReplica, isOneOfMany = false, label = 'Cluster' } = props
  const viewport = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height, unit } = useSize(viewport)
  const isStill = useMotion()
  const byAddress = useStore(view, (state) => state.byAddress)
  const [part, setPart] = useState<Part>()
  const facilities = useMemo(() => facilitiesOf(scenario), [scenario])
  const shape = useMemo(
    () => ({
      populations: scenario.clients.length,
      tiers: scenario.tiers.map((tier) => tier.replicas.length),
      fronts: frontsOf(scenario),
      ...(part && { part }),
    }),
    [scenario, part],
  )
  const layout = useMemo(() => layOut(shape, width, height, isOneOfMany), [shape, width, height, isOneOfMany])
  const least = useMemo(() => layOut(shape, width, 0, isOneOfMany).height, [shape, width, isOneOfMany])
  const ports = useMemo(() => findPorts(layout, frontsOf(scenario)), [layout, scenario])
  const picture = useMovingPicture({
    lane,
    canvas,
    viewport,
    layout,
    ports,
    facilities,
    scenario,
    changes,
    unit,
    isStill,
    byAddress,
  })
  const onDot = useDotClick(lane, ports, unit)

  return (
    <section
      className="stage"
      aria-label={label}
      data-motion={isStill ? 'reduced' : 'full'}
      data-compact={isOneOfMany}
    >
      <div className="stage-viewport" ref={viewport} style={{ minHeight: least * unit }}>
        {width > 0 && (
          // biome-ignore lint/a11y/noStaticElementInteractions: dots cannot be focused; the event log has the same by keys
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <div
            className="stage-floor"
            onClick={onDot}
            style={{ width, height: layout.height, transform: `scale(${unit})` }}
            data-upright={layout.upright}
          >
            <Links layout={layout} ports={ports} views={picture.views} />
            <Clients layout={layout} clients={scenario.clients} />
            <Balancers
              layout={layout}
              scenario={scenario}
              fronts={picture.fronts}
              failure={picture.refusal}
            />
            {layout.tiers.map((place, index) => (
              <TierPanel
                key={scenario.tiers[index]!.id}
                place={place}
                width={layout.width}
                tier={scenario.tiers[index]!}
                before={scenario.tiers[index - 1]?.id}
                facilities={facilities}
                views={picture.views}
                onReplica={onReplica}
                onPart={(span) => setPart(span && { ...span, tier: index })}
              />
            ))}
            <canvas ref={canvas} className="stage-canvas" />
          </div>
        )}
      </div>
      <Legend
        lane={lane}
        layout={layout}
        scenario={scenario}
        stride={picture.stride}
        moving={isStill ? picture.moving : undefined}
        isFolded={isOneOfMany}
      />
    </section>
  )
}
