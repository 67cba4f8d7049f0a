// `npm test`: sets up what is missing, then types, lint, unused code, builds and all tests.
// The last line counts them all, each check and each build as one: `N passed, N failed[, N skipped]`.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { aptPackages, howToInstall, mayMissEngines, missingEngines } from './browsers.mjs'
import { heading, runChecks } from './checks.mjs'
import { build, checkNode, ensureInstalled, root, say, tool } from './workspace.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {string[]} */
const failures = []
/** @type {Count} */
const count = { passed: 0, failed: 0, skipped: 0 }

checkNode()
ensureInstalled()

heading('browsers')
if (!ensureBrowsers()) {
  tally('browsers', false)
  finish()
}

const checks = runChecks()
for (const name of checks.passed) tally(name, true)
for (const name of checks.failed) tally(name, false)

heading('build')
const builds = [
  { name: 'build of the web app', done: build('web') },
  { name: 'build of the command line', done: build('cli') },
  { name: 'build of the library', done: build('lib') },
]
for (const { name, done } of builds) tally(name, done)

heading('tests')
// Without an app there is nothing for a browser to open; its failed build is counted already.
await runTests(builds.every(({ done }) => done) ? ['node', 'e2e'] : ['node'])
finish()

/**
 * @param {string} name
 * @param {boolean} good
 */
function tally(name, good) {
  count[good ? 'passed' : 'failed']++
  if (!good) failures.push(name)
}

/** Whether the three engines are here (or may be missing); on Debian, root gets them installed. */
function ensureBrowsers() {
  if (missingEngines().length > 0 && !mayMissEngines()) installBrowsers()
  const missing = missingEngines()
  if (missing.length === 0) {
    say('Chromium, Firefox and WebKit are here.')
    return true
  }
  if (mayMissEngines()) {
    say(
      `WARNING: no ${missing.join(', no ')} here; the tests in it are SKIPPED (EVENKEEL_BROWSERS=skip-missing).`,
    )
    return true
  }
  say(howToInstall(missing))
  return false
}

function installBrowsers() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return
  say(`Installing ${aptPackages.join(', ')} …`)
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = {
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...aptPackages], options)
}

/**
 * Browsers have one test at a time, and one core's worth of work: the tests without a browser run beside them and
 * give way, so that a page which is timed is not kept waiting. What the browsers' tests say follows at the end.
 * @param {('node' | 'e2e')[]} projects
 */
async function runTests(projects) {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-tests-'))
  const runs = projects.map((project) => startTests(project, folder, project !== 'node'))
  for (const { project, ended, report, said } of runs) {
    const [status] = await ended
    if (existsSync(said)) process.stderr.write(readFileSync(said))
    countRun(
      project,
      status,
      existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { testResults: [] },
    )
  }
  rmSync(folder, { recursive: true, force: true })
}

/**
 * @param {'node' | 'e2e'} project
 * @param {string} folder for its report, and for what it says if it is to be quiet
 * @param {boolean} isQuiet
 */
function startTests(project, folder, isQuiet) {
  const report = join(folder, `${project}.json`)
  const said = join(folder, `${project}.txt`)
  const out = isQuiet ? openSync(said, 'w') : 2
  // Both would write how long each file took to the same place at the end.
  const options = isQuiet ? ['--no-cache'] : []
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(
    process.execPath,
    [tool('vitest'), 'run', '--project', project, ...reporters, ...options],
    { cwd: root, stdio: ['ignore', out, out] },
  )
  if (isQuiet) closeSync(out)
  else if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  return { project, report, said, ended: once(child, 'exit') }
}

/**
 * @param {string} project
 * @param {number | null} status
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} result
 */
function countRun(project, status, result) {
  const tests = countTests(result.testResults)
  count.passed += tests.passed
  count.failed += tests.failed
  count.skipped += tests.skipped
  if (tests.failed > 0) failures.push(`${tests.failed} in tests (${project})`)
  if (tests.passed + tests.failed === 0) tally(`tests (${project}: none ran)`, false)
  else if (status !== 0 && tests.failed === 0)
    tally(`tests (${project}: an error outside of any test)`, false)
}

/**
 * A file that failed before its first test (an import that does not resolve, say) counts as one failure.
 * @param {{ status: string, assertionResults: { status: string }[] }[]} files
 */
function countTests(files) {
  /** @type {Count} */
  const tests = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of files) {
    for (const test of assertionResults) {
      tests[test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped']++
    }
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) tests.failed++
  }
  return tests
}

/** @returns {never} */
function finish() {
  if (failures.length > 0) say(`\nFailed: ${failures.join(', ')}`)
  say('')
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
  process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`)
  process.exit(count.failed > 0 ? 1 : 0)
}
