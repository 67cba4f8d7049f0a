// At which frame rate charts take in a stream of points, every frame drawn anew, in Chromium without a GPU:
// `node scripts/bench-charts.mjs [points …]`. One chart with one line, then four charts with nine lines in all.
// `workMs` is what a frame's own work took: its tenth percentile is what it takes when nobody else wants the
// processor. Builds the page in test/bench-charts; prints one JSON line a row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { build, preview } from 'vite'
import { programs } from './browsers.mjs'
import { frameRates } from './frame-rates.mjs'
import { root } from './workspace.mjs'

const SECONDS = 4
const counts = process.argv.slice(2).map(Number)
if (counts.length === 0) counts.push(3600, 100_000, 400_000)

const outDir = mkdtempSync(join(tmpdir(), 'evenkeel-charts-'))
const configFile = join(root, 'vite.config.ts')
const page = join(root, 'test/bench-charts')
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
  for (const charts of [1, 4]) {
    for (const points of counts) {
      const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } })
      await tab.goto(`${server.resolvedUrls?.local[0]}?points=${points}&charts=${charts}`)
      await tab.waitForSelector('canvas')
      const rates = await frameRates(tab, SECONDS)
      const workMs = await tab.evaluate(() => {
        const times = [.../** @type {{ work: number[] }} */ (/** @type {unknown} */ (window)).work].sort(
          (a, b) => a - b,
        )
        return [0.1, 0.5].map((share) => Number((times[Math.floor(share * times.length)] ?? 0).toFixed(2)))
      })
      console.log(JSON.stringify({ charts, points, ...rates, workMs }))
      await tab.close()
    }
  }
} finally {
  await browser.close()
  await server.close()
  rmSync(outDir, { recursive: true })
}
