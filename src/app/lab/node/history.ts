/** What was true of a replica and what was believed of it, as an ordered list of states. */

import type { Change } from '../../../measure/series.ts'

export interface State {
  readonly at: number
  /** A balancer's number, or -1: what is true. */
  readonly balancer: number
  readonly text: string
  readonly isGood: boolean
}

/** In order of time; the state at the start is not among them. */
export function historyOf(changes: readonly Change[], node: number, speed: number): readonly State[] {
  return changes
    .filter((change) => change.node === node)
    .map(({ at, kind, balancer, value, rate, errors }) =>
      kind === 'truth'
        ? {
            at,
            balancer: -1,
            text: truthWords(value, rate / speed, errors),
            isGood: value === 0 && rate >= speed && errors === 0,
          }
        : {
            at,
            balancer,
            text: value === 1 ? 'believed ready' : 'believed out',
            isGood: value === 1,
          },
    )
}

function truthWords(health: number, pace: number, errors: number): string {
  if (health === 1) return 'crashed'
  if (health === 2) return 'hangs'
  if (health > 2) return ['is not there', 'starts', 'stops'][health - 3] ?? 'not up'
  const parts = [
    ...(pace > 0 && pace < 0.999 ? [`${Number((1 / pace).toPrecision(2))} times slower`] : []),
    ...(errors > 0 ? [`fails ${Math.round(errors * 100)} % of its requests`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : 'well'
}

/** What is true at an instant. */
export function truthAt(states: readonly State[], at: number): State | undefined {
  return states.findLast((state) => state.balancer < 0 && state.at <= at)
}

/** Balancers that believe it out at an instant. */
export function outAt(states: readonly State[], at: number): readonly number[] {
  const out = new Set<number>()
  for (const state of states) {
    if (state.at > at) break
    if (state.balancer < 0) continue
    if (state.isGood) out.delete(state.balancer)
    else out.add(state.balancer)
  }
  return [...out]
}
