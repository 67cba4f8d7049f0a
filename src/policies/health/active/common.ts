/** Parameters that several rules for active checks share. */

import type { Param } from '../../policy.ts'

/** Time between two checks. @param ns default */
export function everyParam(ns: number) {
  return {
    kind: 'duration',
    title: 'Interval',
    summary: 'Time from one check of a replica to the next.',
    default: ns,
    min: 1e6,
  } as const satisfies Param
}

/** Of a timeout above the interval, where one check at a time is under way. */
export const LEFT_OUT =
  ' A check that is due before that is left out, so a timeout above the interval makes checks rarer.'
export const LATER = ' The next check is due one interval after that.'

/** How long a check may take. @param ns default @param above what a timeout above the interval does: a sentence */
export function timeoutParam(ns: number, above = '') {
  return {
    kind: 'duration',
    title: 'Timeout',
    summary: `A check unanswered for this long has failed.${above}`,
    default: ns,
    min: 0,
    above: true,
  } as const satisfies Param
}

/** A number of results in a row. */
export function inARow(title: string, summary: string, standard: number) {
  return {
    kind: 'integer',
    title,
    summary,
    default: standard,
    min: 1,
    max: 1000,
  } as const satisfies Param
}

/** True: nothing is known of a replica until its first check. */
export const startsUp = {
  kind: 'boolean',
  title: 'Up at the start',
  summary: 'True: replicas count as healthy before their first check; false: they have to pass it.',
  default: false,
} as const satisfies Param
