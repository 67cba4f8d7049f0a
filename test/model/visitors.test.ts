import { describe, expect, test } from 'vitest'
import { addressBound, addressOf, addressPlan, visitorsBefore } from '../../src/model/visitors.ts'
import type { ClientPopulation } from '../../src/scenario/scenario.ts'
import { asListed, clients, poisson } from './build.ts'

const users = clients(poisson(1), { id: 'users', addresses: 1000, nat: { gateways: 7, share: 0.3 } })
const others = clients(poisson(1), { id: 'others', addresses: 300 })
const flood = clients(poisson(1), { id: 'flood', addresses: 700, role: 'attack' })
const behind = clients(poisson(1), {
  id: 'behind',
  addresses: 50,
  role: 'attack',
  nat: { gateways: 7, share: 1, sharedWith: 'users' },
})

describe.each<[string, readonly ClientPopulation[]]>([
  ['one', [others]],
  ['users behind gateways', [users]],
  ['users and attackers', [others, users, flood, behind]],
])('visitors of %s', (_, all) => {
  test('have addresses below the bound, and the highest is not far below it', () => {
    const bound = addressBound(all, 1)
    let highest = 0
    for (const [i, plan] of addressPlan(all).entries()) {
      for (let visitor = 0; visitor < all[i]!.addresses; visitor++) {
        highest = Math.max(highest, addressOf(plan, visitor))
      }
    }
    expect(highest).toBeLessThan(bound)
    expect(bound - highest).toBeLessThan(512)
  })

  test('are counted through without gaps', () => {
    const before = visitorsBefore(all, 1)!
    expect(before[0]).toBe(0)
    for (const [i, { addresses }] of all.entries()) expect(before[i + 1]! - before[i]!).toBe(addresses)
  })
})

test('a log’s visitors, or far too many of them, are not counted through', () => {
  for (const all of [[clients(asListed)], [clients(poisson(1), { addresses: 2 ** 21 + 1 })]]) {
    expect(visitorsBefore(all, 1)).toBeUndefined()
    expect(addressBound(all, 1)).toBe(0)
  }
  expect(visitorsBefore([others], 10_000)).toBeUndefined()
  expect(addressBound([others], 10_000)).toBe(0)
})
