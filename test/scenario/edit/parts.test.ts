import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse as readYaml } from 'yaml'
import { appendAt, removeAt, setAt } from '../../../src/scenario/edit/at-path.ts'
import { addNamed, freeName, movePart, removePart, renamePart } from '../../../src/scenario/edit/parts.ts'
import { parse } from '../../../src/scenario/index.ts'
import { shipped } from '../texts.ts'

const TEXT = `# on top
clients:
  users: { rate: 10/s, addresses: { nat: { gateways: 2 } } } # few
  # at night
  robots: { rate: 1/s, addresses: { nat: { sharedWith: users } } }

tiers:
  # terminates TLS
  edge:
    replicas: 2   # a pair
    service: { demand: 1ms }
  # does the work
  web:
    balancing:
      strategy: two-choices # of two
    replicas: 4
    rateLimit: { rate: 5/s, clients: [robots] }

faults:
  - { at: 1s, crash: edge/1 }
  # the second
  - { at: 2s, slow: web, factor: 2 }
  - at: 3s # spread over lines
    crash: web/2

variants:
  one: { tiers.web.replicas: 3 }
  both:
    tiers.edge.replicas: 1 # less
    tiers.web.balancing: random
    expect: [tiers.web.imbalance < 2, availability > 1%]

expect:
  - availability > 1%
  - tiers.web.replicas.web/2.share < 90% # fair
  - clients.robots.availability > 1%
`

/** The lines that are only in one of two texts: taken out and put in. */
function changes(after: string, before = TEXT): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ]
}

const problems = (text: string) => parse(text, 'x').problems.map(({ message }) => message)

test('the text of these tests is right', () => expect(problems(TEXT)).toEqual([]))

describe('at a path', () => {
  test.each<[what: string, text: string, lines: string[]]>([
    [
      'a value',
      setAt(TEXT, ['tiers', 'edge', 'replicas'], 3),
      ['-     replicas: 2   # a pair', '+     replicas: 3   # a pair'],
    ],
    ['a new key', setAt(TEXT, ['tiers', 'web', 'most'], 9), ['+     most: 9']],
    [
      'a map on the way',
      setAt(TEXT, ['tiers', 'edge', 'tls', 'handshake'], '1ms'),
      ['+     tls: { handshake: 1ms }'],
    ],
    ['an item', appendAt(TEXT, ['expect'], 'latency.p99 < 1s'), ['+   - latency.p99 < 1s']],
    ['a setting taken out', removeAt(TEXT, ['tiers', 'edge', 'service']), ['-     service: { demand: 1ms }']],
    [
      'the last setting of a block',
      removeAt(TEXT, ['tiers', 'web', 'balancing', 'strategy']),
      ['-     balancing:', '-       strategy: two-choices # of two', '+     balancing: {}'],
    ],
    [
      'an item of several lines',
      removeAt(TEXT, ['faults', 2]),
      ['-   - at: 3s # spread over lines', '-     crash: web/2'],
    ],
    ['a setting of an item', setAt(TEXT, ['faults', 2, 'for'], '5s'), ['+     for: 5s']],
    ['nowhere', setAt(TEXT, ['faults', 9, 'for'], '5s'), []],
    ['nothing to take out', removeAt(TEXT, ['tiers', 'nobody']), []],
  ])('%s', (_, text, lines) => expect(changes(text)).toEqual(lines))
})

