/**
 * What the marks mean, each with its value at the pointer or the playhead; with two instants pinned, at
 * both, and what lies between. Follows ten times a second at most.
 */

import { type CSSProperties, useMemo } from 'react'
import { useStore } from 'zustand'
import { clock } from '../../format.ts'
import { pins } from '../../stores/pins.ts'
import { shown } from '../../stores/shown.ts'
import { valueAt } from '../columns.ts'
import { differenceText, valueText } from '../values.ts'
import type { ChartKey, Steps } from './chart-data.ts'
import css from './legend.module.css'

interface LegendProps {
  readonly keys: readonly ChartKey[]
  readonly steps: Steps
}

export function Legend({ keys, steps }: LegendProps) {
  const isPinned = useStore(pins, ({ a, b }) => a !== undefined || b !== undefined)
  const measured = keys.filter(({ column }) => column)
  if (isPinned && measured.length > 0) return <PinnedLegend keys={measured} steps={steps} />
  return <PlainLegend keys={keys} steps={steps} />
}

function PlainLegend({ keys, steps }: LegendProps) {
  const at = useStore(shown, (state) => state.at)
  return (
    <ul className={css.legend}>
      {keys.map((key) => (
        <li className={css.entry} key={key.id}>
          <Swatch of={key} />
          <span className={css.name}>{key.title}</span>
          {key.fixed !== undefined ? (
            <span className={css.amount}>{key.fixed}</span>
          ) : (
            key.column && <Amount of={key} steps={steps} at={at} />
          )}
        </li>
      ))}
    </ul>
  )
}

interface AmountProps {
  readonly of: ChartKey
  readonly steps: Steps
  readonly at: number
}

/** As wide as the longest that it will be, so that nothing beside or below it moves. */
function Amount({ of: key, steps, at }: AmountProps) {
  const { steps: count } = key.steps ?? steps
  // biome-ignore lint/correctness/useExhaustiveDependencies: keys are made anew more often than their columns
  const room = useMemo(() => longest(key, count), [key.column, count])
  return (
    <span className={css.amount} style={{ minWidth: `${room}ch` }}>
      {valueText(key, amountOf(key, steps, at))}
    </span>
  )
}

/** Steps that are looked at for the longest text. */
const LOOKS = 50

function longest(key: ChartKey, steps: number): number {
  const every = Math.max(1, Math.floor(steps / LOOKS))
  let most = 0
  for (let step = 0; step < steps; step += every)
    most = Math.max(most, valueText(key, key.column!.values[step]!).length)
  return most
}

/** A missing second pin is where the pointer or the playhead is. */
function PinnedLegend({ keys, steps }: LegendProps) {
  const { a, b } = useStore(pins)
  const at = useStore(shown, (state) => state.at)
  const first = a ?? at
  const second = b ?? at
  return (
    <table className={css.pinned}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            {a === undefined ? 'here' : 'A'} {clock(first, 1)}
          </th>
          <th scope="col">
            {b === undefined ? 'here' : 'B'} {clock(second, 1)}
          </th>
          <th scope="col">difference</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const [one, other] = [amountOf(key, steps, first), amountOf(key, steps, second)]
          return (
            <tr key={key.id}>
              <th scope="row">
                <Swatch of={key} /> {key.title}
              </th>
              <td>{valueText(key, one)}</td>
              <td>{valueText(key, other)}</td>
              <td>{differenceText(key.column!, other - one)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function amountOf(key: ChartKey, steps: Steps, at: number): number {
  return valueAt(key.steps ?? steps, key.column?.values, at)
}

/** A piece of the line as it is drawn, or a patch of the area. */
function Swatch({ of: { token, mark, dash, swatch } }: { readonly of: ChartKey }) {
  if (swatch) return swatch
  if (!token) return null
  const style = { '--swatch': `var(${token})` } as CSSProperties
  if (mark !== 'line') return <span className={css.patch} style={style} />
  return (
    <svg className={css.line} style={style} width="14" height="4" aria-hidden="true">
      <line x1="0" x2="14" y1="2" y2="2" strokeDasharray={dash?.join(' ')} />
    </svg>
  )
}
