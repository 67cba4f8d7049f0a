/** Balancers in front as they are read: a pair, DNS, and what does not go together. */

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/scenario/index.ts'

function read(balancers: string) {
  const { scenario, problems } = parse(
    `clients: { users: { rate: 10/s } }\ntiers: { web: { replicas: 2, balancers: ${balancers} } }\n`,
    'a.yaml',
  )
  return {
    structure: scenario?.tiers[0]?.structure,
    problems: problems.map(({ path, message, hint }) => `${path}: ${message} ${hint}`.trim()),
  }
}

describe('balancers', () => {
  test.each([
    ['{ count: 3 }', { balancers: 3 }],
    ['{ count: 3, behind: ecmp }', { balancers: 3 }],
    ['{ count: 3, behind: ecmp, detect: 3s }', { balancers: 3, front: { by: 'ecmp', detect: 3e9 } }],
    [
      '{ pair: active-passive }',
      { balancers: 2, front: { by: 'vrrp', advert: 1e9, priorities: [255, 100] } },
    ],
    [
      '{ count: 2, pair: active-passive, advert: 100ms, priorities: [100, 150] }',
      { balancers: 2, front: { by: 'vrrp', advert: 1e8, priorities: [100, 150] } },
    ],
    ['{ count: 2, behind: dns }', { balancers: 2, front: { by: 'dns', keptFor: 60e9 } }],
    [
      '{ zones: [a, b], behind: dns, ttl: 30s, keptFor: 5m, detect: 10s }',
      { balancers: 2, zones: ['a', 'b'], front: { by: 'dns', keptFor: 300e9, detect: 10e9 } },
    ],
  ])('%s', (text, structure) => expect(read(text)).toEqual({ structure, problems: [] }))

  test.each([
    ['{ count: 3, pair: active-passive }', ['count: a pair is two balancers.']],
    [
      '{ pair: active-passive, priorities: [100, 100] }',
      ['priorities: one priority must be higher than the other.'],
    ],
    [
      '{ count: 2, advert: 1s, ttl: 30s }',
      [
        'advert: "advert" belongs to a pair, such as pair: active-passive.',
        'ttl: "ttl" belongs to behind: dns.',
      ],
    ],
    [
      '{ pair: active-passive, behind: dns }',
      ['behind: a pair has one address: it is not spread by anything.'],
    ],
  ])('%s is wrong', (text, problems) =>
    expect(read(text).problems).toEqual(problems.map((one) => `tiers.web.balancers.${one}`)),
  )
})
