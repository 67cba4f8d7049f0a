/** Replica-seconds of replicas that come and go. */

import { expect, test } from 'vitest'
import { existence } from '../../src/measure/cost.ts'
import type { Change } from '../../src/measure/series.ts'
import { HEALTH_ABSENT, HEALTH_STARTING, HEALTH_UP } from '../../src/model/facts.ts'

function truth(at: number, node: number, value: number): Change {
  return { at, kind: 'truth', node, balancer: -1, value, rate: 1, errors: 0, failed: 0 }
}

test('what exists costs from the decision to make it to its end, within the window', () => {
  const changes = [
    truth(0, 1, HEALTH_ABSENT),
    truth(20, 1, HEALTH_STARTING),
    truth(30, 1, HEALTH_UP),
    truth(70, 0, HEALTH_ABSENT),
    truth(95, 5, HEALTH_ABSENT),
  ]
  expect(existence(changes, 0, 2, 0, 100)).toBe(70 + 80)
  expect(existence(changes, 0, 2, 50, 100)).toBe(20 + 50)
  expect(existence([], 0, 2, 0, 100)).toBe(200)
})
