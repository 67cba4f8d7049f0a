/** What only some clusters have is seen on the stage, in Chromium. */
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'
import type { Journey } from './journey.ts'

const { skip, open } = inChromium()
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
const LAYERS = `
clients: { users: { rate: 300/s, addresses: 50, network: { latency: 5ms } } }
tiers:
  edge:
    replicas: [{ count: 2, zone: a }, { count: 2, zone: b }]
    service: { demand: 0.1ms, concurrency: 8 }
    tls: { handshake: 1ms, resumed: 0.1ms, resumption: 50% }
    connections: { idle: 50ms }
    rateLimit: { policy: token-bucket, rate: 1/s, burst: 1, key: address }
    health: { active: { interval: 500ms } }
  cache: { replicas: 2, cache: { capacity: 100, ttl: 1m } }
  app: { replicas: 2, service: { demand: 5ms, concurrency: 4 } }
duration: 12s
`
/** Opens a scenario of its own at an instant, as a reload would that finds it changed. */
async function openAt(text: string, at: number): Promise<Journey> {
  const way = await open()
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
    const { page, errors, close } = await openAt(LINES, 5e9)
    const stage = page.getByRole('region', { name: 'Cluster', exact: true })
    await stage.getByText('3 balancers').waitFor()
    await stage.getByText(/^3\/4/).nth(2).waitFor()
    await stage.getByText('as HAProxy 2.6.12').waitFor()
    await stage.getByText('tried again').waitFor()
    await stage.getByRole('button', { name: 'web/2' }).waitFor()
    await page
      .getByRole('figure', { name: 'Who owns which keys' })
      .getByText(/^\d.* moved when web\/2 went/)
      .waitFor()
    await page.getByRole('figure', { name: 'Imbalance' }).waitFor()
    await page.getByText('Tries a request').waitFor()
    await page.getByRole('checkbox', { name: 'colour by client address' }).check()
    expect(errors).toEqual([])
    await close()
  },
)

test.skipIf(skip)('a large tier is a grid that one can look at closely, and go on from there', async () => {
  const { page, errors, close } = await openAt(LARGE, 1e9)
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

test.skipIf(skip)('what a tier is can be read, its balancers open, and one can look closer', async () => {
  const { page, errors, close } = await openAt(LAYERS, 5e9)
  const stage = page.getByRole('region', { name: 'Cluster', exact: true })
  await stage
    .getByRole('button', { name: /^edge: \d+ TLS handshakes a second, \d+ % of them resumed$/ })
    .waitFor()
  await stage.getByRole('button', { name: /^edge: \d+ requests a second turned away by limits$/ }).waitFor()
  await stage.getByRole('button', { name: /^cache: \d+ % of look-ups are served from its caches$/ }).waitFor()
  await stage
    .getByText(/^over the limit/)
    .first()
    .waitFor()
  await stage.getByText('zone b').waitFor()
  for (const move of ['health check', 'full handshake', 'resumed handshake', 'rejected'])
    await stage.getByText(move, { exact: true }).waitFor()
  await expect.poll(() => stage.getByText('tried again').count()).toBe(0)

  await stage.getByRole('button', { name: 'Fill the stage with cache' }).click()
  await stage.getByText(/^1[5-9]\d\s%$|^[2-4]\d\d\s%$/).waitFor()
  const card = (await stage.getByRole('button', { name: 'cache/1', exact: true }).boundingBox())!
  const all = (await stage.boundingBox())!
  expect(card.x).toBeGreaterThan(all.x)
  expect(card.x + card.width).toBeLessThan(all.x + all.width)
  await page.keyboard.press('Escape')
  await stage.getByText(/^100\s%$/).waitFor()
  await page.keyboard.press('+')
  await stage.getByText(/^150\s%$/).waitFor()
  await page.keyboard.press('0')
  await stage.getByText(/^100\s%$/).waitFor()

  await stage.getByRole('button', { name: 'Balancer', exact: true }).click()
  await page.getByRole('heading', { name: 'Balancer of edge' }).waitFor()
  await stage.getByRole('button', { name: /^each cache: / }).click()
  await page.getByRole('heading', { name: 'Balancing from cache to app' }).waitFor()
  expect(errors).toEqual([])
  await close()
})
