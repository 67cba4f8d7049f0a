/** What only some clusters have is seen on the stage, in Chromium. */
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isLeftOut, launch } from '../engines/engines.ts'
import { begin, type Journey } from './journey.ts'

const skip = isLeftOut('chromium')
const LINES = `
clients: { users: { rate: 300/s, retries: { attempts: 3 } } }
tiers:
  web:
    profile: haproxy
    balancers: 3
    balancing: { strategy: ketama }
    maxConnections: { perReplica: 1, queue: 500 }
    replicas: 4
    service: { demand: { exponential: { mean: 40ms } }, concurrency: 1 }
    health: { active: { interval: 500ms } }
faults: [{ at: 2s, crash: web/2 }]
duration: 12s
`
const LARGE = `
clients: { users: { rate: 500/s } }
tiers: { web: { replicas: 3000, balancing: { strategy: random } } }
duration: 3s
`
let browser: Browser
beforeAll(async () => {
  if (!skip) browser = await launch('chromium')
})
afterAll(() => browser?.close())

/** Opens a scenario of its own at an instant, as a reload would that finds it changed. */
async function open(text: string, at: number): Promise<Journey> {
  const way = await begin(browser)
  await way.ready()
  const draft = JSON.stringify({ id: 'calm', text, at, playing: false })
  await way.page.evaluate((kept) => {
    addEventListener('pagehide', () => sessionStorage.setItem('evenkeel-draft', kept))
  }, draft)
  await way.page.reload()
  await way.ready()
  return way
}

test.skipIf(skip)(
  'balancers with their lines and beliefs, tries, products, rings and moved keys',
  async () => {
    const { page, errors, close } = await open(LINES, 5e9)
    const stage = page.getByRole('region', { name: 'Cluster', exact: true })
    await stage.getByText('3 balancers').waitFor()
    await stage.getByText(/^3\/4/).nth(2).waitFor()
    await stage.getByText('as HAProxy 2.6.12').waitFor()
    await stage.getByText('tried again').waitFor()
    await stage.getByRole('button', { name: 'web/2' }).waitFor()
    await page
      .getByRole('figure', { name: 'Who owns which keys' })
      .getByText(/moved when web\/2 went/)
      .waitFor()
    await page.getByRole('figure', { name: 'Imbalance' }).waitFor()
    await page.getByText('Tries a request').waitFor()
    await page.getByRole('checkbox', { name: 'colour by client address' }).check()
    expect(errors).toEqual([])
    await close()
  },
)

test.skipIf(skip)('a large tier is a grid that one can look at closely, and go on from there', async () => {
  const { page, errors, close } = await open(LARGE, 1e9)
  const stage = page.getByRole('region', { name: 'Cluster', exact: true })
  await stage.getByText(/^one cell = \d+ replicas$/).waitFor()
  await stage.getByRole('button', { name: /^web\/1 to web/ }).click()
  await stage.getByText('1–24 of 3,000').waitFor()
  await stage.getByRole('button', { name: 'Those behind' }).click()
  await stage.getByRole('button', { name: 'web/25', exact: true }).waitFor()
  await stage.getByRole('button', { name: 'All replicas of web' }).click()
  await stage.getByText(/^one cell =/).waitFor()
  expect(errors).toEqual([])
  await close()
})
