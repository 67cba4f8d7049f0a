/**
 * The stage: the cluster as a picture of (trace window, instant). What has a name is HTML and SVG, so that
 * it can be focused and read aloud; what moves is stamped into one raster on a canvas above.
 */

import './stage.css'
import './ends.css'
import './replica.css'
import './standing.css'
import './cells.css'
import './legend.css'
import './doors/doors.css'
import './zoom/zoom.css'
import '../faults/touch-button.css'
import { type MouseEvent, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Change } from '../../measure/series.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { inspect } from '../lab/inspected.ts'
import { useDotClick } from '../lab/use-dot-click.ts'
import { later } from '../parts/later.tsx'
import { view } from '../stores/view.ts'
import { Balancers } from './balancer.tsx'
import { Clients } from './clients.tsx'
import { Computing } from './computing.tsx'
import { facetNames } from './doors/facets.ts'
import { facilitiesOf, frontsOf } from './facilities.ts'
import { type Box, layOut, type Part, type TierPlace } from './layout.ts'
import { Legend } from './legend.tsx'
import { Links } from './links.tsx'
import { around } from './place-fronts.ts'
import { findPorts } from './ports.ts'
import { TierPanel } from './tier-panel.tsx'
import { useMotion } from './use-motion.ts'
import { useMovingPicture } from './use-moving-picture.ts'
import { useSize } from './use-size.ts'
import { useZoom } from './zoom/use-zoom.ts'
import { useZoomKeys } from './zoom/use-zoom-keys.ts'
import type { Zoom } from './zoom/zoom.ts'
import { ZoomBar } from './zoom/zoom-bar.tsx'

const CrowdLayer = later(() => import('./crowd/crowd.tsx'))

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
  const section = useRef<HTMLElement>(null)
  const floor = useRef<HTMLDivElement>(null)
  const { width, height, unit } = useSize(viewport)
  const isStill = useMotion()
  const byAddress = useStore(view, (state) => state.byAddress)
  const hasCrowd = useStore(view, (state) => state.hasCrowd)
  const [part, setPart] = useState<Part>()
  const facilities = useMemo(() => facilitiesOf(scenario), [scenario])
  const shape = useMemo(
    () => ({
      populations: scenario.clients.length,
      tiers: scenario.tiers.map((tier) => tier.replicas.length),
      fronts: frontsOf(scenario),
      facets: scenario.tiers.map((tier) => (isOneOfMany ? 0 : facetNames(tier).length)),
      ...(part && { part }),
      hasCrowd,
    }),
    [scenario, part, isOneOfMany, hasCrowd],
  )
  const layout = useMemo(() => layOut(shape, width, height, isOneOfMany), [shape, width, height, isOneOfMany])
  const least = useMemo(() => layOut(shape, width, 0, isOneOfMany).height, [shape, width, isOneOfMany])
  const ports = useMemo(() => findPorts(layout, frontsOf(scenario)), [layout, scenario])
  const { picture, setView } = useMovingPicture({
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
  const show = useCallback(
    ({ scale, x, y }: Zoom) => {
      if (floor.current) floor.current.style.transform = `translate(${x}px, ${y}px) scale(${unit * scale})`
      // The canvas stays where it was: it paints what is seen there itself.
      if (canvas.current) {
        const back = `translate(${-x / (unit * scale)}px, ${-y / (unit * scale)}px) scale(${1 / scale})`
        canvas.current.style.transform = scale === 1 ? '' : back
      }
      setView({ scale, x: x / unit, y: y / unit })
    },
    [unit, setView],
  )
  const zoom = useZoom(viewport, show, isStill)
  useZoomKeys(section, zoom, isOneOfMany)
  const onDot = useDotClick(lane, ports, unit * zoom.scale)
  const focus = (place: TierPlace) => zoom.fit(scaled(place.panel, unit))
  const onDoubleClick = (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest('button')) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const x = (event.clientX - left) / (unit * zoom.scale)
    const y = (event.clientY - top) / (unit * zoom.scale)
    const place = layout.tiers.find((tier) => isIn(around([tier.title, tier.panel]), x, y))
    if (zoom.scale > 1 || !place) zoom.fit()
    else focus(place)
  }

  return (
    <section
      ref={section}
      className="stage"
      aria-label={label}
      data-motion={isStill ? 'reduced' : 'full'}
      data-compact={isOneOfMany}
    >
      <div
        className="stage-viewport"
        ref={viewport}
        data-close={zoom.scale > 1}
        style={{ minHeight: least * unit }}
      >
        {width > 0 && (
          // biome-ignore lint/a11y/noStaticElementInteractions: dots cannot be focused; the event log has the same by keys
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <div
            ref={floor}
            className="stage-floor"
            onClick={onDot}
            onDoubleClick={onDoubleClick}
            style={{ width, height: layout.height }}
            data-upright={layout.upright}
          >
            <Links layout={layout} ports={ports} views={picture.views} />
            <Clients layout={layout} scenario={scenario} failures={picture.clients} hasCrowd={hasCrowd} />
            <Balancers
              layout={layout}
              scenario={scenario}
              fronts={picture.fronts}
              onInspect={() => inspect(lane, { kind: 'balancer', tier: 0 })}
            />
            {layout.tiers.map((place, index) => (
              <TierPanel
                key={scenario.tiers[index]!.id}
                place={place}
                width={layout.width}
                upright={layout.upright}
                scenario={scenario}
                tier={scenario.tiers[index]!}
                before={scenario.tiers[index - 1]?.id}
                next={scenario.tiers[index + 1]}
                facilities={facilities}
                views={picture.views}
                view={picture.tiers[index]!}
                hasFacets={shape.facets[index]! > 0}
                onReplica={onReplica}
                onPart={(span) => setPart(span && { ...span, tier: index })}
                onBalancer={() => inspect(lane, { kind: 'balancer', tier: index })}
                onFocus={() => (zoom.scale > 1 ? zoom.fit() : focus(place))}
              />
            ))}
            {hasCrowd && (
              <Suspense fallback={null}>
                <CrowdLayer lane={lane} layout={layout} scenario={scenario} />
              </Suspense>
            )}
            <canvas ref={canvas} className="stage-canvas" />
          </div>
        )}
        <Computing lane={lane} />
      </div>
      <footer className="stage-foot">
        <Legend
          lane={lane}
          layout={layout}
          scenario={scenario}
          stride={picture.stride}
          moving={isStill ? picture.moving : undefined}
          isFolded={isOneOfMany}
        />
        {(!isOneOfMany || zoom.scale > 1) && <ZoomBar zoom={zoom} />}
      </footer>
    </section>
  )
}

function scaled({ x, y, w, h }: Box, unit: number): Box {
  return { x: x * unit, y: y * unit, w: w * unit, h: h * unit }
}

function isIn({ x, y, w, h }: Box, atX: number, atY: number): boolean {
  return atX >= x && atX < x + w && atY >= y && atY < y + h
}
