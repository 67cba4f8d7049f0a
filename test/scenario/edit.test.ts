import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addFault, type NewFault, parse, setValue } from '../../src/scenario/index.ts'
import { scenarioOf, shipped } from './texts.ts'

const TEXT = `# A comment on top
name: 'One'   # quoted

clients:
  users: { rate: 10/s }  # few

tiers:
  web:
    # how to pick
    balancing: { strategy: two-choices, choices: 3 }
    replicas: 4

faults:
  # the first
  - { at: 30s, crash: web/2 }   # dies
  - at: 75s
    recover: web/2   # lives

# the end
expect:
  - availability > 1%
`

const crash: NewFault = { at: 40e9, kind: 'crash', target: 'web/3' }

/** The lines that are only in one of two texts: taken out and put in. */
function changes(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ]
}

describe('a fault', () => {
  test('goes among those that are in order of time, and changes nothing else', () => {
    const after = addFault(TEXT, crash)
    expect(changes(TEXT, after)).toEqual(['+   - { at: 40s, crash: web/3 }'])
    expect(after).toContain('   # dies\n  - { at: 40s, crash: web/3 }\n  - at: 75s')
  })

  test.each<[at: number, before: string, after: string]>([
    [10e9, '  # the first\n', '  - { at: 30s'],
    [30e9, '   # dies\n', '  - at: 75s'],
    [80e9, '    recover: web/2   # lives\n', '\n# the end'],
  ])('at %d ns stands where it belongs', (at, before, after) => {
    expect(addFault(TEXT, { ...crash, at })).toMatch(
      new RegExp(`${literally(before)} +- \\{ at: \\d+s, crash: web/3 \\}\\n${literally(after)}`),
    )
  })

  test.each<[what: string, text: string, expected: string]>([
    ['makes the list', 'tiers: {}\n', 'tiers: {}\nfaults:\n  - { at: 40s, crash: web/3 }\n'],
    [
      'makes the list at its usual place',
      'tiers: {}\n\nexpect: []\n',
      'tiers: {}\n\nfaults:\n  - { at: 40s, crash: web/3 }\n\nexpect: []\n',
    ],
    [
      'opens an empty list',
      'faults: [] # none\ntiers: {}\n',
      'faults:\n  - { at: 40s, crash: web/3 } # none\ntiers: {}\n',
    ],
    [
      'fills a list that is only announced',
      'tiers: {}\nfaults:\n',
      'tiers: {}\nfaults: [ { at: 40s, crash: web/3 } ]\n',
    ],
    [
      'joins a list on one line',
      'faults: [{ at: 1s, crash: web }, { at: 50s, recover: web }]\n',
      'faults: [{ at: 1s, crash: web }, { at: 40s, crash: web/3 }, { at: 50s, recover: web }]\n',
    ],
    [
      'joins a list on one line, in front',
      'faults: [{ at: 50s, recover: web }]\n',
      'faults: [{ at: 40s, crash: web/3 }, { at: 50s, recover: web }]\n',
    ],
    [
      'joins JSON',
      '{ "tiers": {}, "faults": [{ "at": "1s", "crash": "web" }] }',
      '{ "tiers": {}, "faults": [{ "at": "1s", "crash": "web" }, {"at":"40s","crash":"web/3"}] }',
    ],
    ['needs no end of line', 'tiers: {}', 'tiers: {}\nfaults:\n  - { at: 40s, crash: web/3 }'],
    [
      'keeps the ends of lines',
      'a: 1\r\nfaults:\r\n- at: 1s\r\n  crash: web\r\nb: 1\r\n',
      'a: 1\r\nfaults:\r\n- at: 1s\r\n  crash: web\n- { at: 40s, crash: web/3 }\r\nb: 1\r\n',
    ],
  ])('%s', (_, text, expected) => expect(addFault(text, crash)).toBe(expected))

  test('of each kind', () => {
    const at = 1_234_567_890
    const add = (fault: Omit<NewFault, 'at' | 'target'>) =>
      addFault('a: 1', { at, target: 'web', ...fault })
        .split('\n')
        .at(-1)
    expect(add({ kind: 'slow', factor: 2.5 })).toBe('  - { at: 1.23456789s, slow: web, factor: 2.5 }')
    expect(add({ kind: 'errors', share: 0.3, for: 10e9 })).toBe(
      '  - { at: 1.23456789s, errors: web, share: 30%, for: 10s }',
    )
  })

  test('is not added to what is no YAML', () => {
    for (const text of ['', 'a: [', '- a', 'x']) expect(addFault(text, crash)).toBe(text)
  })

  test.each(shipped)('in %s is the only thing that changes', (file, text) => {
    const before = scenarioOf(text)
    const target = before.tiers[0]!.replicas[0]!.id
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120e9 }), { maxLength: 4 }), (instants) => {
        let edited = text
        for (const at of instants) edited = addFault(edited, { at, kind: 'crash', target })
        const added = instants.map((at) => ({ at, kind: 'crash', tier: 0, replica: 0, amount: 0 }))
        const { scenario } = parse(edited, file)
        expect(scenario).toEqual({ ...before, name: scenario?.name, faults: expect.anything() })
        expect(scenario?.faults).toHaveLength(before.faults.length + added.length)
        for (const fault of added) expect(scenario?.faults).toContainEqual(fault)
        const comments = text.split('\n').filter((line) => line.includes('#'))
        for (const line of comments) expect(edited).toContain(line)
      }),
      { numRuns: 20 },
    )
  })
})

