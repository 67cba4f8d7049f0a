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
    const none = verify('--theory', folder, '--json', '--only', '[z')
    expect([JSON.parse(none.out).tried, none.status]).toEqual([0, 2])
    expect(none.problems).toContain('--only [z: no row or recording has this in its name.')
    // What a terminal would take for a command is not handed on.
    expect(verify('--theory', folder, '--json', '--only', '\u001b[2J').problems).toContain(
      '\ufffd[2J: no row',
    )
  })

  test('plays recordings of proxies: cases that hold, that fail, and that cannot be run', () => {
    const config =
      'http { upstream u { server a:1 weight=2; server b:1; } upstream v { queue 5; server a:1; } }'
    const input = ['u', 'u', 'v'].map((upstream) => ({ upstream, requests: 3 }))
    const right = ['s1', 's2', 's1']
    put('a.json', { system: 'nginx 1.22.1', config, input, observed: [right, ['s1', 's1', 's2'], right] })
    const { out, status } = verify('--proxies', folder, '--json')
    expect(JSON.parse(out)).toEqual({
      held: 1,
      tried: 2,
      notRun: { 'a.json': 1 },
      failures: [{ id: 'a.json input[1] u', position: '[1]', expected: 's1', measured: 's2', tolerance: 0 }],
      files: {
        'a.json': {
          held: 1,
          tried: 2,
          notRun: [{ case: 'input[2] v', because: 'unknown directive "queue" in upstream "v"' }],
        },
      },
      chiSquare: { level: 0.001, tests: 0 },
    })
    expect(status).toBe(1)
    const words = verify('--proxies', folder, '--no-color').out
    expect(words).toContain('✗ a.json')
    expect(words).toContain('1 of 2 cases')
    expect(words).toContain('input[1] u at [1]: recorded "s1", got "s2"')
    expect(words).toContain('not run: input[2] v: unknown directive "queue" in upstream "v"')
    expect(words).toContain('1 of 2 recorded cases hold.')
    expect(verify('--proxies', folder, '--only', 'input[0]').status).toBe(0)
  })

  test('refuses recordings that are none, with all that is wrong', () => {
    put('a.json', {})
    put('b.json', { system: 'nginx 1', config: 'http {', input: [1, {}], observed: [] })
    const { out, problems, status } = verify('--proxies', folder)
    expect([out, status]).toEqual(['', 2])
    expect(problems).toContain('a.json: system: must be a text, not nothing.')
    expect(problems).toContain('a.json: observed: must be a list, not nothing.')
    expect(problems).toContain('b.json: input[0]: must be an object, not 1.')
    expect(problems).toContain(
      'b.json: config: line 1 of the configuration: this block is not closed by "}".',
    )
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
