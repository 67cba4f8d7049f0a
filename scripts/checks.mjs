// The checks that need no test: types, lint and format, unused code.
import { spawnSync } from 'node:child_process'
import { root, say, tool } from './workspace.mjs'

/** @type {{ name: string, script: string, args: string[] }[]} */
const checks = [
  { name: 'types', script: tool('tsc'), args: ['--noEmit'] },
  { name: 'lint and format', script: tool('biome'), args: ['check', '--error-on-warnings', '.'] },
  { name: 'unused code', script: tool('knip'), args: [] },
]

/**
 * Runs every check, also after one failed. Returns the names of those that passed and that failed.
 * @returns {{ passed: string[], failed: string[] }}
 */
export function runChecks() {
  /** @type {{ passed: string[], failed: string[] }} */
  const outcome = { passed: [], failed: [] }
  for (const { name, script, args } of checks) {
    heading(name)
    const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    outcome[status === 0 ? 'passed' : 'failed'].push(name)
    if (status !== 0) say(`✗ ${name}`)
  }
  return outcome
}

/** @param {string} name */
export function heading(name) {
  say(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`)
}
