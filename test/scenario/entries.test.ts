import { describe, expect, test } from 'vitest'
import { addEntry, changeEntry, entriesOf, removeEntry } from '../../src/scenario/edit/entries.ts'
import { parse } from '../../src/scenario/index.ts'
import { scenarioOf, shipped } from './texts.ts'

const TEXT = `clients: { users: { rate: 10/s } }
tiers:
  web: { replicas: 4 }

faults:
  # the first
  - { at: 30s, crash: web/2, for: 5s }   # dies
  - at: 75s
    slow: web   # all of them
    factor: 5

  # the last
  - { at: 1m20s, restart: web/1 }

# the end
expect: []
`

test('entries are found with their instants, targets and lengths', () => {
  expect(entriesOf(TEXT).map(({ said: _, ...entry }) => entry)).toEqual([
    { section: 'faults', index: 0, at: 30e9, lasts: 5e9, what: 'crash', target: 'web/2' },
    { section: 'faults', index: 1, at: 75e9, lasts: undefined, what: 'slow', target: 'web' },
    { section: 'faults', index: 2, at: 80e9, lasts: 10e9, what: 'restart', target: 'web/1' },
  ])
  expect(
    entriesOf('faults: [{ at: x, crash: web }, 3, { at: 1s }]\nrollouts: [{ at: 2s, deploy: web }]'),
  ).toEqual([
    {
      section: 'rollouts',
      index: 0,
      at: 2e9,
      lasts: undefined,
      what: 'deploy',
      target: 'web',
      said: { at: '2s', deploy: 'web' },
    },
  ])
  expect(entriesOf('a: [')).toEqual([])
})

describe('an entry', () => {
  test('of any kind is added among those in order of time', () => {
    const after = addEntry(TEXT, 'faults', { at: '40s', pause: 'web/3', every: '10s', lasts: '500ms' })
    expect(after).toContain('   # dies\n  - { at: 40s, pause: web/3, every: 10s, lasts: 500ms }\n  - at: 75s')
    const deploy = addEntry(TEXT, 'rollouts', { at: '40s', deploy: 'web', strategy: 'recreate' })
    expect(deploy).toContain('rollouts:\n  - { at: 40s, deploy: web, strategy: recreate }\n')
    expect(scenarioOf(deploy).faults.some(({ kind }) => kind === 'deploy')).toBe(true)
  })

  test('is moved and changed at its place, with its comments', () => {
    expect(changeEntry(TEXT, 'faults', 0, { at: '31s' })).toBe(TEXT.replace('at: 30s', 'at: 31s'))
    expect(changeEntry(TEXT, 'faults', 1, { at: '70s', factor: 2 })).toBe(
      TEXT.replace('at: 75s\n', 'at: 70s\n').replace('factor: 5', 'factor: 2'),
    )
    expect(changeEntry(TEXT, 'faults', 0, { crash: undefined, hang: 'web/3', for: undefined })).toContain(
      '{ at: 30s, hang: web/3 }   # dies',
    )
  })

  test('that does not exist changes nothing', () => {
    for (const index of [-1, 3]) {
      expect(changeEntry(TEXT, 'faults', index, { at: '1s' })).toBe(TEXT)
      expect(removeEntry(TEXT, 'faults', index)).toBe(TEXT)
    }
    expect(changeEntry('a: [', 'faults', 0, { at: '1s' })).toBe('a: [')
    expect(removeEntry('a: [', 'faults', 0)).toBe('a: [')
  })

  test('is taken out with its lines; comments on lines of their own stay', () => {
    expect(removeEntry(TEXT, 'faults', 0)).toBe(
      TEXT.replace('  - { at: 30s, crash: web/2, for: 5s }   # dies\n', ''),
    )
    expect(removeEntry(TEXT, 'faults', 1)).toBe(
      TEXT.replace('  - at: 75s\n    slow: web   # all of them\n    factor: 5\n', ''),
    )
    const last = removeEntry(removeEntry(removeEntry(TEXT, 'faults', 0), 'faults', 0), 'faults', 0)
    expect(last).toContain('faults: []\n  # the first')
    expect(last).toContain('# the last')
    expect(scenarioOf(last).faults).toEqual([])
  })

  test.each<[what: string, text: string, index: number, after: string]>([
    [
      'the list goes with the last one',
      'tiers: {}\n\nfaults:\n  - { at: 1s, crash: web }\n\nexpect: []\n',
      0,
      'tiers: {}\n\nexpect: []\n',
    ],
    ['without an end of line', 'tiers: {}\nfaults:\n  - { at: 1s, crash: web }', 0, 'tiers: {}\n'],
    [
      'out of one line',
      'faults: [{ at: 1s, crash: a }, { at: 2s, crash: b }]',
      0,
      'faults: [{ at: 2s, crash: b }]',
    ],
    [
      'out of one line, the last',
      'faults: [{ at: 1s, crash: a }, { at: 2s, crash: b }]',
      1,
      'faults: [{ at: 1s, crash: a }]',
    ],
    ['out of JSON', '{ "faults": [{ "at": "1s", "crash": "a" }], "a": 1 }', 0, '{ "faults": [], "a": 1 }'],
    [
      'with other ends of lines',
      'faults:\r\n- at: 1s\r\n  crash: a\r\n- { at: 2s, crash: b }\r\n',
      0,
      'faults:\r\n- { at: 2s, crash: b }\r\n',
    ],
  ])('%s', (_, text, index, after) => expect(removeEntry(text, 'faults', index)).toBe(after))

  test.each(shipped)('in %s can be moved, and taken out one by one', (file, text) => {
    let edited = text
    for (const { section, index, at } of entriesOf(text)) {
      edited = changeEntry(edited, section, index, { at: `${Math.round(at / 1e6) + 250}ms` })
    }
    const before = scenarioOf(text)
    const shifted = entriesOf(edited).map(({ at }) => at)
    expect(shifted).toEqual(entriesOf(text).map(({ at }) => at + 250e6))
    for (let left = entriesOf(edited); left.length > 0; left = entriesOf(edited)) {
      edited = removeEntry(edited, left[0]!.section, left[0]!.index)
    }
    const { scenario } = parse(edited, file, { alone: true })
    expect(scenario).toMatchObject({ tiers: before.tiers, clients: before.clients, faults: [] })
  })
})
