/** The small picture of a scenario, made from its text once the card is in sight. */

import { useEffect, useRef, useState } from 'react'
import type { Entry } from '../catalogue.ts'
import { withReader } from '../reader.ts'
import css from './gallery.module.css'
import { HEIGHT, type Miniature, miniatureOf, WIDTH } from './miniature.ts'

/** By text: a card that comes back in sight has its picture at once. */
const made = new Map<string, Miniature>()

export function Picture({ entry }: { readonly entry: Entry }) {
  const box = useRef<SVGSVGElement>(null)
  const [picture, setPicture] = useState(() => made.get(entry.text))
  useEffect(() => {
    const node = box.current
    if (!node || picture) return undefined
    let isHere = true
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      // One card at a time, so that scrolling goes on between them.
      setTimeout(() =>
        withReader(({ parse }) => {
          const { scenario } = parse(entry.text, `${entry.id}.yaml`, { alone: true })
          if (!scenario) return
          made.set(entry.text, miniatureOf(scenario))
          if (isHere) setPicture(made.get(entry.text))
        }),
      )
    })
    observer.observe(node)
    return () => {
      isHere = false
      observer.disconnect()
    }
  }, [entry, picture])
  return (
    <svg className={css.picture} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} ref={box} aria-hidden="true">
      {picture && <Drawing of={picture} />}
    </svg>
  )
}

function Drawing({ of: { clients, columns, happens, timeY } }: { readonly of: Miniature }) {
  return (
    <>
      {columns.map(({ left, right }, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture does not change
          key={index}
          className={css.way}
          d={`M${index === 0 ? 12 : columns[index - 1]!.right + 2} 23H${left - (columns[index]!.limitX ? 5 : 2)}${index === columns.length - 1 ? '' : `M${right + 2} 23`}`}
        />
      ))}
      {clients.map(({ x, y, radius }) => (
        <circle key={y} className={css.client} cx={x} cy={y} r={radius} />
      ))}
      {columns.map(({ dots, hasCache, limitX }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture does not change
        <g key={index} className={hasCache ? css.cache : css.replica}>
          {limitX !== undefined && <path className={css.limit} d={`M${limitX} 9V37`} />}
          {dots.map(({ x, y, radius }) =>
            hasCache ? (
              <rect
                key={`${x} ${y}`}
                x={x - radius}
                y={y - radius}
                width={2 * radius}
                height={2 * radius}
                rx={1}
              />
            ) : (
              <circle key={`${x} ${y}`} cx={x} cy={y} r={radius} />
            ),
          )}
        </g>
      ))}
      <path className={css.time} d={`M3 ${timeY}H${WIDTH - 3}`} />
      {happens.map(({ from, to }, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture does not change
          key={index}
          className={css.happens}
          d={`M${from} ${timeY}H${Math.max(to, from + 0.01)}`}
        />
      ))}
    </>
  )
}
