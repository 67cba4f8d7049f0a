/** What one balancer may have at all replicas together. */

import { describe, expect, test } from 'vitest'
import {
  choose,
  enter,
  hasRoom,
  LINE_FULL,
  replied,
  sent,
  WAIT_FOR,
} from '../../../src/policies/upstream/choose.ts'
import { breaks, type ClusterLimits } from '../../../src/policies/upstream/cluster-limits.ts'
import { takeOut } from '../../../src/policies/upstream/membership.ts'
import { DOWN } from '../../../src/policies/upstream/standing.ts'
import { asked, open } from './build.ts'

const wide: ClusterLimits = { connections: 1024, pending: 1024, requests: 1024, isMultiplexed: false }

/** Replicas in turn. */
const three = (limits: Partial<ClusterLimits>) => open([{}, {}, {}], { cluster: { ...wide, ...limits } })

function send(u: ReturnType<typeof three>, times: number): number[] {
  return Array.from({ length: times }, (_, ticket) => {
    const answer = choose(u, asked, 0)
    if (answer >= 0) sent(u, answer)
    else if (answer !== LINE_FULL) enter(u, ticket, answer)
    return answer
  })
}

const waitsFor = (replica: number) => WAIT_FOR - replica

describe('connections', () => {
  test('are opened up to the limit; then a request waits for one to its own replica', () => {
    expect(send(three({ connections: 4 }), 7)).toEqual([0, 1, 2, 0, waitsFor(1), waitsFor(2), waitsFor(0)])
  })

  test('a replica always gets its first', () => {
    expect(send(three({ connections: 1 }), 4)).toEqual([0, 1, 2, waitsFor(0)])
    expect(send(three({ connections: 0, pending: 0 }), 4)).toEqual([0, 1, 2, LINE_FULL])
  })

  test('that are idle serve their own replica only', () => {
    const u = three({ connections: 4 })
    send(u, 7)
    replied(u, 2, 1, false, 1)
    expect([0, 1, 2].map((replica) => hasRoom(u, replica))).toEqual([false, false, true])
  })

  test('that break leave room for others', () => {
    const u = three({ connections: 4 })
    send(u, 4)
    breaks(u, 2)
    replied(u, 2, 1, true, 1)
    expect(hasRoom(u, 1)).toBe(true)
  })

  test('are not waited for over HTTP/2', () => {
    const answers = send(three({ connections: 1, pending: 0, isMultiplexed: true }), 30)
    expect(answers).toEqual(answers.map((_, i) => i % 3))
  })
})

test('so many may wait, and no more', () => {
  expect(send(three({ connections: 3, pending: 2 }), 6)).toEqual([
    0,
    1,
    2,
    waitsFor(0),
    waitsFor(1),
    LINE_FULL,
  ])
})

test('so many may be under way, and whoever comes then does not wait', () => {
  const u = three({ requests: 2 })
  expect(send(u, 3)).toEqual([0, 1, LINE_FULL])
  replied(u, 0, 1, false, 1)
  expect(send(u, 2)).toEqual([0, LINE_FULL])
})

test('who waits goes where it waits for, even if that is down by then', () => {
  const u = three({ connections: 3 })
  send(u, 4)
  takeOut(u, 0, DOWN)
  expect(hasRoom(u, 0)).toBe(false)
  replied(u, 0, 1, false, 1)
  expect(hasRoom(u, 0)).toBe(true)
})
