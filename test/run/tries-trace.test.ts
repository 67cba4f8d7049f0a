/** What a trace tells of balancers in front, of those who wait there, and of further tries. */
import { expect, test } from 'vitest'
import { parse } from '../../src/scenario/index.ts'
import { doorOf } from '../../src/worker/door.ts'

const TEXT = `
clients:
  users: { rate: 300/s, timeout: 2s, addresses: 20, hedge: { after: 100ms } }
tiers:
  web:
    balancing: { strategy: least-connections }
    balancers: 3
    maxConnections: { perReplica: 1, queue: 200 }
    retries: { attempts: 2 }
    replicas: 4
    service: { demand: { exponential: { mean: 30ms } }, concurrency: 1 }
faults: [{ at: 1s, crash: web/2 }]
duration: 5s
`
const { scenario } = parse(TEXT, 'lines.yaml')

async function traced(from: number, to: number) {
  const door = doorOf()
  await door.open(1, scenario!, () => undefined)
  return door.trace(1, from, to, 1e6)
}

test('hops name the balancer in front that they come from and go to', async () => {
  const { hops } = await traced(0, 4e9)
  expect(hops.fronts).toBe(3)
  const rows = Array.from({ length: hops.count }, (_, hop) => hop)
  const ends = new Set(rows.flatMap((hop) => [hops.from[hop]!, hops.to[hop]!]))
  // Four replicas, three balancers, one population behind them.
  expect([...ends].sort((a, b) => a - b)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3])
  for (const hop of rows) {
    const isOfClient = hops.from[hop] === -4 || hops.to[hop] === -4
    const isOfReplica = hops.from[hop]! >= 0 || hops.to[hop]! >= 0
    expect(isOfClient).not.toBe(isOfReplica)
  }
  expect(new Set(hops.address).size).toBe(20)
})

test('further tries and copies are told apart, and have the number of their request', async () => {
  const { hops } = await traced(0, 4e9)
  const kinds = new Set<number>()
  for (let hop = 0; hop < hops.count; hop++) {
    const kind = hops.kind![hop]!
    kinds.add(kind)
    expect(kind > 0).toBe(hops.request[hop]! % 1 > 0)
  }
  expect([...kinds].sort()).toEqual([0, 1, 2])
})

test('a window in the middle has the same hops as one from the beginning', async () => {
  const whole = await traced(0, 4e9)
  const part = await traced(2e9, 3e9)
  const key = ({ hops }: typeof whole, hop: number) =>
    [
      hops.request[hop],
      hops.from[hop],
      hops.to[hop],
      hops.departs[hop],
      hops.way[hop],
      hops.kind![hop],
    ].join()
  const known = new Set(Array.from({ length: whole.hops.count }, (_, hop) => key(whole, hop)))
  const inside = Array.from({ length: part.hops.count }, (_, hop) => hop).filter(
    (hop) => part.hops.departs[hop]! >= 2e9 && part.hops.arrives[hop]! < 3e9,
  )
  expect(inside.length).toBeGreaterThan(500)
  for (const hop of inside) expect(known).toContain(key(part, hop))
})

test('those who wait at each balancer are counted', async () => {
  const { levels } = await traced(1e9, 4e9)
  expect(levels.held).toHaveLength(levels.frames * 3)
  expect(Math.max(...levels.held!)).toBeGreaterThan(2)
})
