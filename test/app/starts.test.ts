import { describe, expect, test } from 'vitest'
import { CLIENT_STARTS, SMALLEST, TIER_STARTS } from '../../src/app/build/starts.ts'
import { addNamed, freeName } from '../../src/scenario/edit/parts.ts'
import { parse } from '../../src/scenario/index.ts'

const problems = (text: string) => parse(text, 'x').problems.map(({ message }) => message)

test('the smallest scenario is right', () => expect(problems(SMALLEST)).toEqual([]))

test.each(CLIENT_STARTS.map((start) => [start.title, start] as const))('clients: %s', (_, { id, value }) => {
  expect(problems(addNamed(SMALLEST, ['clients'], freeName(SMALLEST, id), value))).toEqual([])
})

describe.each(TIER_STARTS.map((start) => [start.title, start] as const))('a tier: %s', (_, start) => {
  test('is right where it is put, alone and with every other', () => {
    const once = put(SMALLEST, start)
    expect(problems(once)).toEqual([])
    for (const other of TIER_STARTS) expect(problems(put(once, other)), other.title).toEqual([])
  })
  test('has a line for each setting', () => {
    expect(put(SMALLEST, start)).toContain(`\n  ${freeName(SMALLEST, start.id)}:\n    `)
  })
})

function put(text: string, { id, value, place }: (typeof TIER_STARTS)[number]): string {
  const count = parse(text, 'x').scenario!.tiers.length
  const to = place === 'front' ? 0 : place === 'beforeLast' ? count - 1 : count
  return addNamed(text, ['tiers'], freeName(text, id), value, to)
}
