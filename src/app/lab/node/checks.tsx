/** The health checks of a replica that ended shortly before the playhead, and what they came to. */

import { useStore } from 'zustand'
import { clock } from '../../format.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { goTo } from '../inspected.ts'
import { balancerName, type Places, tierOf } from '../places.ts'
import { useAsked } from '../use-asked.ts'
import css from './node.module.css'

/** How far back is looked, ns, and how coarsely it follows the playhead. */
const BACK = 30e9
const EVERY = 2e9
const MOST = 400
const SHOWN = 40

const PROBES = ['startup probe', 'readiness probe', 'liveness probe']

interface ChecksProps {
  readonly run: Run
  readonly node: number
  readonly places: Places
}

export function Checks({ run, node, places }: ChecksProps) {
  const { health } = tierOf(places, node)
  const isChecked = health?.active !== undefined || health?.probes !== undefined
  const slot = useStore(shown, (state) => Math.ceil(state.playhead / EVERY))
  const at = useStore(shown, (state) => state.playhead)
  const { answer } = useAsked(isChecked ? `${run.number} ${node} ${slot}` : '', (engine) =>
    engine.facts(
      run.number,
      Math.max(0, slot * EVERY - BACK),
      slot * EVERY,
      { kinds: ['checked'], nodes: [node, node] },
      MOST,
    ),
  )
  if (!isChecked) {
    return (
      <section>
        <h3 className={css.title}>Checks</h3>
        <p className={css.note}>Nobody checks it, so balancers believe that it is ready.</p>
      </section>
    )
  }
  const rows = answer
    ? Array.from(answer.at, (when, row) => ({ when, row })).filter(({ when }) => when <= at)
    : []
  return (
    <section>
      <h3 className={css.title}>Checks, the latest first</h3>
      {rows.length === 0 && <p className={css.note}>None has ended in the last 30 s.</p>}
      <ol className={css.history}>
        {rows
          .slice(-SHOWN)
          .reverse()
          .map(({ when, row }) => {
            const balancer = answer!.subject[row]!
            const passed = answer!.detail[row] === 1
            return (
              <li key={`${when} ${balancer}`}>
                <button type="button" className={css.time} onClick={() => goTo(when)}>
                  {clock(when, 3)}
                </button>
                <span className={css.state} data-good={passed}>
                  {passed ? 'passed' : 'failed'}
                </span>
                <span className={css.by}>
                  {balancer < 0 ? PROBES[-1 - balancer] : `of ${balancerName(places, balancer)}`}
                </span>
              </li>
            )
          })}
      </ol>
    </section>
  )
}
