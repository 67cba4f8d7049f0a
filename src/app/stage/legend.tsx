/** What the shapes and edges mean, in one line under the stage; folded away on a small screen. */

import { memo, useMemo } from 'react'
import { useStore } from 'zustand'
import type { Scenario } from '../../scenario/scenario.ts'
import { runs } from '../stores/runs.ts'
import { view } from '../stores/view.ts'
import { ShapeIcon } from './icons.tsx'
import type { Layout } from './layout.ts'
import { answersOf, movesOf } from './occurs.ts'
import { FULL_STRIP } from './paint-levels.ts'

interface LegendProps {
  readonly lane: string
  readonly layout: Layout
  /** Requests that one dot stands for. */
  readonly stride: number
  /** Dots that would fly, when they do not. */
  readonly moving: number | undefined
  readonly scenario: Scenario
  /** Also where there is room for it. */
  readonly isFolded: boolean
}

const STRETCHED =
  'So that they can be seen, hops shorter than 0.28 s on the screen are drawn longer than they are: a request ' +
  'still ends when it truly arrives and an answer still begins when it truly leaves, so queues and slots are exact.'

export const Legend = memo(function Legend(props: LegendProps) {
  const { lane, layout, stride, moving, scenario, isFolded } = props
  const hasHeat = layout.tiers.some((tier) => tier.form === 'heat')
  const hasCells = layout.tiers.some((tier) => tier.form === 'cell' || tier.form === 'heat')
  const series = useStore(runs, ({ lanes }) => lanes.find(({ key }) => key === lane)?.current?.series)
  const answers = useMemo(() => answersOf(scenario, series), [scenario, series])
  const looks = useMemo(() => [...movesOf(scenario), ...answers], [scenario, answers])
  const hasCaches = scenario.tiers.some(({ cache }) => cache !== undefined)
  const isWide = layout.width >= 720 && !isFolded
  return (
    <details
      className="stage-legend"
      data-wide={isWide}
      data-floating={isFolded}
      open={isWide}
      key={String(isWide)}
    >
      <summary>{isFolded && stride > 1 ? `Legend · 1 dot = ${stride} requests` : 'Legend'}</summary>
      <ul>
        {looks.map(({ shape, color, title, hint }) => (
          <li key={title} data-tip={hint}>
            <ShapeIcon shape={shape} color={color} />
            {title}
          </li>
        ))}
        <li>
          <i className="stage-key stage-key-busy" />
          busy slot
        </li>
        <li>
          <i className="stage-key stage-key-waiting" />
          waiting
        </li>
        {hasCaches && (
          <li data-tip="How full a cache is. Its colour compares its look-ups with the mean of its tier: blue for few, red for three times as many.">
            <i className="stage-key stage-key-cache" />
            cache: how full, how hot
          </li>
        )}
        {hasCells && <li>cell: height = share busy, strip = waiting, full at {FULL_STRIP}</li>}
        {hasHeat && <li>number in a cell = replicas not up</li>}
        <li>
          <i className="stage-key stage-key-edges" />
          outer edge: truth, inner edge: belief
        </li>
        <Choice is="byAddress" title="colour by client address" />
        <Choice is="hasCrowd" title="sessions and addresses (S)" />
        {stride > 1 && <li className="stage-stride">1 dot = {stride} requests</li>}
        <li title={STRETCHED}>
          short hops are drawn longer<span className="stage-hidden">. {STRETCHED}</span>
        </li>
      </ul>
      {moving !== undefined && <p>{moving} requests and answers on their way</p>}
    </details>
  )
})

/** Who asks is seen only by those who want to know. */
function Choice({ is, title }: { readonly is: 'byAddress' | 'hasCrowd'; readonly title: string }) {
  const isOn = useStore(view, (state) => state[is])
  return (
    <li>
      <label className="stage-choice">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => view.setState({ [is]: event.target.checked })}
        />
        {title}
      </label>
    </li>
  )
}
