/** The package as a program meets it: packed, put into a folder of its own, imported by plain Node. */

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureBuilt, root, tool } from '../../scripts/workspace.mjs'
import { simulate } from '../../src/run/simulate.ts'
import { parse } from '../../src/scenario/index.ts'

const TEXT = `name: small
clients: { users: { rate: 100/s } }
duration: 10s
tiers: { web: { replicas: 3, service: { demand: 20ms } } }
variants: { two: { tiers.web.replicas: 2 } }`

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-library-'))

beforeAll(() => {
  expect(ensureBuilt('lib')).toBe(true)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  execFileSync(npm, args, { cwd: root, shell: process.platform === 'win32' })
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'))!
  execFileSync('tar', ['-xzf', packed], { cwd: folder })
  mkdirSync(join(folder, 'node_modules'))
  renameSync(join(folder, 'package'), join(folder, 'node_modules/evenkeel'))
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a program in that folder prints, as JSON. */
function printed(program: string): unknown {
  writeFileSync(join(folder, 'program.mjs'), program)
  return JSON.parse(execFileSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' }))
}

describe('the package', () => {
  test('gives the reports that the engine gives, and compares variants', () => {
    const { scenario } = parse(TEXT, 'scenario')
    const { fingerprint, availability } = simulate(scenario!)
    const said = printed(`
      import { compare, load, simulate } from 'evenkeel'
      const scenario = load(${JSON.stringify(TEXT)})
      const { fingerprint, availability } = simulate(scenario)
      const { variants, replications } = compare(scenario, { replications: 2, figures: ['latency.p99'] })
      console.log(JSON.stringify({ fingerprint, availability, replications, names: variants.map(({ name }) => name) }))`)
    expect(said).toEqual({ fingerprint, availability, replications: 2, names: ['as written', 'two'] })
  })

  test('tells all problems of a text', () => {
    const said = printed(`
      import { load } from 'evenkeel'
      try {
        load('clients: { users: { rate: 5 } }\\ntiers: { web: { replica: 3 } }', { file: 'mine.yaml' })
      } catch ({ message, problems }) {
        console.log(JSON.stringify({ message, lines: problems.map(({ line }) => line) }))
      }`)
    expect(said).toMatchObject({
      lines: [1, 2],
      message: expect.stringContaining('did you mean "replicas"?'),
    })
  })

  test('takes a strategy from outside, once for each name', () => {
    const said = printed(`
      import { load, simulate } from 'evenkeel'
      const mine = {
        name: 'only-the-last', title: 'Only the last', summary: 'All to one.', source: 'none', params: {},
        remember: () => ({}),
        pick: (pool) => pool.size - 1,
      }
      const text = ${JSON.stringify(TEXT)}.replace('replicas: 3', 'balancing: only-the-last, replicas: 3')
      const scenario = load(text, { strategies: [mine] })
      const { tiers } = simulate(scenario, { strategies: [mine] })
      let again = ''
      try {
        load(text, { strategies: [{ ...mine }] })
      } catch ({ message }) {
        again = message
      }
      const shares = Object.values(tiers.web.replicas).map(({ share }) => share)
      console.log(JSON.stringify({ shares, again }))`)
    expect(said).toEqual({ shares: [0, 0, 1], again: expect.stringContaining('only-the-last') })
  })

  test('is typed', () => {
    const program = `
      import { compare, load, type Report, simulate } from 'evenkeel'
      const report: Report = simulate(load(''), { requests: 5 })
      export const p99: number | undefined = report.latencyMs?.p99
      // @ts-expect-error: there is no such figure
      export const none = report.latencyMs?.p98
      export const names: string[] = compare(load('')).variants.map(({ name }) => name)`
    writeFileSync(join(folder, 'program.ts'), program)
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext']
    execFileSync(process.execPath, [tool('tsc'), ...options, 'program.ts'], { cwd: folder })
  })
})
