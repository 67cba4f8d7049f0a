/** When an expectation can be judged: while the run goes on, by what has happened so far, or only when it is over. */

import type { Expectation } from './scenario.ts'

/** Last words of figures that only ever grow in a run: counts, sums and greatest values. */
const GROWING = new Set(
  `arrived succeeded failed rejected timedOut retried byBalancers byClients hedges hedgesWon overflowed
  begun moved broken limited heldBack passed opened handshakes mostOpen dead stopping gone starting outOfReach shed
  lookUps hits staleHits coalesced fetches backgroundFetches failedFetches notModified fetchedBytes bypassed writes
  invalidated evictions purged servedOld servedOldMaxSeconds wastedSeconds replicaSeconds max requests
  keysMoved keysMovedNeedlessly`.split(/\s+/),
)
/** Figures of the run itself, and what the clock of the machine says. */
const OF_THE_END = /^(?:wall|simulated|series|timeline)\.|(?:^|\.)unfinished$/

/**
 * How an expectation is judged while the run goes on; undefined where that can be known only at its end: a count
 * that shall be large, or a least value that shall be small, can still come true. A count that shall be exactly
 * so much breaks when it is more.
 */
export function whileRunning({
  figure,
  operator,
  value,
}: Pick<Expectation, 'figure' | 'operator' | 'value'>): Pick<Expectation, 'operator' | 'value'> | undefined {
  if (OF_THE_END.test(figure)) return undefined
  const last = figure.slice(figure.lastIndexOf('.') + 1)
  if (GROWING.has(last) || /(?:^|\.)byOutcome\./.test(figure)) {
    if (operator === '>' || operator === '>=') return undefined
    return { operator: operator === '=' ? '<=' : operator, value }
  }
  if (last === 'min') {
    if (operator === '<' || operator === '<=') return undefined
    return { operator: operator === '=' ? '>=' : operator, value }
  }
  return { operator, value }
}
