/** What befell a node or a balancer, and what is still to come, in order of time. */

import { clock } from '../../format.ts'
import { goTo } from '../inspected.ts'
import css from './node.module.css'

export interface Happened {
  readonly at: number
  readonly text: string
  /** Undefined: neither good nor bad. */
  readonly isGood?: boolean
  /** Who or what it is about, or whose belief it is. */
  readonly by?: string
}

interface PastProps {
  /** In order of time. */
  readonly all: readonly Happened[]
  readonly at: number
  /** Said when there is nothing. */
  readonly none: string
}

const MOST = 200

export function Past({ all, at, none }: PastProps) {
  const last = all.findLastIndex((one) => one.at <= at)
  return (
    <section>
      <h3 className={css.title}>Its past and future</h3>
      {all.length === 0 ? (
        <p className={css.note}>{none}</p>
      ) : (
        <ol className={css.history}>
          {all.slice(0, MOST).map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays in order
            <li key={index} data-now={index === last || undefined} data-future={one.at > at || undefined}>
              <button type="button" className={css.time} onClick={() => goTo(one.at)}>
                {clock(one.at, 3)}
              </button>
              {one.isGood === undefined ? (
                <span className={css.told}>{one.text}</span>
              ) : (
                <span className={css.state} data-good={one.isGood}>
                  {one.text}
                </span>
              )}
              {one.by !== undefined && <span className={css.by}>{one.by}</span>}
            </li>
          ))}
        </ol>
      )}
      {all.length > MOST && <p className={css.note}>and {all.length - MOST} more changes</p>}
    </section>
  )
}
