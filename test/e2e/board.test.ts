/** A person arranges charts, looks at a stretch of time, measures, reads tables and takes files away: in Chromium, with the built app. */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Download, Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'
import type { Journey } from './journey.ts'

const { skip, open } = inChromium({ hash: '#scenario=crash' })
let journey: Journey

beforeAll(async () => {
  if (skip) return
  journey = await open()
  await journey.ready()
  await journey.page.locator('body').press('Space')
})

const charts = (page: Page) =>
  page
    .getByRole('tabpanel', { name: 'Charts' })
    .getByRole('figure')
    .evaluateAll((figures) => figures.map((figure) => figure.getAttribute('aria-label')))

const plot = (page: Page, title: string) => page.getByRole('slider', { name: `${title}, cursor` })

async function choose(page: Page, title: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `${title}: more` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Within a part of the page: the rest is looked at by axe.test.ts. */
async function axeFinds(page: Page, part: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).include(part).analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}

test.skipIf(skip)(
  'charts are chosen from a list that can be searched, moved by keys, and remembered',
  async () => {
    const { page } = journey
    await page.getByRole('button', { name: /^Choose charts/ }).click()
    const list = page.getByRole('dialog', { name: 'Charts' })
    await list.getByRole('searchbox').fill('hit rate')
    expect(await axeFinds(page, '[role="dialog"]')).toEqual([])
    await list.getByRole('searchbox').fill('tries')
    await expect.poll(() => list.getByRole('checkbox', { name: 'Further tries' }).isDisabled()).toBe(true)
    await list.getByText('Nobody tries again here.').waitFor()
    await list.getByRole('searchbox').fill('offered')
    await list.getByRole('checkbox', { name: 'Offered load and capacity' }).check()
    await page.keyboard.press('Escape')
    expect((await charts(page)).at(-1)).toBe('Offered load and capacity')

    await page.getByRole('button', { name: /^Move Latency:/ }).press('ArrowUp')
    await page.getByRole('button', { name: 'Move Latency: place 1 of 8' }).waitFor()
    expect((await charts(page)).slice(0, 2)).toEqual(['Latency', 'Throughput'])
    await choose(page, 'Throughput', 'Remove')
    await page.reload()
    await journey.ready()
    const remembered = await charts(page)
    expect([remembered[0], remembered.includes('Throughput'), remembered.at(-1)]).toEqual([
      'Latency',
      false,
      'Offered load and capacity',
    ])
  },
)

test.skipIf(skip)('dragging over a chart chooses what all charts and the event log show', async () => {
  const { page, at } = journey
  const box = (await plot(page, 'Latency').boundingBox())!
  await page.mouse.move(box.x + box.width * 0.25, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + 25, { steps: 4 })
  await page.mouse.up()
  await page.getByText(/requests end here/).waitFor()
  await expect.poll(at).toBeGreaterThan(29)
  await plot(page, 'Latency').press('Home')
  await expect.poll(() => plot(page, 'Availability').getAttribute('aria-valuetext')).toMatch(/^30|^29\.\d/)
  await page.getByRole('tab', { name: 'Events' }).click()
  await page.getByText(/from 0:(?:29|30)\.\d to/).waitFor()
  await page.getByRole('tab', { name: 'Charts' }).click()

  // Played in a loop, also from beyond its end.
  const loop = page.getByRole('button', { name: 'Play it in a loop' })
  await loop.click()
  const time = page.getByRole('slider', { name: 'Time' })
  await time.press('End')
  await expect.poll(at).toBeGreaterThan(100)
  await time.press('.')
  await expect.poll(at).toBeLessThan(62)
  await time.press('.')
  await time.press('l')
  await expect.poll(() => loop.getAttribute('aria-pressed')).toBe('false')
  await page.getByRole('button', { name: 'Show the whole run' }).click()
  await expect.poll(() => page.getByText(/requests end here/).count()).toBe(0)
})

test.skipIf(skip)('two cursors are set by keys, and every line tells the difference', async () => {
  const { page } = journey
  const latency = plot(page, 'Latency')
  for (const key of ['Home', 'ArrowRight', 'a', 'Shift+ArrowRight', 'b']) await latency.press(key)
  await page.getByText(/A 0:01\.0 B 0:11\.0/).waitFor()
  const figure = page.getByRole('figure', { name: 'Latency', exact: true })
  await expect.poll(() => figure.getByRole('row', { name: /^p99/ }).textContent()).toMatch(/[+−]\d/)
  expect(await axeFinds(page, 'aside')).toEqual([])
  await latency.press('z')
  await page.getByText('0:01.0 to 0:11.0').waitFor()
  await latency.press('0')
  await latency.press('Delete')
})

test.skipIf(skip)('a chart is enlarged, and is a table', async () => {
  const { page } = journey
  await choose(page, 'Latency', 'Enlarge')
  const large = page.getByRole('dialog', { name: 'Latency' })
  await large.getByRole('figure', { name: 'Latency' }).waitFor()
  await large.getByRole('button', { name: 'Latency: more' }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  await large.getByRole('row').nth(120).waitFor()
  expect(await axeFinds(page, '[role="dialog"]')).toEqual([])
  await page.keyboard.press('Escape')
  await large.waitFor({ state: 'detached' })
})

test.skipIf(skip)('charts leave as CSV, SVG and PNG that say where they are from', async () => {
  const { page, errors } = journey
  const save = async (format: string): Promise<[name: string, text: string]> => {
    const waiting = page.waitForEvent('download')
    await choose(page, 'Latency', `Save as ${format}`)
    const file: Download = await waiting
    return [file.suggestedFilename(), readFileSync(await file.path(), 'latin1')]
  }
  const stem = 'a-crash-that-the-balancer-is-slow-to-notice_latency_seed-7'
  const [csvName, csv] = await save('CSV')
  const fingerprint = /# Fingerprint: ([0-9a-f]{16,})/.exec(csv)?.[1]
  expect([csvName, fingerprint]).toEqual([`${stem}.csv`, expect.any(String)])
  expect(csv).toContain('\r\nTime (s),p50 (ms),p90 (ms),p99 (ms)\r\n0,')
  const [svgName, svg] = await save('SVG')
  expect([
    svgName,
    svg.includes(fingerprint!),
    /<path d="M[\d.]+ [\d.]+L/.test(svg),
    svg.includes('<image'),
  ]).toEqual([`${stem}.svg`, true, true, false])
  const [pngName, png] = await save('PNG')
  expect([pngName, png.slice(1, 4), png.includes(fingerprint!)]).toEqual([`${stem}.png`, 'PNG', true])
  expect(errors).toEqual([])
})
