/** Texts that are made to hurt: each gets problems, soon (vitest ends a test that takes half a minute). */

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/scenario/index.ts'
import { compose } from '../../src/scenario/source/compose.ts'
import { problemsOf, scenarioOf, scenarioWith } from './texts.ts'

const MIB = 1 << 20
const fill = (part: string, length = MIB / 4) => part.repeat(Math.floor(length / part.length))
const bomb = (letters: string) =>
  [...letters]
    .map(
      (c, i) =>
        `${c}: &${c} [${Array(9)
          .fill(i === 0 ? 'x' : `*${letters[i - 1]}`)
          .join(', ')}]`,
    )
    .join('\n')

const TOO_DEEP = /nested more than 32 levels deep/
const SYNTAX = /not valid YAML|tags/

describe('a text', () => {
  test.each([
    ['longer than 1 MiB', fill('a', MIB + 1), /has 1048577 characters; the most allowed is 1048576/],
    ['of brackets', fill('['), TOO_DEEP],
    ['of braces', fill('{'), TOO_DEEP],
    ['of dashes', fill('- '), TOO_DEEP],
    ['of questions', fill('? '), TOO_DEEP],
    ['of colons', fill(': '), TOO_DEEP],
    [
      'indented ever deeper',
      Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      TOO_DEEP,
    ],
    [
      'with a mixture in a mixture in …',
      scenarioWith({
        tier: `service: { demand: ${'{ mixture: [{ of: '.repeat(30)} 1ms ${'}] }'.repeat(30)} }`,
      }),
      TOO_DEEP,
    ],
    ['of commas', `[${fill(',')}]`, SYNTAX],
    ['of anchors', fill('&a '), SYNTAX],
    ['of aliases', fill('*a '), SYNTAX],
    ['of tags', fill('! '), SYNTAX],
    ['of quotes', fill('"'), SYNTAX],
    ['of directives', fill('%a b\n'), SYNTAX],
    ['of documents', fill('---\n'), /a second document/],
    ['of nothing', fill(' \n'), /the file is empty/],
    ['of zeros', fill('\0'), /not a scenario|not valid YAML/],
    ['of lone surrogates', fill('\ud800'), /not a scenario/],
    ['with one key again and again', fill('a: 1\n'), /"a" is given twice/],
    [
      'with very many keys',
      Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`).join('\n'),
      /"k0" is not a setting/,
    ],
    ['with a huge key', `${fill('a', 900)}: 1\n`, /at most 200 characters/],
    ['that laughs a billion times', bomb('abcdefghij'), /more than 250000 values/],
    ['that holds itself', 'a: &a { b: *a }', /"\*a" stands for nothing/],
    ['with a long list of aliases', `a: &a [1, 2, 3]\nb: [${fill('*a ,')}]`, /more than 250000 values/],
  ])('%s', (_, text, problem) => expect(problemsOf(text).join('\n')).toMatch(problem))

  test('wrong all over makes no Error objects, each of which would take a while', () => {
    const { document, flaws } = compose(`[${fill(',')}]`)
    expect(document?.errors).toEqual([])
    expect(flaws).toHaveLength(200)
  })

  test('wrong all over has the first hundred problems told', () => {
    const problems = problemsOf(Array.from({ length: 150 }, (_, i) => `k${i}: 1`).join('\n'))
    expect(problems).toHaveLength(101)
    expect(problems[100]).toBe('s.yaml: And 52 more problems.')
  })
})

describe('names that mean something to JavaScript', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('%s', (name) => {
    const files = [
      scenarioWith({ rest: `${name}: { polluted: 1 }` }),
      scenarioWith({ client: `rate: 1/s, ${name}: { polluted: 1 }` }),
      scenarioWith({ tier: `service: { ${name}: 1 }` }),
      scenarioWith({ tier: `service: { demand: { ${name}: { mean: 1s } } }` }),
      scenarioWith({ tier: `balancing: { strategy: ${name} }` }),
      scenarioWith({ rest: `faults: [{ at: 1s, ${name}: web }]` }),
      scenarioWith({ rest: `faults: [{ at: 1s, crash: ${name} }]` }),
      scenarioWith({ rest: `expect: ["${name} > 1"]` }),
      scenarioWith({ rest: `variants: { ${name}: {} }` }),
      scenarioWith({ rest: `variants: { a: { ${name}: 1 } }` }),
      `clients: { ${name}: { rate: 1/s } }\ntiers: { web: }`,
      `clients: { users: { rate: 1/s } }\ntiers: { ${name}: }`,
    ]
    for (const file of files) expect(problemsOf(file), file).not.toEqual([])
    expect(problemsOf(scenarioWith(), { set: [`${name}=1`] })).not.toEqual([])
    expect(problemsOf(scenarioWith(), { set: [`clients.${name}.rate=1/s`] })).not.toEqual([])
    expect(problemsOf(scenarioWith(), { variant: name })).not.toEqual([])
    expect(({} as any).polluted).toBeUndefined()
  })
})

describe('the largest that is allowed', () => {
  test('is read', () => {
    const faults = Array.from({ length: 10_000 }, (_, i) => ` - { at: ${i}ms, crash: web/${i + 1} }`).join(
      '\n',
    )
    const scenario = scenarioOf(scenarioWith({ tier: 'replicas: 10000', rest: `faults:\n${faults}` }))
    expect(scenario.faults).toHaveLength(10_000)
    expect(scenario.tiers[0]?.replicas).toHaveLength(10_000)
    expect(problemsOf(scenarioWith({ rest: `faults:\n${faults}\n - { at: 1s, crash: web }` }))[0]).toMatch(
      /10001 faults are given; the most allowed is 10000/,
    )
  })

  test('of everything else', () => {
    const variants = (count: number) =>
      scenarioWith({ rest: `variants: {${Array.from({ length: count }, (_, i) => `v${i}: {}`).join()}}` })
    const expectations = (count: number) =>
      scenarioWith({ rest: `expect: [${Array(count).fill('availability > 1%').join()}]` })
    const clients = (count: number) =>
      `clients: {${Array.from({ length: count }, (_, i) => `c${i}: {rate: 1/s}`).join()}}\ntiers: { web: }`
    for (const [make, most] of [
      [variants, 32],
      [expectations, 64],
      [clients, 64],
    ] as const) {
      expect(problemsOf(make(most))).toEqual([])
      expect(problemsOf(make(most + 1))[0]).toMatch(
        new RegExp(`${most + 1} .* are given; the most allowed is ${most}`),
      )
    }
  })
})

test('flags can be hostile too', () => {
  for (const setting of [
    fill('a', 1000),
    `${fill('a.', 1000)}b=1`,
    `seed=${fill('[', 1000)}`,
    `seed=${fill('a', MIB + 1)}`,
    '',
    '=',
    'seed=&a *a',
    'name=a\u0000b',
  ]) {
    const { problems } = parse(scenarioWith(), 's.yaml', { set: [setting] })
    expect(problems.length, setting.slice(0, 40)).toBeGreaterThan(0)
    expect(problems[0]!.file.length).toBeLessThanOrEqual(120)
  }
})
