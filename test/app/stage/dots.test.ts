import { describe, expect, test } from 'vitest'
import { dotsFor, placeDots } from '../../../src/app/stage/dots.ts'
import { firstFrom, indexHops } from '../../../src/app/stage/hop-index.ts'
import { layOut } from '../../../src/app/stage/layout.ts'
import { findPorts, portOf } from '../../../src/app/stage/ports.ts'
import { drawnFrom, drawnLength, SHORTEST_MS, shortestAt } from '../../../src/app/stage/stretch.ts'
import { alongWay, LANE } from '../../../src/app/stage/way.ts'
import { hopsOf, syntheticWindow } from './synthetic.ts'

const S = 1e9
const layout = layOut({ populations: 2, tiers: [4, 3] }, 1440, 600)
const ports = findPorts(layout)
const hop = (
  from: number,
  to: number,
  departs: number,
  arrives: number,
  way = 0,
  outcome = 0,
  request = 1,
) => ({
  request,
  from,
  to,
  departs,
  arrives,
  way,
  outcome,
})

function dotsAt(rows: Parameters<typeof hopsOf>[0], at: number, speed = 1) {
  const hops = hopsOf(rows)
  const dots = dotsFor(hops.count)
  placeDots(indexHops(hops), ports, at, speed, dots)
  return Array.from({ length: dots.count }, (_, dot) => ({
    x: dots.x[dot]!,
    y: dots.y[dot]!,
    kind: dots.kind[dot]!,
  }))
}

describe('a dot', () => {
  const card = layout.tiers[0]!.panel
  const { front } = layout

  test('leaves the balancer as the request departs, in the lane of requests', () => {
    const [dot] = dotsAt([hop(-1, 0, 2 * S, 3 * S)], 2 * S)
    expect(dot!.x).toBeCloseTo(front.x + front.w, 3)
    expect(dot!.y).toBeCloseTo(front.y + front.h / 2 - LANE, 3)
  })

  test('is at its replica as the request arrives, and gone from then on', () => {
    const rows = [hop(-1, 0, 2 * S, 3 * S)]
    const [dot] = dotsAt(rows, 3 * S - 1)
    expect(dot!.x).toBeCloseTo(card.x, 3)
    expect(dotsAt(rows, 3 * S)).toEqual([])
    expect(dotsAt(rows, 2 * S - 1)).toEqual([])
  })

  test('of a response goes back along the same way in the other lane, with its outcome', () => {
    const there = dotsAt([hop(-1, 2, 2 * S, 3 * S)], 2.25 * S)[0]!
    const back = dotsAt([hop(2, -1, 2 * S, 3 * S, 1, 4)], 2.75 * S)[0]!
    expect(there.kind).toBe(0)
    expect(back.kind).toBe(5)
    expect(Math.hypot(there.x - back.x, there.y - back.y)).toBeCloseTo(2 * LANE, 3)
  })

  test('moves evenly along the main axis', () => {
    const xs = [0.1, 0.3, 0.5, 0.7].map((part) => {
      const point = { x: 0, y: 0 }
      alongWay(ports, portOf(ports.nodes, -1), 3, part, 0, point)
      return point.x
    })
    expect(xs[1]! - xs[0]!).toBeCloseTo(xs[3]! - xs[2]!, 6)
  })

  test('goes from tier to tier, and to the client that asked', () => {
    const [inner] = dotsAt([hop(1, 5, 0, S)], 0)
    expect(inner!.x).toBeCloseTo(card.x + card.w, 3)
    const [out] = dotsAt([hop(-1, -3, 0, S, 1, 0)], S - 1)
    const second = layout.clients[1]!
    expect(out!.x).toBeCloseTo(second.x + second.w, 3)
    expect(out!.y).toBeCloseTo(second.y + second.h / 2 + LANE, 3)
  })
})

