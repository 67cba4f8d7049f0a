/** Where playback shall stop: conditions that a person set, kept in the browser. */

import { persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import { kept } from '../stores/kept.ts'

/**
 * - `p99`: the p99 of a step of the charts rises above a limit
 * - `queue`: a queue reaches a length
 * - `truth`, `belief`: a replica's true state, or what a balancer believes of it, changes
 * - `failure`: a request fails
 * - `expectation`: what the scenario expects held so far, and does no longer
 */
export type Condition = 'p99' | 'queue' | 'truth' | 'belief' | 'failure' | 'expectation'

export interface Breakpoint {
  readonly condition: Condition
  /** `p99`: milliseconds; `queue`: requests; of others 0. */
  readonly limit: number
  readonly isOn: boolean
}

export interface Breakpoints {
  readonly list: readonly Breakpoint[]
}

const MOST = 20

export const breakpoints = createStore<Breakpoints>()(
  persist((): Breakpoints => ({ list: [] }), kept('evenkeel-breakpoints')),
)

/** Adds one that is on; one that says the same is switched on instead. */
export function addBreakpoint(condition: Condition, limit: number): void {
  breakpoints.setState(({ list }) => {
    const others = list.filter((one) => one.condition !== condition || one.limit !== limit)
    return { list: [...others, { condition, limit, isOn: true }].slice(-MOST) }
  })
}

export function switchBreakpoint(index: number, isOn: boolean): void {
  breakpoints.setState(({ list }) => ({ list: list.map((one, i) => (i === index ? { ...one, isOn } : one)) }))
}

export function removeBreakpoint(index: number): void {
  breakpoints.setState(({ list }) => ({ list: list.toSpliced(index, 1) }))
}

/** A sentence without its stop. */
export function conditionWords({ condition, limit }: Pick<Breakpoint, 'condition' | 'limit'>): string {
  switch (condition) {
    case 'p99':
      return `p99 rises above ${limit} ms`
    case 'queue':
      return `a queue reaches ${limit}`
    case 'truth':
      return 'a replica fails, recovers, comes or goes'
    case 'belief':
      return 'a balancer changes its mind about a replica'
    case 'failure':
      return 'a request fails'
    case 'expectation':
      return 'what is expected holds no longer'
  }
}
