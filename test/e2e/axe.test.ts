/** What axe finds on every view, in light and dark, wide and narrow: nothing. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLeftOut, launch } from '../engines/engines.ts'
import { begin, writeScenario } from './journey.ts'

const skip = isLeftOut('chromium')
let browser: Browser

beforeAll(async () => {
  if (!skip) browser = await launch('chromium')
})
afterAll(async () => {
  await browser?.close()
})

const views: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the page as it opens': async () => {},
  'a crashed replica': async (page) => {
    await page.locator('.stage-replica').first().click()
    await page.locator('.stage-replica[data-condition="crashed"]').waitFor()
  },
  figures: (page) => page.getByRole('tab', { name: 'Figures' }).click(),
  'why a request failed': async (page) => {
    await page.getByRole('tab', { name: 'Inspect' }).click()
    await page.getByRole('textbox', { name: 'Request' }).fill('300')
    await page.getByRole('textbox', { name: 'Request' }).press('Enter')
    await page.getByRole('heading', { name: 'Request 300' }).waitFor()
  },
  'the page of a replica': async (page) => {
    await page.getByRole('tab', { name: 'Inspect' }).click()
    await page.locator('.stage-replica').first().click()
    await page.getByRole('heading', { name: 'Checks' }).waitFor()
  },
  'the event log': async (page) => {
    await page.getByRole('tab', { name: 'Events' }).click()
    await page.getByRole('listbox', { name: 'Events' }).waitFor()
  },
  'a scenario with problems': async (page) => {
    await page.getByRole('tab', { name: 'Scenario' }).click()
    await page.locator('.cm-content').waitFor()
    await writeScenario(page, 'tiers: 7')
    await page.getByRole('list', { name: 'Problems' }).waitFor()
  },
  'the help': async (page) => {
    await page.getByRole('button', { name: 'Help' }).click()
    await page.getByRole('dialog').waitFor()
  },
  'two lanes and their verdict': async (page) => {
    await page.getByRole('combobox', { name: 'Compare with another strategy' }).click()
    await page.getByRole('option', { name: /^Two choices/ }).click()
    await page.getByRole('button', { name: 'Table' }).click()
    await page.getByRole('region', { name: 'Verdict by figure' }).waitFor()
  },
  'charts of each lane': async (page) => {
    await page.getByRole('combobox', { name: 'Compare with another strategy' }).click()
    await page.getByRole('option', { name: /^Two choices/ }).click()
    await page.getByRole('radio', { name: 'Each lane' }).check({ force: true })
  },
  'the list of scenarios': async (page) => {
    await page.getByRole('combobox', { name: 'Scenario' }).click()
    await page.getByRole('listbox').waitFor()
  },
}

const light = { colorScheme: 'light', viewport: { width: 1440, height: 900 } } as const
const dark = { colorScheme: 'dark', viewport: { width: 1440, height: 900 } } as const
const narrow = { colorScheme: 'light', viewport: { width: 360, height: 740 } } as const
const all = Object.keys(views)

describe.skipIf(skip).each([
  ['light, wide', light, all],
  ['dark, wide', dark, all],
  ['light, narrow', narrow, ['a crashed replica', 'two lanes and their verdict']],
] as const)('%s', (_name, options, seen) => {
  test.each(seen)('%s', async (view) => {
    const { page, ready, close, errors } = await begin(browser, options)
    await ready()
    await page.locator('body').press('Space')
    await views[view]!(page)
    const { violations } = await new AxeBuilder({ page: page as never }).analyze()
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    )
    expect(found).toEqual([])
    expect(errors).toEqual([])
    await close()
  })
})

test.skipIf(skip).each(
  [360, 390, 1024, 1440, 3840].flatMap(
    (width) =>
      [
        [width, ''],
        [width, '#scenario=two-choices&lane=base&lane=variant%3Arandom'],
      ] as const,
  ),
)('nothing sticks out at a width of %d %s', async (width, hash) => {
  const { page, ready, close } = await begin(browser, { viewport: { width, height: 900 } }, hash)
  if (hash === '') await ready()
  else await page.getByRole('progressbar', { name: 'Replications' }).waitFor()
  await page.getByRole('slider', { name: 'Time' }).press('PageUp')
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(over).toBeLessThanOrEqual(0)
  await close()
})
