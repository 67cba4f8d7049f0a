/** The built command line as a person meets it: started in a folder of its own, with what it prints and its status. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { ensureBuilt, root } from '../../scripts/workspace.mjs'

interface Ended {
  readonly status: number
  readonly out: string
  readonly err: string
}

/** @param files what lies in the folder before the tests of the file that calls this: paths with their text */
export function builtCommand(files: Readonly<Record<string, string>>) {
  const main = join(root, 'dist-cli/main.js')
  const dir = mkdtempSync(join(tmpdir(), 'evenkeel-cli-'))
  beforeAll(() => {
    expect(ensureBuilt('cli')).toBe(true)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), text)
    }
  }, 60_000)
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  const start = (...args: readonly string[]) => spawn(process.execPath, [main, ...args], { cwd: dir })
  return {
    dir,
    start,
    evenkeel(...args: readonly string[]): Promise<Ended> {
      return new Promise((resolve) => {
        const options = { cwd: dir, env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '' }, maxBuffer: 1e8 }
        execFile(process.execPath, [main, ...args], options, (error, out, err) => {
          resolve({ status: error ? Number(error.code) : 0, out, err })
        })
      })
    },
    /** Ctrl-C once it has made a folder for its tables, which is when its runs are about to begin. */
    async interrupted(folder: string, ...args: readonly string[]): Promise<Omit<Ended, 'err'>> {
      const child = start(...args, '--csv', folder)
      let out = ''
      child.stdout.on('data', (data) => (out += data))
      await expect.poll(() => existsSync(join(dir, folder)), { timeout: 20_000, interval: 5 }).toBe(true)
      child.kill('SIGINT')
      const status = await new Promise<number>((resolve) => child.on('close', resolve))
      return { status, out }
    },
  }
}