describe('a value', () => {
  test.each<[path: string, value: unknown, lines: string[]]>([
    ['name', 'Two', ["- name: 'One'   # quoted", '+ name: Two   # quoted']],
    ['name', 'a: b, [c]', ["- name: 'One'   # quoted", '+ name: "a: b, [c]"   # quoted']],
    ['seed', 9, ['+ seed: 9']],
    ['tiers.web.replicas', 8, ['-     replicas: 4', '+     replicas: 8']],
    [
      'tiers.web.balancing.choices',
      2,
      [
        '-     balancing: { strategy: two-choices, choices: 3 }',
        '+     balancing: { strategy: two-choices, choices: 2 }',
      ],
    ],
    [
      'tiers.web.balancing',
      { strategy: 'random' },
      ['-     balancing: { strategy: two-choices, choices: 3 }', '+     balancing: { strategy: random }'],
    ],
    ['tiers.web.service.demand', '5ms', ['+     service: { demand: 5ms }']],
    [
      'clients.users.timeout',
      '1s',
      ['-   users: { rate: 10/s }  # few', '+   users: { rate: 10/s, timeout: 1s }  # few'],
    ],
    [
      'faults.1.at',
      '31s',
      ['-   - { at: 30s, crash: web/2 }   # dies', '+   - { at: 31s, crash: web/2 }   # dies'],
    ],
    ['faults', [], []],
    ['tiers.wbe.replicas', 1, []],
    ['seed.x', 1, []],
  ])('%s = %j', (path, value, lines) => {
    if (path === 'faults')
      return expect(setValue(TEXT, path, value)).toContain('\nfaults: []\n  # the first\n\n# the end\n')
    expect(changes(TEXT, setValue(TEXT, path, value))).toEqual(lines)
  })

  test('drops what it excludes, and keeps the comments', () => {
    const after = setValue(TEXT, 'tiers.web.balancing.strategy', 'random')
    expect(scenarioOf(after).tiers[0]?.strategy).toEqual({ policy: 'random', params: { rule: 'plain' } })
    for (const comment of [
      'A comment on top',
      'quoted',
      'few',
      'how to pick',
      'the first',
      'dies',
      'lives',
      'the end',
    ]) {
      expect(after).toContain(`# ${comment}`)
    }
    expect(
      scenarioOf(setValue(TEXT, 'clients.users.arrivals', { constant: '5/s' })).clients[0]?.arrivals.policy,
    ).toBe('constant')
  })

  test('goes through an alias, and through an anchor that others stand for', () => {
    const text =
      'clients: { users: { rate: 1/s } }\ntiers:\n  a: { service: &s { demand: 1ms } }\n  b: { service: *s }\n'
    const b = scenarioOf(setValue(text, 'tiers.b.service.queue', 5))
    expect(b.tiers.map(({ service }) => service.queue === 5)).toEqual([false, true])
    const a = scenarioOf(setValue(text, 'tiers.a.service', { queue: 5 }))
    expect(a.tiers.map(({ service }) => service.queue === 5)).toEqual([true, false])
  })

  test('of any kind is read back', () => {
    const values = fc.oneof(fc.string({ maxLength: 30 }), fc.integer(), fc.boolean().map(String))
    fc.assert(
      fc.property(values, (seed) => {
        const after = parse(setValue(TEXT, 'seed', seed), 'x')
        expect(after.scenario?.seed).toBe(seed)
      }),
      { numRuns: 500 },
    )
  })
})

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
