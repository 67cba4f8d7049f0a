/** What the marks mean, each with its value at the pointer or the playhead. */

import type { CSSProperties } from 'react'
import css from './chart.module.css'

export interface LegendEntry {
  readonly id: string
  readonly title: string
  /** Custom property with its colour, and what is drawn in it; absent when it is not drawn. */
  readonly token?: string
  readonly mark?: 'area' | 'line' | 'ghost'
  /** Already formatted; absent when it only explains. */
  readonly value?: string | undefined
}

export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul className={css.legend}>
      {entries.map(({ id, title, token, mark, value }) => (
        <li className={css.entry} key={id}>
          {' '}
          {token && (
            <span
              className={css.swatch}
              data-mark={mark}
              style={{ '--swatch': `var(${token})` } as CSSProperties}
            />
          )}
          {title}
          {value !== undefined && <span className={css.amount}>{value}</span>}
        </li>
      ))}
    </ul>
  )
}
