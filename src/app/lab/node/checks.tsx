/** The health checks of one or more replicas of a tier that ended shortly before the playhead, and what they came to. */

import { useStore } from 'zustand'
import { clock, span } from '../../format.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { goTo } from '../inspected.ts'
import { balancerName, type Places, tierOf } from '../places.ts'
import { useAsked } from '../use-asked.ts'
import css from './node.module.css'

/** How far back is looked, ns: of many replicas less far. And how coarsely it follows the playhead. */
const BACK = 30e9
const FEW = 20
const EVERY = 2e9
const MOST = 2000
const SHOWN = 40

const PROBES = ['startup probe', 'readiness probe', 'liveness probe']

interface ChecksProps {
  readonly run: Run
  /** From the first node to the last. */
  readonly nodes: readonly [first: number, last: number]
  readonly places: Places
}

export function Checks({ run, nodes, places }: ChecksProps) {
  const [first, last] = nodes
  const { health } = tierOf(places, first)
  const isChecked = health?.active !== undefined || health?.probes !== undefined
  const back = Math.max(EVERY, BACK * Math.min(1, FEW / (last - first + 1)))
  const slot = useStore(shown, (state) => Math.ceil(state.playhead / EVERY))
  const at = useStore(shown, (state) => state.playhead)
  const { answer } = useAsked(isChecked ? `${run.number} ${first} ${last} ${slot}` : '', (engine) =>
    engine.facts(
      run.number,
      Math.max(0, slot * EVERY - back),
      slot * EVERY,
      { kinds: ['checked'], nodes: [first, last] },
      MOST,
    ),
  )
  if (!isChecked) {
    return (
      <section>
        <h3 className={css.title}>Checks</h3>
        <p className={css.note}>
          {first === last
            ? 'Nobody checks it, so balancers believe that it is ready.'
            : 'Nobody checks them.'}
        </p>
      </section>
    )
  }
  const rows = answer
    ? Array.from(answer.at, (when, row) => ({ when, row })).filter(({ when }) => when <= at)
    : []
  return (
    <section>
      <h3 className={css.title}>Checks, the latest first</h3>
      {rows.length === 0 && <p className={css.note}>None has ended in the last {span(back)}.</p>}
      <ol className={css.history}>
        {rows
          .slice(-SHOWN)
          .reverse()
          .map(({ when, row }) => {
            const balancer = answer!.subject[row]!
            const passed = answer!.detail[row] === 1
            const node = answer!.object[row]!
            return (
              <li key={`${when} ${node} ${balancer}`}>
                <button type="button" className={css.time} onClick={() => goTo(when)}>
                  {clock(when, 3)}
                </button>
                <span className={css.state} data-good={passed}>
                  {passed ? 'passed' : 'failed'}
                </span>
                <span className={css.by}>
                  {first < last && `${places.names[node]}, `}
                  {balancer < 0 ? PROBES[-1 - balancer] : `of ${balancerName(places, balancer)}`}
                </span>
              </li>
            )
          })}
      </ol>
    </section>
  )
}
