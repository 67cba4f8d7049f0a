import { expect, test } from 'vitest'
import { haproxyConsistent } from '../../../../src/policies/balancing/haproxy-consistent.ts'
import { hash } from '../../../../src/policies/balancing/hash.ts'
import { alike, drive, onAddress, onText, pick, reply, send, set } from './driver.ts'
import { keysOf, listen, recording } from './recordings.ts'

const { config, input, observed } = recording('haproxy_hash')

test.each(input.map((recorded, i) => [recorded.listen, i] as const))('%s is reproduced', (called, i) => {
  const { driven: d, hashed } = listen(config, called)
  const { server_in_maint: out } = input[i]
  if (out) set(d, out - 1, false)
  const asked = hashed === 'address' ? onAddress : onText
  expect(keysOf('haproxy_hash', i).map((key) => pick(d, asked(key)) + 1)).toEqual(observed[i])
})

const factors = recording('haproxy_hash_balance_factor')

test.each(factors.input.map((recorded, i) => [recorded.factor, i] as const))(
  'hash-balance-factor %i is reproduced',
  (_factor, i) => {
    const { driven: d, servers } = listen(factors.config, factors.input[i].listen)
    const at = new Map<number, number>()
    const picks: string[] = []
    for (const [step, request, key] of factors.input[i].script) {
      if (step === 'finish') {
        reply(d, at.get(request)!)
        continue
      }
      const expected = pick(d, onText(key))
      at.set(request, send(d, onText(key)))
      expect(at.get(request)).toBe(expected)
      picks.push(servers[expected]!.name)
    }
    expect(picks).toEqual(factors.observed[i])
  },
)

test('requests without a key walk HAProxy’s map, or its ring', () => {
  const map = drive(hash, alike(3), { rule: 'haproxy' })
  expect([1, 2, 3, 4].map(() => pick(map, onText('')))).toEqual([0, 1, 2, 0])
  const ring = drive(haproxyConsistent, alike(3))
  const round = Array.from({ length: 48 }, () => pick(ring, onText('')))
  expect([0, 1, 2].map((i) => round.filter((replica) => replica === i).length)).toEqual([16, 16, 16])
})

test('the default function of each type is as HAProxy has it', () => {
  expect(hash.params.avalanche!.default).toBe(false)
  expect(haproxyConsistent.params.avalanche!.default).toBe(true)
  expect(hash.params.function!.default).toBe('sdbm')
})
