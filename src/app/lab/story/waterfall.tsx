/** A request's way as a waterfall: a row for each leg, what it did there as bars against one axis of time. */

import type { CSSProperties, MouseEvent } from 'react'
import { useStore } from 'zustand'
import type { Leg, Story } from '../../../worker/protocol.ts'
import { span as spanText } from '../../format.ts'
import unseen from '../../parts/unseen.module.css'
import { OUTCOMES } from '../../stage/outcomes.ts'
import { shown } from '../../stores/shown.ts'
import { goTo, inspect } from '../inspected.ts'
import { type Places, policyName } from '../places.ts'
import { extentOf, kindsOf, LEGEND, percentAt, spanWords, ticksOf } from './look.ts'
import css from './waterfall.module.css'

interface WaterfallProps {
  readonly story: Story
  readonly places: Places
  readonly lane: string
}

export function Waterfall({ story, places, lane }: WaterfallProps) {
  const extent = extentOf(story)
  const kinds = kindsOf(story.legs)
  const at = useStore(shown, (state) => state.playhead)
  const isWithin = at >= extent.from && at <= extent.to
  const style = { '--now': `${percentAt(extent, at)}%` } as CSSProperties
  const seekTo = (event: MouseEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    goTo(extent.from + ((event.clientX - left) / width) * (extent.to - extent.from))
  }
  return (
    <figure className={css.waterfall} aria-label="Its way">
      <div className={css.axis} aria-hidden="true">
        {ticksOf(extent).map((tick) => (
          <span key={tick} style={{ left: `${percentAt(extent, extent.from + tick)}%` }}>
            {tick === 0 ? '0' : `+${spanText(tick)}`}
          </span>
        ))}
      </div>
      <ol className={css.legs} style={style} data-now={isWithin || undefined}>
        {story.legs.map((leg, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: legs of a story stay in order
          <li key={index} className={css.leg}>
            <LegName leg={leg} places={places} lane={lane} />
            {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the list of facts has buttons for the same */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
            <div className={css.track} onClick={seekTo}>
              {leg.spans.map((span, i) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: spans stay in order
                  key={i}
                  className={css.span}
                  data-kind={span.kind}
                  data-tip={`${spanWords(span)}, from +${spanText(span.from - extent.from)}`}
                  style={{
                    left: `${percentAt(extent, span.from)}%`,
                    width: `${percentAt(extent, span.to) - percentAt(extent, span.from)}%`,
                  }}
                />
              ))}
              {leg.marks.map((mark, i) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: marks stay in order
                  key={`m${i}`}
                  className={css.mark}
                  data-tip={mark.text}
                  style={{ left: `${percentAt(extent, mark.at)}%` }}
                />
              ))}
            </div>
            <LegEnd leg={leg} story={story} />
            {leg.marks.length > 0 && (
              <p className={css.marks} aria-hidden="true">
                {[...new Set(leg.marks.map(({ text }) => text))].join(', ')}
              </p>
            )}
            <p className={unseen.words}>{legWords(leg)}</p>
          </li>
        ))}
      </ol>
      <figcaption className={css.legend}>
        {LEGEND.filter(({ kind }) => kinds.has(kind)).map(({ kind, text }) => (
          <span key={kind}>
            <span className={css.swatch} data-kind={kind} />
            {text}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function LegName({
  leg,
  places,
  lane,
}: {
  readonly leg: Leg
  readonly places: Places
  readonly lane: string
}) {
  const { tier, node, attempt } = leg
  const style = { '--depth': Math.max(0, tier) } as CSSProperties
  const again = attempt > 0 && <span className={css.again}>try {attempt + 1}</span>
  if (node < 0) {
    const id = places.scenario.tiers[tier]?.id
    return (
      <span className={css.name} style={style}>
        {id === undefined ? 'client' : `balancer of ${id}`} {again}
      </span>
    )
  }
  return (
    <span className={css.name} style={style}>
      <button type="button" onClick={() => inspect(lane, { kind: 'replica', node })}>
        {places.names[node]}
      </button>{' '}
      {again}
    </span>
  )
}

/** How long it took; of the clients' own leg, from their request to its end. */
function LegEnd({ leg, story }: { readonly leg: Leg; readonly story: Story }) {
  const { spans, outcome, tier, node } = leg
  const isWhole = tier < 0 && node < 0 && story.settled >= story.born
  const total = isWhole ? story.settled - story.born : spans.reduce((sum, { from, to }) => sum + to - from, 0)
  return (
    <span className={css.end} data-failed={outcome > 0 || undefined}>
      {outcome > 0 ? OUTCOMES[outcome]?.title : spanText(total)}
    </span>
  )
}

/** For those who cannot see the bars. */
function legWords({ spans, marks, outcome, why }: Leg): string {
  const parts = [...spans.map(spanWords), ...marks.map(({ text }) => text)]
  const end = policyName(outcome < 0 ? 'still under way' : (OUTCOMES[outcome]?.title ?? ''))
  return `${why ? `${why}: ` : ''}${parts.length > 0 ? `${parts.join(', ')}; ` : ''}${end}.`
}
