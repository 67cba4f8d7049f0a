// Miss-ratio curves at the command line: what is printed, written and refused.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/workspace.mjs'
import type { CurvesReport } from '../../src/cli/mrc-csv.ts'
import { builtCommand } from './built-command.ts'

const CACHED = `
name: One cache
duration: 20s
warmUp: 5s
clients: { users: { rate: 200/s, requests: { keys: { zipf: { count: 500, exponent: 0.9 } } } } }
tiers:
  cache: { cache: { capacity: 50, eviction: { lru: { interval: 2s } }, ttl: 1h } }
  web: { service: { demand: 1ms } }
`

const { dir, evenkeel } = builtCommand({ 'cached.yaml': CACHED })

test('curves are printed, given as JSON and written as a table, all the same', async () => {
  const flags = ['--eviction', 'lru,sieve', '--capacities', '10..100', '--csv', 'tables']
  const [page, json] = await Promise.all([
    evenkeel('mrc', 'cached.yaml', ...flags),
    evenkeel('mrc', 'cached.yaml', '--json', ...flags),
  ])
  expect([page.status, json.status]).toEqual([0, 0])
  const report = JSON.parse(json.out) as CurvesReport
  expect(report).toMatchObject({ format: 'evenkeel-mrc/1', tier: 'cache', unit: 'objects', caches: 1 })
  expect(report.capacities).toEqual([10, 20, 50, 100])
  expect(report.curves.map(({ policy }) => policy)).toEqual(['lru', 'sieve'])
  // The tier's own policy keeps its settings: an object is moved at most every two seconds.
  expect(report.run!.missRatio).toBeCloseTo(report.curves[0]!.missRatio[2]!, 1)
  expect(report.theory!.length).toBe(1)
  for (const text of ['One cache', 'lru, Che', 'optimum', '100']) expect(page.out).toContain(text)
  const rows = readFileSync(join(dir, 'tables/mrc.csv'), 'utf8').trim().split('\r\n')
  expect(rows.length).toBe(1 + 4 * 4)
  expect(rows[1]).toBe(
    `One cache,1,cache,simulated,lru,objects,10,${report.curves[0]!.missRatio[0]},${report.curves[0]!.byteMissRatio[0]}`,
  )
})

test('a log is looked at by itself, in bytes too', async () => {
  const log = join(root, 'scenarios/small.log')
  const { status, out } = await evenkeel(
    'mrc',
    '--log',
    log,
    '--capacities',
    '64KiB..1MiB',
    '--json',
    '--eviction',
    'lru',
  )
  expect(status).toBe(0)
  const report = JSON.parse(out) as CurvesReport
  expect(report.unit).toBe('bytes')
  const { missRatio } = report.curves[0]!
  expect(missRatio).toEqual(missRatio.toSorted((a, b) => b - a))
})

test('all that is wrong is said at once, and nothing is written', async () => {
  const { status, out, err } = await evenkeel(
    ...[
      'mrc',
      'cached.yaml',
      '--tier',
      'cash',
      '--eviction',
      'lru,seive',
      '--capacities',
      '10,1MiB',
      '--csv',
      'none',
    ],
  )
  expect([status, out]).toEqual([2, ''])
  for (const text of ['did you mean "cache"', 'did you mean "sieve"', 'partly objects, partly sizes']) {
    expect(err).toContain(text)
  }
  expect(existsSync(join(dir, 'none'))).toBe(false)
  const without = await evenkeel('mrc', 'cached.yaml', '--set', 'tiers.cache.cache=none')
  expect([without.status, without.err]).toEqual([2, expect.stringContaining('no tier has a cache')])
  expect((await evenkeel('mrc')).status).toBe(2)
  const both = await evenkeel('mrc', 'cached.yaml', '--log', 'gone.log')
  expect(both.err).toContain('takes the place of a scenario')
  expect(both.err).toContain('there is no such file')
  expect(readdirSync(dir)).not.toContain('none')
})
