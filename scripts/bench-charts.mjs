// At which frame rate charts take in a stream of points, every frame drawn anew, in Chromium without a GPU:
// `node scripts/bench-charts.mjs [points …]`. One chart with one line, then four charts with nine lines in all.
// `workMs` is what a frame's own work took: its tenth percentile is what it takes when nobody else wants the
// processor. Prints one JSON line a row.
import { withBenchPages } from './bench-page.mjs'
import { frameRates } from './frame-rates.mjs'

const SECONDS = 4
const counts = process.argv.slice(2).map(Number)
if (counts.length === 0) counts.push(3600, 100_000, 400_000)

await withBenchPages(async (open) => {
  for (const charts of [1, 4]) {
    for (const points of counts) {
      const tab = await open(`page=charts&points=${points}&charts=${charts}`, 900)
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
})
