// The built command line as a person meets it: what it prints, where, and the status it ends with.
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/workspace.mjs'
import type { Report } from '../../src/measure/report.ts'
import type { ReplicationsReport } from '../../src/run/replicate.ts'
import { builtCommand } from './built-command.ts'

const GOOD = `
name: Two servers
seed: 7
duration: 20s
clients: { users: { rate: 50/s } }
tiers:
  web: { replicas: 2, service: { demand: { exponential: { mean: 10ms } } } }
`
const LOG = `
clients: { visitors: { arrivals: { log: { file: small.log, speed: 60 } } } }
tiers: { web: { replicas: 2 } }
`

const { dir, evenkeel, start, interrupted } = builtCommand({
  'good.yaml': GOOD,
  'strict.yaml': `${GOOD}expect: [availability > 99%, latency.p99 < 1us]\n`,
  'bad.yaml': GOOD.replace('rate: 50/s', 'rate: fast').replace('replicas', 'repicas'),
  'logs/log.yaml': LOG,
  'logs/small.log': readFileSync(join(root, 'scenarios/small.log'), 'utf8'),
})

describe('run', () => {
  test('prints a page with a chart, and nothing to stderr', async () => {
    const { status, out, err } = await evenkeel('run', 'good.yaml')
    expect({ status, err }).toEqual({ status: 0, err: '' })
    for (const part of ['Two servers', 'seed 7', 'succeeded', '█', 'latency p99', 'web/2', 'p99.9']) {
      expect(out).toContain(part)
    }
    expect(out).not.toContain('\x1b')
  })

  test('prints the report as JSON, the same each time but for the wall clock', async () => {
    const runs = await Promise.all([
      evenkeel('run', 'good.yaml', '--json'),
      evenkeel('run', 'good.yaml', '--json'),
    ])
    const [a, b] = runs.map(({ out }) => JSON.parse(out) as Report)
    expect(a).toMatchObject({ format: 'evenkeel-report/1', seed: 7, partial: false })
    expect({ ...a, wall: null }).toEqual({ ...b, wall: null })
    expect(a!.wall.seconds).toBeGreaterThan(0)
  })

  test('gives an array for several scenarios, and takes the changes for each', async () => {
    const changes = ['--seed', 'x', '--duration', '2s', '--set', 'tiers.web.replicas=3']
    const { out } = await evenkeel('run', 'good.yaml', 'strict.yaml', '--json', ...changes)
    const reports = JSON.parse(out) as Report[]
    expect(reports).toHaveLength(2)
    for (const { seed, simulated, tiers } of reports) {
      expect(seed).toBe('x')
      expect(simulated.durationSeconds).toBe(2)
      expect(Object.keys(tiers.web!.replicas)).toHaveLength(3)
    }
  })

  test('ends with 1 when an expectation breaks, and says which', async () => {
    const { status, out } = await evenkeel('run', 'strict.yaml')
    expect(status).toBe(1)
    expect(out).toMatch(/✓ availability > 99%/)
    expect(out).toMatch(/✗ latency\.p99 < 1us/)
  })

  test('replicates: each figure with its interval', async () => {
    const { out } = await evenkeel('run', 'good.yaml', '--json', '--replications', '3')
    const report = JSON.parse(out) as ReplicationsReport
    expect(report.seeds).toEqual(['7/r1', '7/r2', '7/r3'])
    expect(report.latencyMs).toMatchObject({ p99: { count: 3 } })
    expect((await evenkeel('run', 'good.yaml', '--replications', '2')).out).toMatch(/±/)
  })

  test('writes tables, and leaves nothing half-written beside them', async () => {
    const { status } = await evenkeel('run', 'good.yaml', 'strict.yaml', '--csv', 'tables/new')
    expect(status).toBe(1)
    expect(readdirSync(join(dir, 'tables/new')).sort()).toEqual([
      'replicas.csv',
      'requests.csv',
      'series.csv',
    ])
    const rows = readFileSync(join(dir, 'tables/new/replicas.csv'), 'utf8').trimEnd().split('\r\n')
    expect(rows).toHaveLength(5)
    expect(rows[0]).toMatch(/^scenario,seed,tier,replica,requests,/)
  })

  test('replays a log beside the scenario, and notes what was odd in it unless told to be quiet', async () => {
    const { status, out, err } = await evenkeel('run', 'logs/log.yaml', '--json')
    expect(status).toBe(0)
    expect((JSON.parse(out) as Report).requests.arrived).toBe(3595)
    expect(err).toMatch(/small\.log:600:1: left out/)
    expect(err).toMatch(/5 lines of 3600 left out as malformed/)
    expect((await evenkeel('run', 'logs/log.yaml', '--quiet')).err).toBe('')
  })

  test('ends with what was measured so far on Ctrl-C', async () => {
    const args = ['run', 'good.yaml', '--duration', '90d', '--json']
    const { status, out } = await interrupted('cut', ...args)
    expect(status).toBe(130)
    const report = JSON.parse(out) as Report
    expect(report.partial).toBe(true)
    expect(report.requests.arrived).toBeGreaterThan(0)
    expect(readdirSync(join(dir, 'cut'))).toHaveLength(3)
  })

  test('does not mind a reader that has seen enough', async () => {
    const child = start('run', 'good.yaml', '--json')
    child.stdout.destroy()
    let err = ''
    child.stderr.on('data', (data) => (err += data))
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
    expect(err).toBe('')
  })
})

