/**
 * What axe finds on every view, in light, dark and high contrast, wide and narrow: nothing. One page is led from
 * view to view, as a person goes; of what has not changed since the last view, axe has seen enough. What another
 * theme changes is colours alone.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DrivenEngine, isLeftOut, launch } from '../engines/engines.ts'
import { begin, type Journey, writeScenario } from './journey.ts'

interface View {
  readonly name: string
  /** From the view before. */
  readonly go: (page: Page) => Promise<void>
  /** What is new on it. */
  readonly look: string
  readonly leave?: (page: Page) => Promise<void>
}

const PANEL = 'aside'
const STAGE = 'main'
const WHOLE = 'html'
const DIALOG = '[role="dialog"]'

const pressEscape = (page: Page) => page.keyboard.press('Escape')
const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click()

const opened: View = { name: 'the page as it opens', look: WHOLE, go: async () => {} }

const crashed: View = {
  name: 'a crashed replica',
  look: STAGE,
  async go(page) {
    await page.locator('.stage-replica').first().click()
    await page.locator('.stage-replica[data-condition="crashed"]').waitFor()
  },
}

const compared: View = {
  name: 'two lanes and their verdict',
  look: WHOLE,
  async go(page) {
    await page.getByRole('combobox', { name: 'Compare with another strategy' }).click()
    await page.getByRole('option', { name: /^Two choices/ }).click()
    await page.getByRole('button', { name: 'Table' }).click()
    await page.getByRole('region', { name: 'Verdict by figure' }).waitFor()
  },
}

const views: readonly View[] = [
  opened,
  crashed,
  {
    name: 'who comes, and where they stick',
    look: STAGE,
    async go(page) {
      await page.keyboard.press('s')
      await page.locator('.stage-crowd[data-ready="true"] .stage-someone').first().waitFor()
    },
    async leave(page) {
      await page.keyboard.press('s')
      await page.locator('.stage-crowd').waitFor({ state: 'detached' })
    },
  },
  { name: 'figures', look: PANEL, go: (page) => tab(page, 'Figures') },
  {
    name: 'why a request failed',
    look: PANEL,
    async go(page) {
      await tab(page, 'Inspect')
      await page.getByRole('textbox', { name: 'Request' }).fill('300')
      await page.getByRole('textbox', { name: 'Request' }).press('Enter')
      await page.getByRole('heading', { name: 'Request 300' }).waitFor()
    },
  },
  {
    name: 'the page of a replica',
    look: PANEL,
    async go(page) {
      await page.locator('.stage-replica').first().click()
      await page.getByRole('heading', { name: 'Checks' }).waitFor()
    },
  },
  {
    name: 'the event log',
    look: PANEL,
    async go(page) {
      await tab(page, 'Events')
      await page.getByRole('listbox', { name: 'Events' }).waitFor()
    },
  },
  {
    name: 'the help',
    look: DIALOG,
    async go(page) {
      await page.getByRole('button', { name: 'Help' }).click()
      await page.getByRole('dialog').waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'the gallery of scenarios',
    look: DIALOG,
    async go(page) {
      await page.getByRole('combobox', { name: 'Scenario' }).click()
      // All cards are alike: a few are looked at sooner.
      await page.getByRole('combobox', { name: 'Look for a scenario' }).fill('layer')
      await page.getByRole('option').first().waitFor()
    },
    leave: pressEscape,
  },
  compared,
  {
    name: 'charts of each lane',
    look: PANEL,
    async go(page) {
      await tab(page, 'Charts')
      await page.getByRole('radio', { name: 'Each lane' }).check({ force: true })
    },
  },
  {
    name: 'a scenario with problems',
    look: WHOLE,
    async go(page) {
      await tab(page, 'Scenario')
      await page.locator('.cm-content').waitFor()
      await writeScenario(page, 'tiers: 7')
      await page.getByRole('list', { name: 'Problems' }).waitFor()
    },
  },
]

const wide = { viewport: { width: 1440, height: 900 } } as const
const narrow = { viewport: { width: 360, height: 740 } } as const

/** The first is the one that all rules are looked for in; Firefox shows the first two. */
const themes = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
] as const

/** Firefox takes several times as long as Chromium, and a narrow page is another one only here and there. */
const main: readonly View[] = [
  opened,
  {
    ...compared,
    async go(page) {
      await crashed.go(page)
      await compared.go(page)
    },
  },
]

type Case = readonly [
  engine: DrivenEngine,
  name: string,
  options: typeof wide | typeof narrow,
  seen: readonly View[],
]
const cases: readonly Case[] = [
  ['chromium', 'wide', wide, views],
  ['chromium', 'narrow', narrow, main],
  ['firefox', 'wide', wide, main],
]

const browsers = new Map<DrivenEngine, Browser>()
beforeAll(async () => {
  for (const engine of ['chromium', 'firefox'] as const)
    if (!isLeftOut(engine)) browsers.set(engine, await launch(engine))
})
afterAll(async () => {
  for (const browser of browsers.values()) await browser.close()
})

describe.each(cases)('%s, %s', (engine, _name, options, seen) => {
  const skip = isLeftOut(engine)
  let journey: Journey
  beforeAll(async () => {
    if (skip) return
    journey = await begin(browsers.get(engine)!, options)
    await journey.ready()
    await journey.page.locator('body').press('Space')
  })
  afterAll(() => journey?.close())

  test.skipIf(skip).each(seen)('$name', async ({ go, look, leave }) => {
    const { page, errors } = journey
    await go(page)
    for (const theme of engine === 'firefox' ? themes.slice(0, 2) : themes) {
      await page.emulateMedia(theme)
      expect(await found(page, look, theme !== themes[0]), JSON.stringify(theme)).toEqual([])
    }
    await page.emulateMedia(themes[0])
    expect(errors).toEqual([])
    await leave?.(page)
  })
})

async function found(page: Page, look: string, isColoursOnly: boolean): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page: page as never }).include(look)
  if (isColoursOnly) axe.withRules(['color-contrast'])
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
}

const noChromium = isLeftOut('chromium')
test.skipIf(noChromium).each(['', '#scenario=two-choices&lane=base&lane=variant%3Arandom'])(
  'nothing sticks out at any width %s',
  async (hash) => {
    const { page, ready, close } = await begin(browsers.get('chromium')!, {}, hash)
    if (hash === '') await ready()
    else await page.getByRole('progressbar', { name: 'Replications' }).waitFor()
    await page.getByRole('slider', { name: 'Time' }).press('PageUp')
    for (const width of [3840, 1440, 1024, 390, 360]) {
      await page.setViewportSize({ width, height: 900 })
      await page.waitForTimeout(200)
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      await expect.poll(over, { message: `at ${width}` }).toBeLessThanOrEqual(0)
    }
    await close()
  },
)
