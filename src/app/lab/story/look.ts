/** How each part of a request's time is called and drawn in the waterfall. */

import type { Leg, Span, SpanKind, Story } from '../../../worker/protocol.ts'
import { span as spanText } from '../../format.ts'

export const SPAN_WORDS: Readonly<Record<SpanKind, string>> = {
  way: 'on its way',
  line: 'in line at the balancer',
  limit: 'held back by a rate limit',
  queue: 'in the queue',
  service: 'in service',
  below: 'waiting for the next tier',
  back: 'on its way back',
}

/** As the legend has them, those that look alike together. */
export const LEGEND: readonly { readonly kind: SpanKind; readonly text: string }[] = [
  { kind: 'way', text: 'network' },
  { kind: 'line', text: 'in line at the balancer' },
  { kind: 'limit', text: 'held back' },
  { kind: 'queue', text: 'queue' },
  { kind: 'service', text: 'service' },
  { kind: 'below', text: 'waits for the next tier' },
]

/** From birth to the end of the last leg. */
export interface Extent {
  readonly from: number
  readonly to: number
}

export function extentOf({ born, legs, settled }: Story): Extent {
  const ends = legs.flatMap(({ spans }) => spans.map(({ to }) => to))
  return { from: born, to: Math.max(born + 1, Number.isNaN(settled) ? born : settled, ...ends) }
}

/** Place in the extent, 0 to 100. */
export function percentAt({ from, to }: Extent, at: number): number {
  return Math.min(100, Math.max(0, (100 * (at - from)) / (to - from)))
}

/** Kinds that occur. */
export function kindsOf(legs: readonly Leg[]): ReadonlySet<SpanKind> {
  return new Set(legs.flatMap(({ spans }) => spans.map(({ kind }) => (kind === 'back' ? 'way' : kind))))
}

/** `in the queue 3.1 ms` */
export function spanWords({ kind, from, to }: Span): string {
  return `${SPAN_WORDS[kind]} ${spanText(to - from)}`
}

/** Round instants of the extent, three to six of them. */
export function ticksOf({ from, to }: Extent): readonly number[] {
  const length = to - from
  const rough = length / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough)!
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step)
}
