/** The balancer in front: its strategy, and whom it believes to be ready. */

import { memo } from 'react'
import type { Scenario } from '../../scenario/scenario.ts'
import type { Layout } from './layout.ts'
import { OUTCOMES } from './outcomes.ts'
import { placeStyle } from './place.ts'
import type { ReplicaView } from './replica-view.ts'
import { Title } from './title.tsx'

/** Replicas beyond which beliefs are only counted. */
const MOST_MARKS = 48

interface BalancerProps {
  readonly layout: Layout
  readonly scenario: Scenario
  readonly views: readonly ReplicaView[]
  /** Outcome with which it turned a request away lately, 0 when not. */
  readonly failure: number
}

export function Balancer({ layout, scenario, views, failure }: BalancerProps) {
  const tier = scenario.tiers[0]
  if (tier === undefined) return null
  const beliefs = views.slice(0, tier.replicas.length).map((view) => (view.ready > 0 ? '1' : '0'))
  return (
    <BalancerCard
      layout={layout}
      strategy={tier.strategy.policy.replaceAll('-', ' ')}
      beliefs={beliefs.join('')}
      reason={OUTCOMES[failure]?.reason ?? ''}
    />
  )
}

interface BalancerCardProps {
  readonly layout: Layout
  readonly strategy: string
  /** A character for each replica: 1 believed ready, 0 out. */
  readonly beliefs: string
  readonly reason: string
}

const BalancerCard = memo(function BalancerCard({ layout, strategy, beliefs, reason }: BalancerCardProps) {
  const marks = [...beliefs]
  const ready = marks.filter((mark) => mark === '1').length
  return (
    <>
      <Title box={layout.frontTitle} title="balancer" />
      <div className="stage-balancer" style={placeStyle(layout.front)}>
        <span className="stage-name">{strategy}</span>
        {marks.length <= MOST_MARKS && (
          <svg
            className="stage-beliefs"
            width={Math.min(12, marks.length) * 11}
            viewBox={`0 0 ${Math.min(12, marks.length) * 10} ${rows(marks.length) * 10}`}
            aria-hidden="true"
          >
            {marks.map((mark, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a replica is its place
              <path key={index} data-out={mark === '0'} d={beliefPath(mark, index)} />
            ))}
          </svg>
        )}
        <span className="stage-fine">
          {ready} of {marks.length} believed ready
        </span>
        {reason !== '' && (
          <span className="stage-reason" data-age="0">
            {reason}
          </span>
        )}
      </div>
    </>
  )
})

const rows = (count: number) => Math.ceil(count / 12)

/** A filled disc for ready, a hollow one with a stroke through it for out. */
function beliefPath(mark: string, index: number): string {
  const x = (index % 12) * 10 + 5
  const y = Math.floor(index / 12) * 10 + 5
  const disc = `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z`
  return mark === '1' ? disc : `${disc}M${x - 3} ${y + 3}l6-6`
}