describe('bad input', () => {
  test('gives all problems with their places, runs nothing and writes nothing', async () => {
    const { status, out, err } = await evenkeel('run', 'good.yaml', 'bad.yaml', '--csv', 'never')
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(/bad\.yaml:5:\d+: clients\.users\.rate: .*"fast"/)
    expect(err).toMatch(/bad\.yaml:7:\d+: .*"repicas".*[Dd]id you mean "replicas"\?/)
    expect(existsSync(join(dir, 'never'))).toBe(false)
  })

  test.each([
    ['a flag with a wrong value', ['--duration', '5'], /--duration 5: .*"5s"/],
    [
      'a setting that there is not',
      ['--set', 'tiers.web.replcas=3'],
      /--set tiers\.web\.replcas=3: .*"replicas"/,
    ],
    ['a number of replications that is none', ['--replications', 'many'], /--replications.*whole number/],
    ['a folder that is a file', ['--csv', 'good.yaml'], /--csv good\.yaml: .*not a directory/],
    ['a flag that there is not', ['--jsno'], /--json/],
  ])('%s is a problem', async (_, args, words) => {
    const { status, out, err } = await evenkeel('run', 'good.yaml', ...args)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(words)
  })

  test('a command that there is not gets the nearest name', async () => {
    const { status, err } = await evenkeel('rnu')
    expect(status).toBe(2)
    expect(err).toMatch(/rnu.*\n.*run/)
  })

  test('files that are no scenarios are problems, each and soon', async () => {
    writeFileSync(join(dir, 'huge.yaml'), '')
    truncateSync(join(dir, 'huge.yaml'), 2 ** 30)
    writeFileSync(join(dir, 'binary.yaml'), new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]))
    writeFileSync(join(dir, 'latin.yaml'), new Uint8Array([0x6e, 0xe4, 0x6d, 0x65]))
    const files = ['huge.yaml', 'binary.yaml', 'latin.yaml', 'logs', 'none.yaml', '/dev/null']
    const { status, out, err } = await evenkeel('check', ...files)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    const lines = err.trimEnd().split('\n')
    expect(lines).toHaveLength(files.length)
    for (const [i, words] of [
      /huge\.yaml: has 1073741824 bytes/,
      /binary\.yaml: is a binary file/,
      /latin\.yaml: is not text in UTF-8/,
      /logs: is a directory/,
      /none\.yaml: there is no such file/,
      /\/dev\/null: is not a regular file/,
    ].entries()) {
      expect(lines[i]).toMatch(words)
    }
  })

  test('a log that is missing, or no log, is a problem of the scenario', async () => {
    writeFileSync(join(dir, 'a.yaml'), LOG)
    writeFileSync(join(dir, 'b.yaml'), LOG.replace('small.log', 'good.yaml'))
    writeFileSync(join(dir, 'c.yaml'), LOG.replace('small.log', 'log.gz'))
    writeFileSync(join(dir, 'log.gz'), new Uint8Array([0x1f, 0x8b, 8, 0]))
    const { status, err } = await evenkeel('check', 'a.yaml', 'b.yaml', 'c.yaml')
    expect(status).toBe(2)
    expect(err).toMatch(
      /a\.yaml:2:\d+: clients\.visitors\.arrivals\.log\.file: "small\.log": there is no such file/,
    )
    expect(err).toMatch(/looked for small\.log, .*shared\/data\/small\.log/)
    expect(err).toMatch(/b\.yaml:2:.*"good\.yaml": is not an access log/)
    expect(err).toMatch(/c\.yaml:2:.*"log\.gz": is compressed/)
  })
})

describe('check', () => {
  test('says ok and runs nothing', async () => {
    const { status, out } = await evenkeel('check', 'good.yaml', 'logs/log.yaml')
    expect(status).toBe(0)
    expect(out).toBe('good.yaml: ok\nlogs/log.yaml: ok\n')
  })
})
