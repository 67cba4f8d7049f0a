/**
 * HAProxy's `observe`: `error-limit` errors in a row of traffic are held against the replica's active checks
 * in the way of `on-error` (see `blame` of the haproxy rule for checks).
 *
 * Source: HAProxy 2.6.12, server.c (__health_adjust), and recordings of it.
 */

import type { ParamSpec, Policy } from '../../policy.ts'
import { type Ending, GOOD, LEFT, REFUSED, UNANSWERED } from './watch.ts'

const params = {
  observe: {
    kind: 'choice',
    title: 'Observed',
    summary: 'layer4: connections only; layer7: answers with errors too.',
    default: 'layer7',
    choices: ['layer4', 'layer7'],
  },
  errorLimit: {
    kind: 'integer',
    title: 'Error limit',
    summary: 'Errors in a row after which something is done.',
    default: 10,
    min: 1,
    max: 1e6,
  },
  onError: {
    kind: 'choice',
    title: 'On error',
    summary: 'Check sooner, count a failed check, all but the last failed check, or take it out at once.',
    default: 'fail-check',
    choices: ['fastinter', 'fail-check', 'sudden-death', 'mark-down'],
  },
} as const satisfies ParamSpec

export const haproxyObserve: Policy = {
  name: 'haproxy-observe',
  title: 'HAProxy: observe',
  summary: 'Errors of traffic in a row count against a replica in its active checks.',
  source: 'HAProxy 2.6.12, server.c; recordings.',
  params,
}

/** Counts an ending. @param errors by replica: errors in a row @returns true when the limit is reached */
export function observes(
  errors: Int32Array,
  replica: number,
  ending: Ending,
  { observe, errorLimit }: { readonly observe: string; readonly errorLimit: number },
): boolean {
  if (ending === LEFT) return false
  const isError = observe === 'layer4' ? ending === REFUSED || ending === UNANSWERED : ending !== GOOD
  if (!isError) {
    errors[replica] = 0
    return false
  }
  errors[replica]!++
  if (errors[replica]! < errorLimit) return false
  errors[replica] = 0
  return true
}
