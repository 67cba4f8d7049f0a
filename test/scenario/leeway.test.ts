/** How many replicas more and fewer there may be during a deploy. */
import { describe, expect, test } from 'vitest'
import { leeway } from '../../src/scenario/membership.ts'
import { parse } from '../../src/scenario/parse.ts'

const share = (of: number) => ({ share: of })

describe('shares of the replicas', () => {
  test.each([
    [10, 0.25, 0.25, { surge: 3, unavailable: 2 }],
    [3, 0.25, 0.25, { surge: 1, unavailable: 0 }],
    [100, 0.07, 0.07, { surge: 7, unavailable: 7 }],
    [4, 1, 1, { surge: 4, unavailable: 4 }],
    [3, 0, 0.25, { surge: 0, unavailable: 1 }],
  ])('of %d, %d more and %d fewer', (wanted, more, fewer, expected) => {
    expect(leeway({ surge: share(more), unavailable: share(fewer) }, wanted)).toEqual(expected)
  })

  test('whole numbers are what they are', () => {
    expect(leeway({ surge: 2, unavailable: 1 }, 10)).toEqual({ surge: 2, unavailable: 1 })
  })
})

describe('in a file', () => {
  const read = (rollout: string) =>
    parse(
      `clients: { users: { rate: 10/s } }
tiers: { web: { replicas: 10, most: 13 } }
rollouts: [{ at: 1s, deploy: web, ${rollout} }]
`,
      'x.yaml',
    )

  test('a share is told by its sign', () => {
    const { scenario } = read('maxSurge: 25%, maxUnavailable: 1')
    expect(scenario?.faults[0]?.rollout).toMatchObject({ surge: { share: 0.25 }, unavailable: 1 })
  })

  test.each([
    ['maxSurge: 150%', 'is too much'],
    ['maxSurge: 0.25', 'a whole number is needed'],
    ['maxSurge: x%', 'is not a share'],
    ['maxSurge: 0%, maxUnavailable: 0%', 'nothing can ever be replaced'],
  ])('%s is wrong', (text, message) => {
    expect(
      read(text)
        .problems.map((problem) => problem.message)
        .join(),
    ).toContain(message)
  })
})
