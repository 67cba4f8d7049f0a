import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { addVerify } from '../../src/cli/commands/verify.ts'
import { mm1 } from './rows.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-verify-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  process.exitCode = undefined
  vi.restoreAllMocks()
})

function put(name: string, content: unknown): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
}

/** Runs `verify` with some flags; what it wrote, and its exit status. */
function verify(...flags: string[]) {
  const out: string[] = []
  const problems: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => problems.push(String(text)) > 0)
  const program = new Command()
  addVerify(program)
  program.parse(['node', 'evenkeel', 'verify', '--requests', '100000', ...flags])
  vi.restoreAllMocks()
  return { out: out.join(''), problems: problems.join(''), status: process.exitCode }
}

describe('evenkeel verify', () => {
  test('prints what programs need as JSON, and fails when a row does not hold', () => {
    const wrong = { ...mm1, id: 'wrong', value: 0.6 }
    put('a.json', { rows: [{ ...mm1, id: 'right' }, wrong, { ...mm1, id: 'odd', model: 'odd' }] })
    const { out, status } = verify('--theory', folder, '--json')
    const result = JSON.parse(out)
    expect(result).toMatchObject({ held: 1, tried: 2, notRun: { odd: 1 } })
    expect(result.failures).toEqual([
      { id: 'wrong', expected: 0.6, measured: expect.closeTo(0.5, 1), tolerance: expect.closeTo(0.0097, 4) },
    ])
    expect(status).toBe(1)
  })

  test('prints a line a row and a summary, and succeeds when all hold', () => {
    put('a.json', { rows: [{ ...mm1, id: 'right' }] })
    const { out, status } = verify('--theory', folder, '--no-color')
    expect(out).toMatch(/✓ right +p_wait +0\.5 +0\.\d+ +\[0\.\d+, 0\.\d+\] +± 0\.00\d+/)
    expect(out).toContain('1 of 1 rows hold.')
    expect(status).toBe(0)
  })

  test('looks only at what --only names: a part of a name, or an expression', () => {
    put('a.json', { rows: ['x+y', 'xxy', 'z'].map((id) => ({ ...mm1, id })) })
    expect(JSON.parse(verify('--theory', folder, '--json', '--only', 'x+y').out).tried).toBe(2)
    expect(JSON.parse(verify('--theory', folder, '--json', '--only', '[z').out).tried).toBe(0)
  })

  test('counts recordings of proxies as not run', () => {
    put('nginx.json', {})
    const { out, status } = verify('--proxies', folder, '--json')
    expect(JSON.parse(out)).toEqual({ held: 0, tried: 0, notRun: { 'nginx.json': 1 }, failures: [] })
    expect(status).toBe(0)
  })

  test('refuses bad input with all its problems, and runs nothing', () => {
    put('a.json', { rows: [{ id: 'a' }] })
    put('b.json', 'no JSON')
    const { out, problems, status } = verify('--theory', folder)
    expect([out, status]).toEqual(['', 2])
    expect(problems).toContain(`error: ${join(folder, 'a.json')}: rows[0] (a): "model" must be a text.`)
    expect(problems).toContain(`${join(folder, 'b.json')}: is not JSON`)
    expect(verify('--theory', join(folder, 'nowhere')).status).toBe(2)
  })
})
