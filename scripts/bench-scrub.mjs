// How soon there is a picture of any instant of a long run, in Chromium without a GPU: `node scripts/bench-scrub.mjs
// [millions of events] [seeks]`. Has the built app compute a run of so many events, then clicks on the timeline here
// and there, and prints one JSON line: milliseconds from the click to the frame that shows what moves at that instant.
import { chromium } from 'playwright'
import { preview } from 'vite'
import { programs } from './browsers.mjs'
import { ensureBuilt, fail, root } from './workspace.mjs'

const [millions = 10, seeks = 40] = process.argv.slice(2).map(Number)
if (!(millions > 0 && seeks > 0)) fail('how many millions of events, and how many seeks?')
if (!ensureBuilt('web')) fail('the web app does not build (see above)')

/** Events a request: it is born, arrives, is served and answered, each after some time on the way. */
const EVENTS_A_REQUEST = 6
const RATE = 2000
const SCENARIO = `name: A long run
seed: 1
duration: ${Math.ceil((millions * 1e6) / EVENTS_A_REQUEST / RATE)}s
clients: { users: { rate: ${RATE}/s, network: { latency: 5ms } } }
tiers:
  web:
    balancing: least-connections
    replicas: 10
    service: { demand: { exponential: { mean: 12ms } }, concurrency: 4 }
    health: { active: { interval: 2s } }
`

const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } })
const browser = await chromium.launch({
  executablePath: programs('chromium').browser ?? '',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.on('pageerror', (error) => fail(`the page failed: ${error.message}`))
  await page.goto(`${server.resolvedUrls?.local[0]}#scenario=crash`)
  await page.getByRole('tab', { name: 'Scenario' }).click()
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(SCENARIO)
  await page.getByText('10 × 4 slots').waitFor()
  await page
    .locator('[aria-label="Key figures of the whole run"][aria-busy="false"]')
    .waitFor({ timeout: 300_000 })
  await page.getByRole('tab', { name: 'Figures' }).click()
  const events = await page.locator('dt:has-text("Events") + dd').first().textContent()
  await page.getByRole('tab', { name: 'Charts' }).click()
  const pause = page.getByRole('button', { name: 'Pause' })
  if (await pause.isVisible()) await pause.click()

  const track = page.getByRole('slider', { name: 'Time' })
  const box = await track.boundingBox()
  if (!box) throw new Error('no timeline')
  /** @type {number[]} */
  const times = []
  for (let i = 0; i < seeks; i++) {
    const share = 0.02 + 0.96 * ((i * 0.618034) % 1)
    await page.waitForTimeout(400)
    await page.evaluate(watch)
    await page.mouse.click(box.x + box.width * share, box.y + box.height / 2)
    times.push(await page.evaluate(seen))
  }
  times.sort((a, b) => a - b)
  const at = (/** @type {number} */ share) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0)
  console.log(
    JSON.stringify({ events, seeks, medianMs: at(0.5), p90Ms: at(0.9), p95Ms: at(0.95), worstMs: at(1) }),
  )
} finally {
  await browser.close()
  await server.close()
}

/** In the page: looks from the next press of the pointer on until the stage, which a jump empties, has dots again. */
function watch() {
  /** A few points in a row are looked at: a dot is several wide. */
  const hasInk = (/** @type {HTMLCanvasElement} */ canvas) => {
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
    for (let i = 3; i < data.length; i += 12) if (data[i] !== 0) return true
    return false
  }
  const taken = new Promise((/** @type {(ms: number) => void} */ resolve) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('.stage-canvas'))
    addEventListener(
      'pointerdown',
      () => {
        const begun = performance.now()
        const look = () => {
          if (hasInk(canvas)) resolve(performance.now() - begun)
          else requestAnimationFrame(look)
        }
        // The frame in which the jump itself shows, and then those after it.
        requestAnimationFrame(() => requestAnimationFrame(look))
      },
      { once: true, capture: true },
    )
  })
  Object.assign(window, { taken })
}

/** In the page: how long it took. @returns {Promise<number>} */
function seen() {
  return (
    /** @type {{ taken?: Promise<number> }} */ (window).taken ?? Promise.reject(new Error('nobody looks'))
  )
}
