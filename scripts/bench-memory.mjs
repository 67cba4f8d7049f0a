// Whether anything leaks over an hour of play, in Chromium: `node scripts/bench-memory.mjs [minutes]`, five when
// left out. Plays the built app again and again as a restless person does, at full speed: scenarios, seeks, edits,
// crashes and their undoing, panels, lanes. After every round, and a full garbage collection, it prints one JSON line
// with what is alive; at the end the trend, in units an hour of this play and a round. Ends with 1 if something
// clearly leaks: if in the second half it grew in nearly every round, and by more than is natural.
import { existsSync, readFileSync } from 'node:fs'
import { chromium } from 'playwright'
import { preview } from 'vite'
import { programs } from './browsers.mjs'
import { ensureBuilt, fail, root } from './workspace.mjs'

/** Growth of one round that is more than noise, by what is measured. */
const MOST_A_ROUND = { heapMiB: 0.5, processMiB: 8, nodes: 100, listeners: 20, documents: 0.5, workers: 0.2 }
/** Share of rounds that must have grown. */
const MOST_OFTEN = 0.7
const LEAST_ROUNDS = 8

/** @typedef {{ [name: string]: number }} Alive */

const minutes = Number(process.argv[2] ?? 5)
if (!(minutes > 0)) fail('how many minutes?')
if (!ensureBuilt('web')) fail('the web app does not build (see above)')
const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } })
const browser = await chromium.launch({
  executablePath: programs('chromium').browser ?? '',
  args: ['--no-sandbox', '--js-flags=--expose-gc'],
})
/** @type {{ at: number, alive: Alive }[]} */
const rows = []
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => fail(`the page failed: ${error.message}`))
  await page.goto(`${server.resolvedUrls?.local[0]}#scenario=crash`)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const began = performance.now()
  for (let round = 0; performance.now() - began < minutes * 60_000 || round < 2; round++) {
    await play(page, round)
    const alive = await whatIsAlive(page, devtools)
    const at = (performance.now() - began) / 1000
    rows.push({ at, alive })
    console.log(JSON.stringify({ round, seconds: Math.round(at), ...alive }))
  }
} finally {
  await browser.close()
  await server.close()
}
process.exitCode = judge() ? 1 : 0

/**
 * One round: it ends as it began, on the same scenario with the same panel open.
 * @param {import('playwright').Page} page
 * @param {number} round
 */
async function play(page, round) {
  const body = page.locator('body')
  const ready = () => page.locator('[aria-label="Key figures of the whole run"][aria-busy="false"]').waitFor()
  const tab = (/** @type {string} */ name) => page.getByRole('tab', { name, exact: true }).click()
  await ready()

  // Time: as fast as it goes, there and back.
  const time = page.getByRole('slider', { name: 'Time' })
  await time.focus()
  for (const key of ['Home', 'PageUp', 'PageUp', 'End', 'PageDown', 'Home']) await time.press(key)
  await body.press('5')
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  if ((await pause.count()) === 0) await body.press('Space')
  await page.waitForTimeout(1500)
  if ((await pause.count()) > 0) await body.press('Space')
  await time.press('PageUp')

  // Touch: crashes, and undoes it.
  await tab('Charts')
  await page
    .locator('.stage-replica')
    .nth(round % 4)
    .click()
  await ready()
  await page.getByRole('button', { name: /^Undo: / }).click()
  await ready()

  // Panels.
  for (const name of ['Figures', 'Events', 'Inspect', 'Scenario']) {
    await tab(name)
    await page.waitForTimeout(150)
  }
  await page.locator('.cm-content').waitFor()
  await tab('Charts')
  await page.getByRole('button', { name: 'Help' }).click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')

  // An edit of the seed: a run of its own.
  const seed = page.getByRole('textbox', { name: 'Seed' })
  const before = await seed.inputValue()
  await seed.fill(String(1000 + round))
  await seed.press('Enter')
  await ready()
  await seed.fill(before)
  await seed.press('Enter')
  await ready()

  // Lanes and their replications, and alone again.
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('region', { name: /^Lane 2/ }).waitFor()
  await page.waitForTimeout(1000)
  await page.getByRole('button', { name: /^Show “as written” alone/ }).click()
  await page.getByRole('region', { name: /^Lane 2/ }).waitFor({ state: 'detached' })
  await ready()

  // Another scenario, and back.
  for (const name of [/^A calm day/, /^A crash that the balancer/]) {
    await page.getByRole('combobox', { name: 'Scenario' }).click()
    await page.getByRole('option', { name }).click()
    await ready()
  }
}

/**
 * After full garbage collections, in the workers too: the page's heap and what hangs on it, its workers, and the
 * memory of the process that has them all, arrays and canvases included.
 * @param {import('playwright').Page} page
 * @param {import('playwright').CDPSession} devtools
 * @returns {Promise<Alive>}
 */
async function whatIsAlive(page, devtools) {
  for (let i = 0; i < 2; i++) {
    await devtools.send('HeapProfiler.collectGarbage')
    for (const worker of page.workers()) await worker.evaluate('gc()')
    await page.waitForTimeout(200)
  }
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (/** @type {string} */ name) =>
    metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return {
    heapMiB: rounded(of('JSHeapUsedSize') / 2 ** 20),
    processMiB: await processMiB(),
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    documents: of('Documents'),
    workers: page.workers().length,
  }
}

/** Memory of the busiest page's process, where the system tells (Linux). */
async function processMiB() {
  const devtools = await browser.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  await devtools.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)
  const status = `/proc/${pages[0]?.id}/status`
  if (!existsSync(status)) return Number.NaN
  return rounded(Number(/RssAnon:\s*(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024)
}

/** Prints the trend; whether something clearly leaks. */
function judge() {
  // The first rounds load what is loaded late, and fill what has a limit.
  const late = rows.slice(Math.floor(rows.length / 2))
  const [first, last] = [late[0], late.at(-1)]
  if (!first || !last || late.length < 2) return false
  const hours = (last.at - first.at) / 3600
  /** @type {string[]} */
  const leaks = []
  /** @type {{ [name: string]: { anHour: number, aRound: number, grewIn: number } }} */
  const trend = {}
  for (const [name, most] of Object.entries(MOST_A_ROUND)) {
    const values = late.map(({ alive }) => alive[name] ?? Number.NaN)
    const slope = slopeOf(values)
    const grew = values.slice(1).filter((value, i) => value > (values[i] ?? 0)).length / (values.length - 1)
    trend[name] = {
      anHour: rounded((slope * (late.length - 1)) / hours),
      aRound: rounded(slope),
      grewIn: rounded(grew),
    }
    if (rows.length >= LEAST_ROUNDS && slope > most && (grew >= MOST_OFTEN || slope > 3 * most))
      leaks.push(name)
  }
  console.log(JSON.stringify({ rounds: rows.length, trend }))
  if (rows.length < LEAST_ROUNDS) console.log(`fewer than ${LEAST_ROUNDS} rounds: too few to judge`)
  if (leaks.length > 0) console.log(`leaks: ${leaks.join(', ')}`)
  return leaks.length > 0
}

/**
 * Growth by one step, by Theil and Sen: the median of all slopes, which one odd value does not move.
 * @param {readonly number[]} values
 */
function slopeOf(values) {
  const slopes = values.flatMap((a, i) => values.slice(i + 1).map((b, j) => (b - a) / (j + 1)))
  slopes.sort((a, b) => a - b)
  return slopes[Math.floor(slopes.length / 2)] ?? 0
}

/** @param {number} value */
function rounded(value) {
  return Number(value.toFixed(2))
}
