// How many dots the stage keeps flying at which frame rate, in Chromium without a GPU:
// `node scripts/bench-stage.mjs [dots …]`. Then clusters of many replicas with the traffic they have. Prints one
// JSON line a row.
import { withBenchPages } from './bench-page.mjs'
import { frameRates } from './frame-rates.mjs'

const SECONDS = 4
const dots = process.argv.slice(2).map(Number)
if (dots.length === 0) dots.push(1000, 20_000, 40_000, 60_000, 80_000, 120_000)

await withBenchPages(async (open) => {
  const measure = async (/** @type {string} */ query) => {
    const tab = await open(`page=stage&play&${query}`, 720)
    await tab.waitForSelector('.stage-canvas')
    const rates = await frameRates(tab, SECONDS)
    await tab.close()
    return rates
  }
  for (const count of dots) {
    console.log(JSON.stringify({ dots: count, ...(await measure(`plan=two&well&at=0.5&dots=${count}`)) }))
  }
  for (const plan of ['two', 'sixty', 'hundreds', 'thousands']) {
    console.log(JSON.stringify({ plan, ...(await measure(`plan=${plan}&at=0.1&speed=0.1`)) }))
  }
})
