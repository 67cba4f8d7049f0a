import { expect, test } from 'vitest'
import { setAt } from '../../../src/scenario/edit/at-path.ts'
import { alternativesOf, isPolicyMap, propertiesOf } from '../../../src/scenario/guide/alternatives.ts'
import { controlOf, policySample, sample, withNeeded } from '../../../src/scenario/guide/control.ts'
import { keysOf, mapsOf } from '../../../src/scenario/guide/narrow.ts'
import { type Path, resolve } from '../../../src/scenario/guide/resolve.ts'
import { parse } from '../../../src/scenario/index.ts'
import { schemaOnce } from '../../../src/scenario/schema.ts'

const root = schemaOnce()
const FILE = {
  clients: { users: { rate: '10/s' } },
  tiers: { front: { cache: { capacity: 10 }, health: { active: { interval: '2s' } } }, web: { replicas: 2 } },
}
const control = (path: Path, value?: unknown) => controlOf(resolve(root, path, FILE)!, value, FILE)

test.each<[path: Path, value: unknown, kind: string, others: string[]]>([
  [['name'], 'x', 'type', []],
  [['tiers', 'web', 'replicas'], 2, 'type', ['list']],
  [['tiers', 'web', 'replicas'], [{ weight: 1 }], 'list', ['plain']],
  [['tiers', 'web', 'service'], undefined, 'settings', []],
  [['tiers', 'web', 'service', 'discipline'], undefined, 'pick', []],
  [['tiers', 'web', 'service', 'demand'], '5ms', 'policy', []],
  [['tiers', 'web', 'balancing'], 'random', 'pick', ['settings']],
  [['tiers', 'web', 'balancing'], { strategy: 'random' }, 'settings', ['plain']],
  [['faults'], [], 'list', []],
])('%j that says %j is filled in as %s', (path, value, kind, others) => {
  expect(control(path, value)).toMatchObject({ kind, others })
})

test('a seed is a number where it looks like one, a name never is', () => {
  expect(control(['seed'], 7)).toMatchObject({ kind: 'type', isText: false })
  expect(control(['name'], 'x')).toMatchObject({ kind: 'type', isText: true })
})

test('a policy is known in each way to write it', () => {
  const demand: Path = ['tiers', 'web', 'service', 'demand']
  expect(control(demand, '5ms')).toMatchObject({ chosen: '', hasBare: true })
  expect(control(demand, { exponential: { mean: '5ms' } })).toMatchObject({ chosen: 'exponential' })
  expect(control(demand)).toMatchObject({ chosen: undefined })
  expect(control(['tiers', 'front', 'cache', 'eviction'], 'lru')).toMatchObject({
    chosen: 'lru',
    hasBare: false,
  })
})

/** The file with a value at a path, and what is wrong with it. */
function problemsWith(path: Path, value: unknown): string[] {
  const text = setAt(JSON.stringify(FILE), path, value)
  return parse(text, 'x').problems.map(({ message }) => message)
}

/** Settings whose start is right only beside something else, which the problem then says. */
const BESIDE_OTHERS = /needs? |belongs to|only|cannot|beside|no meaning|above|is 1000 connections|is of /

const tier = keysOf(mapsOf(resolve(root, ['tiers', 'web'], FILE)!.schema, root), {}, root)
test.each(tier.map((key) => [key.name, key] as const))(
  'a start for %s of a tier is right',
  (name, { schema }) => {
    const value = sample(schema, root, FILE)
    expect(value).toBeDefined()
    const found = problemsWith(['tiers', 'front', name], value)
    expect(
      found.filter((message) => !BESIDE_OTHERS.test(message)),
      JSON.stringify(value),
    ).toEqual([])
  },
)

test('a start for every kind of fault is right', () => {
  const { schema } = resolve(root, ['faults', 0], FILE)!
  const happenings = keysOf(mapsOf(schema, root), {}, root).filter(
    ({ name }) => name !== 'at' && name !== 'outage',
  )
  expect(happenings.length).toBeGreaterThan(15)
  for (const { name, schema: of } of happenings) {
    const fault = withNeeded(schema, { at: '1s', [name]: sample(of, root, FILE) }, root, FILE)
    expect(problemsWith(['faults'], [fault]), JSON.stringify(fault)).toEqual([])
  }
})

test('a start for every distribution is right', () => {
  const known = resolve(root, ['tiers', 'web', 'service', 'demand'], FILE)!
  const policies = alternativesOf(known.schema, root).find(isPolicyMap)!
  const names = Object.keys(propertiesOf(policies))
  expect(names).toContain('exponential')
  for (const name of names) {
    const demand = policySample(known, name, root, FILE)
    expect(problemsWith(['tiers', 'web', 'service'], { demand }), JSON.stringify(demand)).toEqual([])
  }
})