describe('a short hop', () => {
  const MS = 1e6

  test('of a request is drawn longer and ends when it truly arrives', () => {
    const index = indexHops(hopsOf([hop(-1, 0, 1000 * MS, 1001 * MS)]))
    const shortest = shortestAt(1)
    expect(drawnLength(index, 0, shortest)).toBe(SHORTEST_MS * MS)
    expect(drawnFrom(index, 0, shortest) + drawnLength(index, 0, shortest)).toBe(1001 * MS)
  })

  test('of a response begins when it truly departs', () => {
    const index = indexHops(hopsOf([hop(0, -1, 1000 * MS, 1001 * MS, 1)]))
    expect(drawnFrom(index, 0, shortestAt(1))).toBe(1000 * MS)
  })

  test('is not stretched when time is slow enough to see it', () => {
    const index = indexHops(hopsOf([hop(-1, 0, 1000 * MS, 1030 * MS)]))
    const shortest = shortestAt(0.1)
    expect(drawnLength(index, 0, shortest)).toBe(30 * MS)
    expect(drawnFrom(index, 0, shortest)).toBe(1000 * MS)
  })

  test('into the balancer ends as the next one is drawn to begin, and out of it likewise', () => {
    const rows = [
      hop(-2, -1, 0, 5 * MS),
      hop(-1, 0, 5 * MS, 6 * MS),
      hop(0, -1, 9000 * MS, 9001 * MS, 1),
      hop(-1, -2, 9001 * MS, 9009 * MS, 1),
      hop(-2, -1, 2 * MS, 3 * MS, 0, 0, 7),
    ]
    const index = indexHops(hopsOf(rows))
    const shortest = shortestAt(1)
    const find = (request: number, from: number, way: number) =>
      Array.from(index.hops.request).findIndex(
        (serial, at) => serial === request && index.hops.from[at] === from && index.hops.way[at] === way,
      )
    const end = (at: number) => drawnFrom(index, at, shortest) + drawnLength(index, at, shortest)
    expect(end(find(1, -2, 0))).toBe(drawnFrom(index, find(1, -1, 0), shortest))
    expect(end(find(1, -1, 0))).toBe(6 * MS)
    expect(drawnFrom(index, find(1, -1, 1), shortest)).toBe(end(find(1, 0, 1)))
    expect(end(find(7, -2, 0))).toBe(3 * MS)
  })

  test('never shows one request in two places on its way through the balancer', () => {
    const rows = [hop(-2, -1, 0, 5 * MS), hop(-1, 0, 5 * MS, 6 * MS)]
    for (let at = -600; at < 20; at += 5) expect(dotsAt(rows, at * MS).length).toBeLessThanOrEqual(1)
  })
})

test('the binary search finds exactly the hops that a look at all of them finds', () => {
  const plan = {
    tiers: [
      { id: 'a', replicas: 4, concurrency: 2 },
      { id: 'b', replicas: 3, concurrency: 2 },
    ],
  }
  const window = syntheticWindow({
    ...plan,
    rate: 60,
    service: 30,
    latency: 25,
    seconds: 6,
    queue: 2,
    crash: true,
  })
  const index = indexHops(window.hops)
  const dots = dotsFor(window.hops.count)
  for (const speed of [0.05, 0.3, 1, 4]) {
    const shortest = shortestAt(speed)
    for (let at = 0; at < 6 * S; at += 0.173 * S) {
      let expected = 0
      for (let one = 0; one < window.hops.count; one++) {
        const from = drawnFrom(index, one, shortest)
        if (from <= at && at < from + drawnLength(index, one, shortest)) expected++
      }
      expect(placeDots(index, ports, at, speed, dots)).toBe(expected)
    }
  }
})

test('finds the first hop from an instant on', () => {
  const hops = hopsOf([hop(-1, 0, 10, 20), hop(-1, 1, 20, 40), hop(-1, 2, 20, 30)])
  expect([0, 10, 11, 20, 21].map((at) => firstFrom(hops, at))).toEqual([0, 0, 1, 1, 3])
})
