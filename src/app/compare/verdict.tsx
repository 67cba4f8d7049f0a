/** The table behind the verdict: every figure of every lane, and its paired difference from the first lane. */

import { useStore } from 'zustand'
import type { Comparison, Difference, FigureOutline } from '../../worker/protocol.ts'
import { milliseconds, percent, plain } from '../format.ts'
import { LaneSwatch } from '../parts/lane-tag.tsx'
import { Term } from '../parts/term.tsx'
import unseen from '../parts/unseen.module.css'
import type { Lane } from '../stores/runs.ts'
import { isBetter, isSure } from './advice.ts'
import css from './verdict.module.css'
import { verdict } from './verdict-store.ts'

const TITLES: Readonly<Record<string, readonly [title: string, definition: string]>> = {
  availability: ['Availability', 'Requests that succeeded, of all that ended.'],
  throughput: ['Throughput', 'Requests answered per second, whatever the answer.'],
  goodput: ['Goodput', 'Requests that succeeded per second.'],
  'latency.mean': ['Mean', 'Mean latency of requests that succeeded.'],
  'latency.p50': ['p50', 'Median latency.'],
  'latency.p95': ['p95', 'All but five in a hundred took no longer.'],
  'latency.p99': ['p99', 'All but one in a hundred took no longer.'],
  'latency.p999': ['p99.9', 'All but one in a thousand took no longer.'],
  'waiting.mean': ['Mean wait', 'Time in queues, on average.'],
  'requests.failed': ['Failed', 'Requests that ended with an error.'],
  'requests.rejected': ['Rejected', 'Requests that found a full queue.'],
  'requests.timedOut': ['Timed out', 'Requests whose client gave up.'],
  imbalance: ['Imbalance', 'Requests of the busiest replica over the mean of its tier; 1 is even.'],
  utilisation: ['Busiest', 'Share of its slots that were busy, of the busiest replica.'],
}

export default function VerdictTable({ lanes }: { readonly lanes: readonly Lane[] }) {
  const result = useStore(verdict, (state) => state.result)
  if (!result) return <p className={css.note}>The table fills in when the first replication is done.</p>
  const columns = result.variants.map(({ name: key }) => {
    const index = lanes.findIndex((lane) => lane.key === key)
    return { key, index: Math.max(0, index), name: lanes[index]?.name ?? key }
  })
  return (
    <div className={css.verdict}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={css.scroll} tabIndex={0} aria-label="Verdict by figure">
        <table className={css.table} data-many={columns.length > 3}>
          <thead>
            <tr>
              <td />
              {columns.map(({ key, index, name }) => (
                <th key={key} scope="col">
                  <LaneSwatch index={index} />
                  <span className={css.name}>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.figures
              .filter((figure) => isTelling(result, figure))
              .map((figure) => (
                <tr key={figure.name}>
                  <th scope="row">
                    <Term definition={TITLES[figure.name]?.[1] ?? figure.name}>
                      {TITLES[figure.name]?.[0] ?? figure.name}
                    </Term>
                  </th>
                  {columns.map(({ key }) => (
                    <Cell key={key} lane={key} figure={figure} result={result} />
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </section>
      <p className={css.note}>
        Means over {result.replications} {result.replications === 1 ? 'replication' : 'replications'} under
        seeds of their own, the same for every lane. Below: the difference from lane 1 with its 95 % interval,
        pair by pair. A mark says that it is sure even though so many figures are compared (Holm’s
        correction); without one it may be luck. {fairness(result)}
      </p>
    </div>
  )
}

/** A row of nothing but zeros says nothing. */
function isTelling({ variants }: Comparison, { name }: FigureOutline): boolean {
  return variants.some(({ figures }) => figures[name]?.values.some((value) => value !== null && value !== 0))
}

interface CellProps {
  readonly lane: string
  readonly figure: FigureOutline
  readonly result: Comparison
}

function Cell({ lane, figure, result }: CellProps) {
  const mean = result.variants.find(({ name }) => name === lane)?.figures[figure.name]?.mean ?? null
  const difference = result.differences.find((d) => d.variant === lane && d.figure === figure.name)
  return (
    <td>
      {mean === null ? '–' : written(mean, figure)}
      {difference && <Change difference={difference} figure={figure} figures={result.figures} />}
    </td>
  )
}

interface ChangeProps {
  readonly difference: Difference
  readonly figure: FigureOutline
  readonly figures: readonly FigureOutline[]
}

function Change({ difference, figure, figures }: ChangeProps) {
  const { mean, halfWidth, verdict: found } = difference
  if (found === 'same') return <span className={css.change}>same</span>
  if (mean === null || halfWidth === null) return null
  const better = isSure(found) ? isBetter(difference, figures) : undefined
  const look = !isSure(found) ? 'open' : better === undefined ? 'sure' : better ? 'better' : 'worse'
  const amount = `${mean > 0 ? '+' : '−'}${step(Math.abs(mean), figure)}`
  return (
    <span className={css.change} data-look={look}>
      {isSure(found) && <span aria-hidden="true">{mean > 0 ? '▲ ' : '▼ '}</span>}
      {amount} <span className={css.margin}>± {step(halfWidth, figure)}</span>
      <span className={unseen.words}>
        {' '}
        ({look === 'open' ? 'not sure' : look === 'sure' ? 'sure' : `surely ${look}`})
      </span>
    </span>
  )
}

function written(value: number, { unit, name }: FigureOutline): string {
  if (unit === 'share') return percent(value)
  if (unit === 'ms') return milliseconds(value)
  if (unit === 's') return milliseconds(value * 1000)
  if (unit === 'rate') return `${plain(value)}/s`
  return name === 'imbalance' ? `${plain(value)}×` : plain(value)
}

/** The size of a difference, or of its interval. */
function step(value: number, figure: FigureOutline): string {
  if (figure.unit === 'share') return `${plain(Number((value * 100).toPrecision(2)))}\u00a0pp`
  return written(value, figure).replace('×', '')
}

function fairness({ fairness: { requests, why } }: Comparison): string {
  if (requests === 'same') return 'In every replication all lanes had exactly the same requests, as seen.'
  if (requests === 'same arrivals') return `The same requests arrived, but ${why}.`
  return why ? `The lanes did not have the same requests: ${why}.` : ''
}
