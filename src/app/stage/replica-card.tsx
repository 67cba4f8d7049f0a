/**
 * A replica as a card or a line: its outer edge is what is true of it, its inner edge what the balancers
 * believe. Slots and queue are drawn between, by the canvas.
 */

import { memo, useId } from 'react'
import type { Facility } from './facilities.ts'
import { type Gauge, lineName } from './gauge.ts'
import { ConditionIcon } from './icons.tsx'
import { keepKeys } from './keys.ts'
import type { Box } from './layout.ts'
import { OUTCOMES } from './outcomes.ts'
import { placeStyle } from './place.ts'
import { beliefOf, busyText, describeReplica, type ReplicaView } from './replica-view.ts'
import { fittingName } from './short-name.ts'
import { Slots } from './slots.tsx'

interface ReplicaCardProps {
  readonly facility: Facility
  readonly view: ReplicaView
  readonly box: Box
  readonly form: 'card' | 'line'
  readonly gauge: Gauge
  readonly onReplica: (node: number) => void
}

export const ReplicaCard = memo(function ReplicaCard(props: ReplicaCardProps) {
  const { facility, view, box, form, gauge, onReplica } = props
  const id = useId()
  const beyond = view.queued + Math.max(0, view.busy - facility.concurrency)
  const description = describeReplica(view, facility)
  return (
    <button
      type="button"
      className={`stage-replica stage-${form}`}
      style={placeStyle(box)}
      data-condition={view.condition}
      data-belief={beliefOf(view)}
      data-target={facility.name}
      aria-label={facility.name}
      aria-describedby={id}
      title={form === 'line' ? `${facility.name}: ${description}` : undefined}
      onClick={() => onReplica(facility.node)}
      onKeyDown={keepKeys}
    >
      <Slots gauge={gauge} w={box.w} h={box.h} />
      {form === 'card' ? (
        <CardWords {...props} />
      ) : (
        <span className="stage-line-name" style={{ width: lineName(box.w) }}>
          <ConditionIcon condition={view.condition} />
          <span className="stage-name">{fittingName(facility.name, lineName(box.w) - 20)}</span>
        </span>
      )}
      {beyond > gauge.mostTicks && <More beyond={beyond} gauge={gauge} />}
      {view.failure > 0 && (
        <span className="stage-reason" data-age={view.failureAge}>
          {OUTCOMES[view.failure]?.reason}
        </span>
      )}
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
  const saysBelief = isThere && (box.w >= 200 || belief !== 'ready')
  return (
    <>
      <span className="stage-card-head">
        <ConditionIcon condition={view.condition} />
        <span className="stage-name">{fittingName(facility.name, box.w * 0.5 - 24)}</span>
        <span className="stage-state">
          <b>{view.conditionText}</b>
          {saysBelief && <i>{belief === 'partly' ? `${view.ready}/${view.balancers} ready` : belief}</i>}
        </span>
      </span>
      <span className="stage-card-foot">
        <span>{view.queued > 0 ? `${view.queued} waiting` : ''}</span>
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
