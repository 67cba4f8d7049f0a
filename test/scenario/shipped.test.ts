import { expect, test } from 'vitest'
import { parse } from '../../src/scenario/index.ts'
import { problemsOf, scenarioOf, shipped } from './texts.ts'

test('there are scenarios', () => expect(shipped.map(([file]) => file)).toContain('calm.yaml'))

test.each(shipped)('%s can be read, with all its variants', (_, text) => {
  expect(problemsOf(text)).toEqual([])
  for (const { name } of scenarioOf(text).variants) expect(problemsOf(text, { variant: name })).toEqual([])
})

test.each(shipped)('%s says what it is, what to look for and what must come out', (_, text) => {
  const { name, summary, expect: expectations, seed } = scenarioOf(text)
  expect(name).toMatch(/^[A-Z].*[^.]$/)
  expect(summary).toMatch(/^[A-Z].*[.?]$/)
  expect(summary.split(/\s+/).length, 'at most 60 words').toBeLessThanOrEqual(60)
  expect(summary).not.toContain('\n')
  expect(expectations).not.toEqual([])
  expect(typeof seed).toBe('number')
  expect(text.startsWith('# yaml-language-server: $schema=../public/scenario.schema.json\n')).toBe(true)
})

test.each(shipped)('%s is small enough for the screen', (_, text) => {
  const { duration, clients } = scenarioOf(text)
  if (clients.every(({ arrivals }) => arrivals.policy === 'log')) return
  expect(duration).toBeLessThanOrEqual(120e9)
})

test('no two shipped scenarios share a name or a seed', () => {
  const read = shipped.map(([file, text]) => parse(text, file).scenario!)
  expect(new Set(read.map(({ name }) => name)).size).toBe(read.length)
  expect(new Set(read.map(({ seed }) => seed)).size).toBe(read.length)
})
