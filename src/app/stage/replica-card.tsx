/**
 * A replica as a card or a line: its outer edge is what is true of it, its inner edge what the balancers
 * believe. Slots and queue are drawn between, by the canvas.
 */

import { memo, useId } from 'react'
import { grouped } from '../format.ts'
import { DoorSigns, type Signs } from './doors/door-signs.tsx'
import type { Facility } from './facilities.ts'
import { type Gauge, lineName } from './gauge.ts'
import { keepKeys } from './keys.ts'
import type { Box } from './layout.ts'
import { placeStyle } from './place.ts'
import { Reason } from './reason.tsx'
import {
  beliefOf,
  beliefWord,
  busyText,
  describeReplica,
  type ReplicaView,
  shownStanding,
} from './replica-view.ts'
import { fittingName } from './short-name.ts'
import { Sign } from './sign.tsx'
import { Slots } from './slots.tsx'

interface ReplicaCardProps {
  readonly facility: Facility
  readonly view: ReplicaView
  readonly box: Box
  readonly form: 'card' | 'line'
  readonly gauge: Gauge
  readonly signs: Signs
  readonly upright: boolean
  readonly onReplica: (node: number) => void
}

export const ReplicaCard = memo(function ReplicaCard(props: ReplicaCardProps) {
  const { facility, view, box, form, gauge, signs, upright, onReplica } = props
  const id = useId()
  const standing = shownStanding(view)
  const beyond = view.queued + Math.max(0, view.busy - facility.mostSlots)
  const description = describeReplica(view, facility)
  return (
    <button
      type="button"
      className={`stage-replica stage-${form}`}
      style={placeStyle(box)}
      data-condition={view.condition}
      data-belief={beliefOf(view)}
      data-standing={standing?.name}
      data-store={gauge.store !== undefined}
      data-target={facility.name}
      aria-label={facility.name}
      aria-describedby={id}
      title={form === 'line' ? `${facility.name}: ${description}` : undefined}
      onClick={() => onReplica(facility.node)}
      onKeyDown={keepKeys}
    >
      <Slots gauge={gauge} w={box.w} h={box.h} there={gauge.isBar ? 1 : view.slots} />
      {form === 'card' ? (
        <CardWords {...props} />
      ) : (
        <span className="stage-line-name" style={{ width: lineName(box.w) }}>
          <Sign view={view} />
          <span className="stage-name">{fittingName(facility.name, lineName(box.w) - 20)}</span>
        </span>
      )}
      {beyond > gauge.mostTicks && <More beyond={beyond} gauge={gauge} />}
      <Reason failure={view.failure} failures={view.failures} age={view.failureAge} />
      <DoorSigns signs={signs} upright={upright} />
      <span id={id} className="stage-hidden">
        {description}
      </span>
    </button>
  )
})

function CardWords({ facility, view, box }: ReplicaCardProps) {
  const belief = beliefOf(view)
  // On a narrow card only what is out of the ordinary is said.
  const isThere = view.condition !== 'absent'
  const standing = shownStanding(view)
  const saysBelief = isThere && (box.w >= 200 || belief !== 'ready' || standing !== undefined)
  return (
    <>
      <span className="stage-card-head">
        <Sign view={view} isWordy />
        <span className="stage-name">{fittingName(facility.name, box.w * 0.5 - 24)}</span>
        <span className="stage-state">
          <b>{view.conditionText}</b>
          {saysBelief && <i>{beliefWord(view)}</i>}
        </span>
      </span>
      <span className="stage-card-foot">
        <span>
          {view.queued > 0 ? `${grouped(view.queued)} waiting` : view.hits >= 0 ? `${view.hits} % hits` : ''}
        </span>
        <span>{view.busy < 0 || !isThere ? '' : busyText(view, facility)}</span>
      </span>
    </>
  )
}

/** `+12` beyond the ticks; where there are none, how many wait. */
function More({ beyond, gauge }: { beyond: number; gauge: Gauge }) {
  const right = gauge.queueX - gauge.mostTicks * gauge.pitch - 4
  return (
    <span className="stage-more" style={{ width: right, top: gauge.queueY, lineHeight: `${gauge.tickH}px` }}>
      {gauge.mostTicks > 0 ? `+${beyond - gauge.mostTicks}` : beyond}
    </span>
  )
}
