/** A lane's name with its colour, its dash and its number, so that it is known without colour too. */

import type { CSSProperties } from 'react'
import type { LaneMark } from '../charts/among.ts'
import { dashOf, tokenOf } from './lane-look.ts'
import css from './lane-tag.module.css'

export function LaneTag({ lane: { index, name } }: { readonly lane: LaneMark }) {
  return (
    <span className={css.tag}>
      <LaneSwatch index={index} />
      <span className={css.name}>{name}</span>
    </span>
  )
}

/** A piece of the lane's line, with its number. */
export function LaneSwatch({ index }: { readonly index: number }) {
  return (
    <span className={css.swatch} style={{ '--lane': `var(${tokenOf(index)})` } as CSSProperties}>
      <span className={css.number}>{index + 1}</span>
      <svg width="22" height="4" aria-hidden="true">
        <line x1="1" x2="21" y1="2" y2="2" strokeDasharray={dashOf(index).join(' ')} />
      </svg>
    </span>
  )
}
