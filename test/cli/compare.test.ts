// The built command line's comparisons: what they print, where, and the status they end with.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/workspace.mjs'
import type { Comparison } from '../../src/run/compare/result.ts'
import { violations } from '../scenario/json-schema.ts'
import { builtCommand } from './built-command.ts'

const BASE = `
name: Two servers
seed: 7
duration: 10s
clients: { users: { rate: 80/s } }
tiers:
  web:
    replicas: 2
    balancing: random
    service: { demand: { exponential: { mean: 20ms } }, concurrency: 1 }
expect: [availability > 99%]
`
const VARIANTS = `
variants:
  least connections: { tiers.web.balancing: least-connections }
  strict: { tiers.web.replicas: 3, expect: [latency.p99 < 1us] }
`

const { dir, evenkeel, interrupted } = builtCommand({
  'plain.yaml': BASE,
  'variants.yaml': BASE + VARIANTS,
})
const compare = (...args: string[]) => evenkeel('compare', ...args)

/** Sentences, as if they had not been broken into lines. */
const flat = (text: string) => text.replace(/\s+/g, ' ')

describe('compare', () => {
  test('prints the file as written and its variants side by side, and what one run cannot tell', async () => {
    const { status, out, err } = await compare('variants.yaml')
    expect({ status, err }).toEqual({ status: 1, err: '' })
    expect(out).toMatch(/Figure +as written +least connections +strict/)
    expect(out).toMatch(/latency p99 .* \*/)
    expect(flat(out)).toMatch(/All variants faced the same \d+ requests \(checked\)/)
    expect(flat(out)).toContain('One run of each cannot tell an effect from luck')
    expect(out).toMatch(/Expected of strict\n✗ latency\.p99 < 1us/)
    expect(out).not.toContain('\x1b')
  })

  test('says in plain words what is sure and what is not', async () => {
    const args = ['--vary', 'tiers.web.balancing=random,least-connections', '--replications', '12']
    const { status, out } = await compare('plain.yaml', ...args, '--figures', 'latency.p99,availability')
    expect(status).toBe(0)
    expect(flat(out)).toMatch(
      /balancing=least-connections has a lower latency p99 than balancing=random by \d+ ms ± [\d.]+ ms: that is sure \(95 %\)/,
    )
    expect(flat(out)).toContain('Availability is the same in every run.')
  })

  test('gives JSON as its schema says, the same with one thread and with many', async () => {
    const args = ['variants.yaml', '--json', '--replications', '3', '--confidence', '90%']
    const runs = await Promise.all(['1', '3'].map((threads) => compare(...args, '--threads', threads)))
    const [alone, together] = runs.map(({ out }) => JSON.parse(out) as Comparison)
    expect({ ...alone, wall: null }).toEqual({ ...together, wall: null })
    expect(alone).toMatchObject({
      format: 'evenkeel-compare/1',
      partial: false,
      seeds: ['7/r1', '7/r2', '7/r3'],
      confidence: 0.9,
      baseline: 'as written',
    })
    const schema = JSON.parse(readFileSync(join(root, 'public/compare.schema.json'), 'utf8'))
    expect(violations(alone, schema)).toEqual([])
  })

  test('takes the scenario’s own seed for one run, and the changes for all variants', async () => {
    const changes = ['--seed', 'x', '--duration', '2s', '--set', 'clients.users.rate=20/s']
    const { out } = await compare('variants.yaml', '--json', ...changes, '--baseline', 'strict')
    const { seeds, baseline, variants, differences } = JSON.parse(out) as Comparison
    expect({ seeds, baseline, differences }).toEqual({ seeds: ['x'], baseline: 'strict', differences: [] })
    expect(new Set(variants.flatMap(({ born }) => born)).size).toBe(1)
    expect(variants[0]!.born[0]).toBeLessThan(80)
  })

  test('of a file without variants shows it alone and says what to do', async () => {
    const { status, out } = await compare('plain.yaml', '--replications', '1')
    expect(status).toBe(0)
    expect(out).toContain('--vary path=a,b,c')
  })

  test('writes tables of runs and of differences', async () => {
    await compare('variants.yaml', '--replications', '2', '--csv', 'tables')
    expect(readdirSync(join(dir, 'tables')).sort()).toEqual(['differences.csv', 'runs.csv'])
    const rows = readFileSync(join(dir, 'tables/runs.csv'), 'utf8').trimEnd().split('\r\n')
    expect(rows).toHaveLength(7)
    expect(rows[0]).toMatch(/^scenario,variant,seed,born,fingerprint,availability,/)
  })

  test.each(['1', '2'])('ends with what is whole on Ctrl-C, with %s threads', async (threads) => {
    const args = ['compare', 'variants.yaml', '--duration', '90d', '--json', '--threads', threads]
    const { status, out } = await interrupted(`cut${threads}`, ...args)
    expect(status).toBe(130)
    const { partial, fairness } = JSON.parse(out) as Comparison
    expect({ partial, requests: fairness.requests }).toEqual({ partial: true, requests: 'unknown' })
  })
})

describe('bad input', () => {
  test.each([
    [
      'a baseline that there is not',
      ['--baseline', 'least conections'],
      /--baseline .*did you mean "least connections"/,
    ],
    ['a figure that there is not', ['--figures', 'latency.p98'], /"latency\.p98" is not a figure/],
    ['no figures', ['--figures', ','], /--figures.*names of figures/],
    ['no replications', ['--replications', '0'], /--replications.*whole number from 1/],
    ['a confidence that is none', ['--confidence', '100%'], /--confidence.*99\.99%/],
    ['no threads', ['--threads', '0'], /--threads.*whole number/],
    ['a value that is wrong', ['--vary', 'tiers.web.balancing=random,randm'], /did you mean "random"/],
    ['nothing to vary', ['--vary', 'tiers.web.replicas'], /--vary.*path=a,b,c/],
    ['a setting that is wrong', ['--set', 'tiers.web.repicas=2'], /"replicas"/],
    ['a folder that is a file', ['--csv', 'plain.yaml'], /--csv plain\.yaml: .*not a directory/],
    ['two files', ['plain.yaml'], /too many arguments/],
  ])('%s is a problem, and nothing is run', async (_, args, words) => {
    const { status, out, err } = await compare('variants.yaml', ...args)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(words)
  })

  test('a variant that is wrong is a problem with its place', async () => {
    writeFileSync(join(dir, 'bad.yaml'), `${BASE}variants: { a: { tiers.web.repicas: 2 } }\n`)
    const { status, out, err } = await compare('bad.yaml')
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(/bad\.yaml:12:\d+: variants\.a.*"repicas"/)
  })
})
