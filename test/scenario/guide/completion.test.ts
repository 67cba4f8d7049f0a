import { describe, expect, test } from 'vitest'
import { completionAt, explainAt } from '../../../src/scenario/guide/index.ts'
import { readLoosely } from '../../../src/scenario/guide/place-at.ts'
import { type Path, resolve } from '../../../src/scenario/guide/resolve.ts'
import { schemaOnce } from '../../../src/scenario/schema.ts'
import { shipped } from '../texts.ts'

/** Labels of what is offered where the text has `|`. */
function offered(marked: string): string[] {
  const at = marked.indexOf('|')
  return completionAt(marked.replace('|', ''), at)?.hints.map(({ label }) => label) ?? []
}

const START = `clients: { users: { rate: 10/s } }
tiers:
  web:
    replicas: 2
`

describe('keys', () => {
  test('of the file that are not there yet', () => {
    const keys = offered(`${START}|\n`)
    expect(keys).toContain('faults')
    expect(keys).toContain('duration')
    expect(keys).not.toContain('tiers')
  })
  test('of a tier, on a new line, half written, and in front of others', () => {
    expect(offered(`${START}    |\n`)).toContain('health')
    expect(offered(`${START}    hea|\nduration: 1m\n`)).toContain('health')
    expect(offered(START.replace('    replicas', '    |\n    replicas'))).toContain('balancing')
    expect(offered(`${START}    |\n`)).not.toContain('replicas')
  })
  test('in a map on one line', () => {
    expect(offered(`${START}    service: { | }\n`)).toContain('concurrency')
    expect(offered(`${START}    service: { demand: 1ms, | }\n`)).not.toContain('demand')
  })
  test('of the strategy that is chosen, and no other', () => {
    const keys = offered(`${START}    balancing: { strategy: two-choices, | }\n`)
    expect(keys).toContain('choices')
    expect(keys).toContain('refresh')
    expect(keys).not.toContain('tableSize')
    expect(offered(`${START}    balancing: { strategy: maglev, | }\n`)).toContain('tableSize')
  })
  test('of the rule that is chosen', () => {
    const limit = (policy: string) => offered(`${START}    rateLimit: { policy: ${policy}, | }\n`)
    expect(limit('leaky-bucket')).toContain('nodelay')
    expect(limit('fixed-window')).not.toContain('nodelay')
  })
  test('of a fault only where they belong', () => {
    expect(offered('faults:\n  - { at: 1s, slow: web, | }\n')).toContain('factor')
    expect(offered('faults:\n  - { at: 1s, crash: web, | }\n')).not.toContain('factor')
    expect(offered('faults:\n  - { at: 1s, crash: web, | }\n')).not.toContain('hang')
    expect(offered('faults:\n  - |\n')).toContain('at')
    const text = 'faults:\n  - { at: 1s, slow: web,  }\n'
    const needed = completionAt(text, text.length - 3)?.hints.filter(({ isNeeded }) => isNeeded)
    expect(needed?.map(({ label }) => label)).toEqual(['factor'])
  })
  test('of a variant are paths', () => {
    const paths = offered(`${START}variants:\n  other: { ti| }\n`)
    expect(paths).toContain('tiers.web.balancing')
    expect(paths).toContain('clients.users.timeout')
  })
})

describe('values', () => {
  test('strategies, with what stands for them alone', () => {
    expect(offered(`${START}    balancing: |\n`)).toContain('least-connections')
    expect(offered(`${START}    balancing: { strategy: le| }\n`)).toContain('least-connections')
    expect(offered(`${START}    balancing:\n      |\n`)).toEqual(
      expect.arrayContaining(['strategy', 'round-robin']),
    )
  })
  test('choices, quantities and policies with what they need', () => {
    expect(offered(`${START}    service: { discipline: | }\n`)).toContain('fifo')
    expect(offered(`${START}duration: |\n`)).toContain('250ms')
    const text = `${START}    service: { demand: \n`
    const hint = completionAt(text, text.length - 1)?.hints.find(({ label }) => label === '{ lognormal: … }')
    expect(hint?.insert).toContain('lognormal: { mean: #{}')
  })
  test('tiers and replicas of this file as targets, populations for spikes', () => {
    const targets = offered(`${START}faults:\n  - { at: 1s, crash: w| }\n`)
    expect(targets).toEqual(expect.arrayContaining(['web', 'web/1', 'web/2', 'balancer']))
    expect(targets).not.toContain('web/3')
    expect(offered(`${START}faults:\n  - { at: 1s, spike: | }\n`)).toEqual(['users'])
  })
  test('figures of this file to expect', () => {
    expect(offered(`${START}expect:\n  - avail|\n`)).toContain('availability')
    expect(offered(`${START}expect:\n  - |\n`)).toContain('tiers.web.imbalance')
  })
  test('what a variant sets, by its path', () => {
    expect(offered(`${START}variants:\n  other: { tiers.web.balancing: | }\n`)).toContain('maglev')
  })
})

test('nothing is offered in a comment', () => {
  expect(offered('tiers: # |\n')).toEqual([])
})

describe('what a word means', () => {
  const about = (marked: string) => explainAt(marked.replace('|', ''), marked.indexOf('|'))
  test('a key: meaning, default, what is allowed', () => {
    expect(about(`${START}    service: { conc|urrency: 4 }\n`)).toMatchObject({
      path: 'tiers.web.service.concurrency',
      allowed: expect.stringContaining('whole number'),
      standard: expect.any(String),
    })
  })
  test('a value that has words of its own', () => {
    expect(about(`${START}    balancing: two-|choices\n`)?.about).toMatch(/two-choices: /)
  })
  test('an item is counted from 1', () => {
    expect(about('faults:\n  - { at: 1s, cra|sh: web }\n')?.path).toBe('faults.1.crash')
  })
})

test.each(shipped)('every place of %s is known', (_, text) => {
  const file = readLoosely(text)
  const paths = [...placesOf(file, [])]
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter((path) => !resolve(schemaOnce(), path, file)).map(String)).toEqual([])
})

function* placesOf(value: unknown, path: Path): Generator<Path> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, of] of Object.entries(value)) {
    const inside = [...path, Array.isArray(value) ? Number(key) : key]
    yield inside
    yield* placesOf(of, inside)
  }
}
