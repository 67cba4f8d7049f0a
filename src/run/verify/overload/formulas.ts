/** Rows about rules that need no run: the share that a throttling client drops, the instants of CoDel's drops. */

import { MILLISECOND } from '../../../base/time.ts'
import { drops, openCodel } from '../../../policies/resilience/codel.ts'
import { dropShare } from '../../../policies/resilience/throttle.ts'
import { computed, isCannotRun, type Reader } from '../experiment.ts'
import { given } from '../given.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'

export const readThrottle: Reader = (row) => {
  if (row.model !== 'client-side adaptive throttling, formula') return undefined
  const share = unlessUnfit(() => {
    const g = given(row.parameters)
    const [requests, accepts, k] = [g.number('requests'), g.number('accepts'), g.number('K')]
    g.done()
    if (requests === undefined || accepts === undefined || k === undefined) {
      throw new Unfit('requests, accepts and K must be there')
    }
    return { is: dropShare(requests, accepts, k) }
  })
  if (isCannotRun(share)) return share
  return computed(`throttle ${JSON.stringify(row.parameters)}`, ({ quantity }) =>
    quantity === 'local_reject_probability' ? share.is : undefined,
  )
}

/** The queue is looked at so often. */
const LOOK = MILLISECOND / 100

export const readCodel: Reader = (row) => {
  if (row.model !== 'CoDel') return undefined
  const codel = unlessUnfit(() => {
    const g = given(row.parameters)
    const [interval = 0, target = 0] = [g.number('interval_ms'), g.number('target_ms')]
    const words = g.text('scenario') ?? ''
    g.done()
    if (!(interval > 0 && target > 0)) throw new Unfit('interval_ms and target_ms must be above 0')
    if (!/above target from t=0 on.*every instant/.test(words))
      throw new Unfit(`"${words}" is not understood`)
    return { interval: interval * MILLISECOND, target: target * MILLISECOND }
  })
  if (isCannotRun(codel)) return codel
  const wanted = Array.isArray(row.value) ? row.value.length : 0
  return computed(`codel ${JSON.stringify(row.parameters)}`, ({ quantity }) => {
    if (quantity !== 'drop_times_ms') return undefined
    const memory = openCodel()
    const at: number[] = []
    for (let now = 0; at.length < wanted; now += LOOK) {
      if (drops(codel, memory, 2 * codel.target, false, now)) at.push(now / MILLISECOND)
    }
    return at
  })
}
