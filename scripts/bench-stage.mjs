// How many dots the stage keeps flying at which frame rate, in Chromium without a GPU:
// `node scripts/bench-stage.mjs [dots …]`. Then clusters of many replicas with the traffic they have. Builds the
// page in test/bench-stage; prints one JSON line a row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { build, preview } from 'vite'
import { programs } from './browsers.mjs'
import { frameRates } from './frame-rates.mjs'
import { root } from './workspace.mjs'

const SECONDS = 4
const dots = process.argv.slice(2).map(Number)
if (dots.length === 0) dots.push(1000, 20_000, 40_000, 60_000, 80_000, 120_000)

const outDir = mkdtempSync(join(tmpdir(), 'evenkeel-stage-'))
const configFile = join(root, 'vite.config.ts')
const page = join(root, 'test/bench-stage')
await build({ configFile, root: page, logLevel: 'error', build: { outDir, emptyOutDir: true } })
const server = await preview({
  configFile,
  root: page,
  logLevel: 'error',
  build: { outDir },
  preview: { host: '127.0.0.1', port: 0 },
})
const browser = await chromium.launch({
  executablePath: programs('chromium').browser ?? '',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  for (const count of dots) {
    const row = await measure(`plan=two&well&at=0.5&dots=${count}`)
    console.log(JSON.stringify({ dots: count, ...row }))
  }
  for (const plan of ['two', 'sixty', 'hundreds', 'thousands']) {
    console.log(JSON.stringify({ plan, ...(await measure(`plan=${plan}&at=0.1&speed=0.1`)) }))
  }
} finally {
  await browser.close()
  await server.close()
  rmSync(outDir, { recursive: true })
}

/** @param {string} query */
async function measure(query) {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  await tab.goto(`${server.resolvedUrls?.local[0]}?play&${query}`)
  await tab.waitForSelector('.stage-canvas')
  const rates = await frameRates(tab, SECONDS)
  await tab.close()
  return rates
}
