/** Whatever comes in, either a scenario or problems with places come out, never an exception. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse as readYaml, stringify } from 'yaml'
import { addFault, parse, setValue } from '../../src/scenario/index.ts'
import { scenarioSchema } from '../../src/scenario/schema.ts'
import { violations } from './json-schema.ts'
import { shipped } from './texts.ts'

const schema: any = scenarioSchema()

/** `FUZZ=50 npx vitest run test/scenario/fuzz` looks fifty times as long. */
const TIMES = Number(process.env.FUZZ ?? 1)
const runs = (count: number) => ({ numRuns: count * TIMES })

/** Words of the format, so that random structures get somewhere. */
const KEYS = [...new Set(names(schema))]
const WORDS = [
  ...KEYS,
  ...'5ms 2s 1h 400/s 30/m 64KiB 20% 0.2 1 0 -1 3 1e9 .nan .inf ~ true null auto unlimited fifo ps web web/1 web/99'.split(
    ' ',
  ),
  ...[
    'availability > 99%',
    'latency.p99 < 5ms',
    '',
    '__proto__',
    'constructor',
    '*a',
    '&a x',
    '!t',
    '<<',
    '\t',
    'x'.repeat(300),
  ],
]
const TOKENS = [
  ...WORDS,
  ': ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '\n',
  '\n  ',
  '\n    ',
  '#',
  '"',
  "'",
  '|',
  '>',
  '?',
  '\r',
  '\0',
  '\ud800',
  '…',
]

function check(text: string): void {
  const { scenario, problems } = parse(text, 'f.yaml')
  if (scenario) {
    expect(problems).toEqual([])
    expect(violations(readYaml(text, { merge: false }), schema)).toEqual([])
    JSON.stringify(scenario, (_, value) => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
      return value
    })
    return
  }
  expect(problems.length).toBeGreaterThan(0)
  expect(problems.length).toBeLessThanOrEqual(101)
  const lines = text.split('\n')
  for (const { file, line, column, message } of problems) {
    expect(file).toBe('f.yaml')
    expect(message).toMatch(/[.?]$/)
    if (message.startsWith('And ')) continue
    expect(line).toBeGreaterThan(0)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThan(0)
    expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1)
  }
}

const leaf = fc.oneof(fc.constantFrom(...WORDS), fc.double(), fc.integer(), fc.boolean(), fc.constant(null))
const key = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...KEYS) },
  { weight: 1, arbitrary: fc.constantFrom(...WORDS) },
)
const structure = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    leaf,
    fc.array(fc.tuple(key, tie('node')), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs)),
    fc.array(tie('node'), { maxLength: 4 }),
  ),
})).node

/** Changes of a text: some of it cut out, put in, or doubled. */
const mutation = fc.record({
  at: fc.nat(3000),
  cut: fc.oneof(fc.constant(0), fc.nat(12)),
  put: fc.oneof(fc.constant(''), fc.constantFrom(...TOKENS), fc.string({ maxLength: 5 })),
  twice: fc.boolean(),
})

function mutate(
  text: string,
  mutations: readonly { at: number; cut: number; put: string; twice: boolean }[],
): string {
  return mutations.reduce((changed, { at, cut, put, twice }) => {
    const place = at % (changed.length + 1)
    return changed.slice(0, place) + put + changed.slice(twice ? place : place + cut)
  }, text)
}

/** Swaps one value of a file for another word. */
function swapValue(text: string, which: number, word: string): string {
  const values = [...text.matchAll(/(?<=[:[,-] )[^\s{}[\],#][^{}[\],#\n]*/g)]
  const { index = 0, 0: value = '' } = values[which % values.length] ?? {}
  return text.slice(0, index) + word + text.slice(index + value.length)
}

describe('parse gives a scenario or problems for', () => {
  test('random characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), check), runs(333))
  })

  test('random bytes', () => {
    const decoder = new TextDecoder('latin1')
    const bytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => decoder.decode(bytes))
    fc.assert(fc.property(bytes, check), runs(333))
  })

  test('random tokens', () => {
    const text = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) => tokens.join(''))
    fc.assert(fc.property(text, check), runs(666))
  })

  test('random structures', () => {
    const text = fc
      .tuple(structure, fc.boolean())
      .map(([of, isJson]) => (isJson ? JSON.stringify(of) : stringify(of)))
    fc.assert(fc.property(text, check), runs(333))
  })

  test('random parts in a right place', () => {
    const part = fc.tuple(
      fc.constantFrom('clients.users', 'tiers.web', 'tiers.web.service', 'faults', 'variants.a', 'expect'),
      structure,
    )
    const file = part.map(([path, of]) => {
      const base: any = { clients: { users: { rate: '1/s' } }, tiers: { web: {} }, variants: {} }
      const keys = path.split('.')
      const last = keys.pop()!
      let at = base
      for (const key of keys) at = at[key] ??= {}
      at[last] = of
      return stringify(base)
    })
    fc.assert(fc.property(file, check), runs(333))
  })

  test.each(shipped)('%s with random changes', (_, text) => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) =>
        check(mutate(text, mutations)),
      ),
      runs(50),
    )
  })

  test.each(shipped)('%s with other values', (_, text) => {
    fc.assert(
      fc.property(fc.nat(200), fc.constantFrom(...WORDS), (which, word) =>
        check(swapValue(text, which, word)),
      ),
      runs(66),
    )
  })
})

test('settings and edits never throw', () => {
  const path = fc.array(
    fc.oneof(fc.constantFrom(...KEYS, 'users', 'web', '1', '2'), fc.string({ maxLength: 8 })),
    { maxLength: 6 },
  )
  const source = fc.tuple(fc.constantFrom(...shipped), fc.array(mutation, { maxLength: 2 }))
  fc.assert(
    fc.property(source, path, leaf, ([[, text], mutations], keys, value) => {
      const changed = mutate(text, mutations)
      const edited = addFault(setValue(changed, keys.join('.'), value), {
        at: 5e9,
        kind: 'hang',
        target: 'web/1',
      })
      expect(typeof edited).toBe('string')
      const { scenario, problems } = parse(changed, 'f.yaml', { set: [`${keys.join('.')}=${String(value)}`] })
      expect(scenario === undefined).toBe(problems.length > 0)
    }),
    runs(166),
  )
})

function names(schema: any): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = Object.keys(schema.properties ?? {})
  return [...own, ...(schema.enum ?? []), ...Object.values(schema).flatMap(names)].filter(
    (name) => typeof name === 'string',
  )
}
