// What every script needs first: the right Node, the installed packages, an up-to-date build.
// Plain Node and nothing else, so that it runs in a fresh clone. All talk goes to stderr.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const oldestNode = [20, 19]

/**
 * @typedef {object} Target something Vite builds
 * @property {string} dir where the result lies
 * @property {string} main the file that proves it is built; its time is the time of the sources it was built from
 * @property {string[]} sources files and folders it is built from
 * @property {string[]} [except] folders among them that it does not contain
 * @property {string[]} args what to tell `vite build`
 */

/** @type {{ web: Target, cli: Target, lib: Target }} */
export const targets = {
  web: {
    dir: 'dist',
    main: 'dist/index.html',
    sources: [
      'index.html',
      'public',
      'src',
      'scenarios',
      'package.json',
      'package-lock.json',
      'vite.config.ts',
      'scripts/offline.mjs',
    ],
    except: ['src/cli'],
    args: [],
  },
  cli: {
    dir: 'dist-cli',
    main: 'dist-cli/main.js',
    sources: ['src', 'scenarios', 'package.json', 'package-lock.json', 'vite.cli.config.ts'],
    except: ['src/app', 'src/worker'],
    args: ['--config', 'vite.cli.config.ts'],
  },
  lib: {
    dir: 'dist-lib',
    main: 'dist-lib/index.js',
    sources: [
      'src',
      'types',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.lib.json',
      'vite.lib.config.ts',
      'scripts/library-types.mjs',
    ],
    except: ['src/app', 'src/worker', 'src/cli'],
    args: ['--config', 'vite.lib.config.ts'],
  },
}

/** @param {string} message */
export function say(message) {
  process.stderr.write(`${message}\n`)
}

/**
 * @param {string} message
 * @param {number} [status]
 * @returns {never}
 */
export function fail(message, status = 1) {
  say(`evenkeel: ${message}`)
  process.exit(status)
}

/** Ends the script unless this is a Node that can run Evenkeel. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [needMajor = 0, needMinor = 0] = oldestNode
  if (major < needMajor || (major === needMajor && minor < needMinor)) {
    fail(
      `Node ${oldestNode.join('.')} or newer is needed; this is ${process.version} (see https://nodejs.org)`,
    )
  }
}

/** Installs the packages if node_modules is missing or was made from another package.json or lockfile. */
export function ensureInstalled() {
  const stamp = join(root, 'node_modules/.evenkeel-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedPackages()) return
  say('Installing packages (about half a minute the first time) …')
  // Not `npm ci`: it refuses lockfiles that lack another platform's optional binaries.
  const status = runNpm(['install', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'])
  if (status !== 0) fail('npm install failed (its message is above)', status)
  writeFileSync(stamp, wantedPackages())
}

function wantedPackages() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['package.json', 'package-lock.json']) {
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/** @param {string[]} args */
function runNpm(args) {
  const cli = process.env.npm_execpath // set by npm itself; saves looking for it (and a shell on Windows)
  const viaNode = cli?.endsWith('.js')
  const command = viaNode ? process.execPath : 'npm'
  const all = viaNode && cli ? [cli, ...args] : args
  const { status } = spawnSync(command, all, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !viaNode && process.platform === 'win32',
  })
  return status ?? 1
}

/**
 * Builds a target if a source is newer than the last build. Returns whether it is up to date now.
 * @param {'web' | 'cli' | 'lib'} name
 */
export function ensureBuilt(name) {
  const target = targets[name]
  const built = timeOf(target.main)
  const newest = Math.max(...target.sources.map((source) => newestIn(source, target.except ?? [])))
  return built >= newest || build(name)
}

/**
 * Builds into a folder of its own and then puts it in place, so that nobody runs a half-written build.
 * @param {'web' | 'cli' | 'lib'} name
 */
export function build(name) {
  const { dir, main, args } = targets[name]
  const started = new Date()
  const fresh = `node_modules/.${dir}-${process.pid}-new`
  const old = `node_modules/.${dir}-${process.pid}-old`
  const vite = tool('vite')
  const options = ['build', ...args, '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']
  const { status } = spawnSync(process.execPath, [vite, ...options], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // A test runner's NODE_ENV would build React's development version into the app.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  try {
    if (status !== 0) return false
    utimesSync(join(root, fresh, main.slice(dir.length + 1)), started, started)
    putInPlace(join(root, fresh), join(root, dir), join(root, old))
    return true
  } finally {
    for (const left of [fresh, old]) rmSync(join(root, left), { recursive: true, force: true })
  }
}

/**
 * Two commands may build at the same time (of the same sources); then it does not matter whose build stays.
 * @param {string} fresh
 * @param {string} dir
 * @param {string} old
 */
function putInPlace(fresh, dir, old) {
  try {
    if (existsSync(dir)) renameSync(dir, old)
    renameSync(fresh, dir)
  } catch (error) {
    if (!existsSync(dir)) throw error
  }
}

/**
 * The newest change in a file or folder, in milliseconds; a folder's own time tells of deleted files.
 * @param {string} path
 * @param {string[]} except
 * @returns {number}
 */
function newestIn(path, except) {
  const full = join(root, path)
  if (except.includes(path) || !existsSync(full)) return 0
  const stat = statSync(full)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(full).map((name) => newestIn(`${path}/${name}`, except)))
}

/** @param {string} path */
function timeOf(path) {
  return existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : -1
}

/**
 * The script behind an installed command, to be run with this very Node.
 * @param {'vite' | 'vitest' | 'tsc' | 'biome' | 'knip'} name
 */
export function tool(name) {
  const scripts = {
    vite: 'vite/bin/vite.js',
    vitest: 'vitest/vitest.mjs',
    tsc: 'typescript/bin/tsc',
    biome: '@biomejs/biome/bin/biome',
    knip: 'knip/bin/knip.js',
  }
  return join(root, 'node_modules', scripts[name])
}

/**
 * Runs a Node script with our terminal and ends as it ends.
 * @param {string} script
 * @param {string[]} args
 */
export function become(script, args) {
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' })
  // Ctrl-C reaches the child as well; it decides when to end. A plain kill has to be passed on.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
}
