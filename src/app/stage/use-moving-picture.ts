/**
 * Ties the painter to the frame loop: the canvas is painted every frame (when something changed), words and
 * numbers are handed to React at most ten times a second, of a few replicas in every frame: there one sees
 * whether they agree with what is painted.
 */

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Change } from '../../measure/series.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { TraceWindow } from '../../worker/protocol.ts'
import { onFrame, THEN_STAGE } from '../frame-loop.ts'
import { playhead } from '../stores/playhead.ts'
import { windowAt } from '../trace-source.ts'
import { type Facility, frontsOf, mostSlots } from './facilities.ts'
import { gaugeOf } from './gauge.ts'
import { type HealthHistory, healthHistory } from './health-history.ts'
import type { Layout } from './layout.ts'
import { frontGauge } from './paint-held.ts'
import { Painter, type View } from './painter.ts'
import { type Draft, type Picture, pictures } from './picture.ts'
import type { Ports } from './ports.ts'
import { fitCanvas, showOn } from './screen.ts'
import { useInSight } from './use-in-sight.ts'
import { usePalette } from './use-palette.ts'
import { useRatio } from './use-ratio.ts'

export interface MovingPicture {
  readonly lane: string
  readonly canvas: RefObject<HTMLCanvasElement | null>
  /** Where the colours are defined. */
  readonly viewport: RefObject<HTMLElement | null>
  readonly layout: Layout
  readonly ports: Ports
  readonly facilities: readonly Facility[]
  readonly scenario: Scenario
  readonly changes: readonly Change[]
  /** CSS pixels of a layout unit. */
  readonly unit: number
  /** No flying dots, and two frames a second. */
  readonly isStill: boolean
  /** Requests are coloured by the address of their client. */
  readonly byAddress: boolean
}

const NUMBERS_EVERY = 100
/** Of no more replicas than this in every frame, and in the very frame in which the same is painted. */
const FEW = 12
const STILL_EVERY = 500
/** Device pixels beyond which it is painted at one per CSS pixel. */
const MOST_PIXELS = 6e6

export interface Shown {
  readonly picture: Picture
  /** Another part of the stage is looked at. */
  readonly setView: (view: View) => void
}

export function useMovingPicture(given: MovingPicture): Shown {
  const { lane, canvas, viewport, layout, ports, facilities, scenario, changes, unit, isStill, byAddress } =
    given
  const palette = usePalette(viewport)
  const ratio = useRatio()
  const painter = useMemo(() => new Painter(showOn(canvas)), [canvas])
  const history = useMemo(
    () =>
      healthHistory(
        changes,
        Float64Array.from(facilities, (facility) => facility.speed),
        frontsOf(scenario),
        scenario.tiers[0]?.replicas.length ?? 0,
      ),
    [changes, facilities, scenario],
  )
  const draft = useMemo(
    () => pictures(facilities, frontsOf(scenario), scenario.clients.length),
    [facilities, scenario],
  )
  // Of a new scenario there is a picture at once: that of the last one has other replicas.
  const first = useMemo(() => drawn(draft, history), [draft, history])
  const [picture, setPicture] = useState({ draft, picture: first })

  useEffect(() => {
    if (palette === undefined || canvas.current === null) return
    const { width, height } = layout
    const scale = unit * (width * height * (unit * ratio) ** 2 > MOST_PIXELS ? 1 : ratio)
    fitCanvas(canvas.current, width, height, scale)
    const tiers = layout.tiers.map((place, index) => {
      const { cache } = scenario.tiers[index]!
      const concurrency = mostSlots(scenario, index)
      const hasCache = cache !== undefined
      const isCard = place.form === 'card' || place.form === 'line'
      return {
        place,
        concurrency,
        hasCache,
        gauge: isCard ? gaugeOf(place.form, place.cell.w, place.cell.h, concurrency, hasCache) : undefined,
      }
    })
    const fronts = layout.fronts.map(frontGauge)
    painter.setScene({ width, height, scale, ports, tiers, fronts, palette, byAddress })
  }, [canvas, layout, ports, palette, ratio, unit, painter, scenario, byAddress])

  const isInSight = useInSight(viewport)
  const lastPaint = useRef(0)
  const lastNumbers = useRef(0)
  useEffect(() => {
    const nodes = facilities.length
    lastNumbers.current = 0
    return onFrame((now) => {
      if (!isInSight.current) return
      const { at, speed, playing } = playhead.getState()
      const window = fitting(windowAt(lane, at), nodes)
      if (!isStill || !playing || now - lastPaint.current >= STILL_EVERY) {
        if (painter.paint({ window, at, speed, withDots: !isStill })) lastPaint.current = now
      }
      const every = isStill && playing ? STILL_EVERY : nodes <= FEW ? 0 : NUMBERS_EVERY
      if (now - lastNumbers.current < every) return
      lastNumbers.current = now
      const moving = isStill ? painter.countMoving(window, at, speed) : 0
      const next = draft(history.stateAt(at), window, at, speed, moving)
      const show = () =>
        setPicture((last) =>
          last.picture === next && last.draft === draft ? last : { draft, picture: next },
        )
      if (nodes <= FEW) flushSync(show)
      else show()
    }, THEN_STAGE)
  }, [lane, painter, history, draft, facilities, isStill, isInSight])
  const setView = useCallback((view: View) => painter.setView(view), [painter])
  return { picture: picture.draft === draft ? picture.picture : first, setView }
}

/** Before any trace: what is true and believed. */
function drawn(draft: Draft, history: HealthHistory): Picture {
  const { at, speed } = playhead.getState()
  return draft(history.stateAt(at), undefined, at, speed, 0)
}

/** A window of another cluster (a run that is still on its way out) is no window. */
function fitting(window: TraceWindow | undefined, nodes: number): TraceWindow | undefined {
  return window?.levels.nodes === nodes ? window : undefined
}