describe('a tier or population', () => {
  test('is added with a line for each setting, as those around it are written', () => {
    const text = addNamed(TEXT, ['tiers'], 'db', { replicas: 2, service: { demand: '5ms' } })
    expect(changes(text)).toEqual(['+   db:', '+     replicas: 2', '+     service: { demand: 5ms }'])
    expect(text).toContain(
      'clients: [robots] }\n  db:\n    replicas: 2\n    service: { demand: 5ms }\n\nfaults',
    )
    expect(problems(text)).toEqual([])
  })
  test('is added in front', () => {
    const text = addNamed(TEXT, ['tiers'], 'dns', { replicas: 1 }, 0)
    expect(text).toContain('tiers:\n  dns:\n    replicas: 1\n  # terminates TLS\n  edge:')
  })
  test('gets a name that is free', () => {
    expect([freeName(TEXT, 'web'), freeName(TEXT, 'db'), freeName(TEXT, 'users')]).toEqual([
      'web-2',
      'db',
      'users-2',
    ])
  })
  test('is renamed wherever it is spoken of', () => {
    const text = renamePart(TEXT, { kind: 'tiers', id: 'web' }, 'app')
    expect(problems(text)).toEqual([])
    expect(text.replace(/\bapp\b/g, 'web')).toBe(TEXT)
    expect(text).not.toMatch(/\bweb\b/)
    const robots = renamePart(TEXT, { kind: 'clients', id: 'robots' }, 'crawlers')
    expect(problems(robots)).toEqual([])
    expect(robots.replace(/\bcrawlers\b/g, 'robots')).toBe(TEXT)
  })
  test('keeps its name where the other is taken', () => {
    expect(renamePart(TEXT, { kind: 'tiers', id: 'web' }, 'edge')).toBe(TEXT)
  })
  test('goes with all that refers to it, and says what went', () => {
    const { text, also } = removePart(TEXT, { kind: 'tiers', id: 'web' })
    expect(problems(text)).toEqual([])
    expect(also).toEqual({ faults: 2, variants: 1, expect: 1 })
    expect(text).toContain('# less')
    expect(text).not.toMatch(/\bweb\b/)
    const { text: users } = removePart(TEXT, { kind: 'clients', id: 'users' })
    expect(readYaml(users).clients).toEqual({ robots: { rate: '1/s', addresses: { nat: {} } } })
  })
  test('moves with the comments above it', () => {
    const text = movePart(TEXT, { kind: 'tiers', id: 'web' }, 0)
    expect(text).toContain('tiers:\n  # does the work\n  web:')
    expect(Object.keys(readYaml(text).tiers)).toEqual(['web', 'edge'])
    expect(movePart(text, { kind: 'tiers', id: 'web' }, 1)).toBe(TEXT)
  })
})

describe.each(shipped)('in %s', (file, text) => {
  const said = readYaml(text)
  const tiers = Object.keys(said.tiers)
  const comments = text.split('\n').filter((line) => /^\s*#/.test(line))
  const keeps = (after: string) => expect(comments.filter((line) => !after.includes(line))).toEqual([])

  test('tiers are renamed and moved, and all else stays', () => {
    for (const id of tiers) {
      const renamed = renamePart(text, { kind: 'tiers', id }, 'zz-top')
      expect(parse(renamed, file).problems).toEqual([])
      expect(renamePart(renamed, { kind: 'tiers', id: 'zz-top' }, id)).toBe(text)
    }
    const moved = movePart(text, { kind: 'tiers', id: tiers[0]! }, tiers.length - 1)
    expect(readYaml(moved)).toEqual(said)
    keeps(moved)
  })

  test('settings come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pathsIn(said)), { maxLength: 3 }), (paths) => {
        let now = text
        let wanted = said
        for (const path of paths) {
          if (!reaches(wanted, path)) continue
          now = removeAt(now, path)
          wanted = removed(wanted, path)
          expect(readYaml(now)).toEqual(wanted)
        }
        now = setAt(now, ['tiers', 'new'], { replicas: 2 })
        expect(readYaml(now).tiers).toEqual({ ...wanted.tiers, new: { replicas: 2 } })
      }),
      { numRuns: 5 },
    )
  })
})

/** Paths of settings below the parts of the file. */
function pathsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, of]) => {
    const inside = [...path, Array.isArray(value) ? Number(key) : key]
    return [...(path.length > 1 ? [inside] : []), ...pathsIn(of, inside)]
  })
}

function reaches(value: any, path: readonly (string | number)[]): boolean {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false
    at = at[step]
  }
  return true
}

function removed(value: any, [step, ...rest]: readonly (string | number)[]): any {
  if (rest.length > 0) {
    const inside = removed(value[step!], rest)
    return Array.isArray(value) ? value.with(step as number, inside) : { ...value, [step!]: inside }
  }
  if (Array.isArray(value)) return value.toSpliced(step as number, 1)
  const { [step!]: _, ...others } = value
  return others
}
