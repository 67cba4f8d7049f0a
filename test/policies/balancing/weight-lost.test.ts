/** What failures take of a weight in smooth round robin, against nginx's own loop. */

import { expect, test } from 'vitest'
import { below, stream } from '../../../src/base/stream.ts'
import { roundRobin } from '../../../src/policies/balancing/round-robin.ts'
import { drive, send, set } from './load/driver.ts'

/** nginx's loop: current and effective weight of every server, one after the other. */
function nginxPick(
  weight: readonly number[],
  current: number[],
  effective: number[],
  ready: ArrayLike<number>,
) {
  let best = -1
  let total = 0
  for (let i = 0; i < weight.length; i++) {
    if (ready[i] !== 1) continue
    current[i]! += effective[i]!
    total += effective[i]!
    if (effective[i]! < weight[i]!) effective[i]!++
    if (best < 0 || current[i]! > current[best]!) best = i
  }
  if (best >= 0) current[best]! -= total
  return best
}

test('a weight that failures have taken comes back pick by pick, as in nginx', () => {
  const random = stream(4, 'weight-lost')
  for (let n = 0; n < 200; n++) {
    const weight = Array.from({ length: 1 + below(random, 8) }, () => 1 + below(random, 12))
    const d = drive(roundRobin, weight)
    const current = weight.map(() => 0)
    const effective = [...weight]
    for (let k = 0; k < 300; k++) {
      const i = below(random, weight.length)
      const what = below(random, 10)
      if (what === 0) set(d, i, d.pool.isReady[i] === 0)
      if (what === 1) {
        const taken = Math.trunc(weight[i]! / (1 + below(random, 3)))
        effective[i] = Math.max(0, effective[i]! - taken)
        roundRobin.penalised!(d.pool, d.memory, i, taken)
      }
      const expected = nginxPick(weight, current, effective, d.pool.isReady)
      expect(send(d), `weights ${weight}, pick ${k}`).toBe(expected)
    }
  }
})
