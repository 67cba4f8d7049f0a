/** A person changes what happens, in Chromium, with the built app: cards, palette, flags, breakpoints, branches. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright'
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'
import { scenarioText } from './journey.ts'

const { skip, journey } = inChromium({
  options: { reducedMotion: 'reduce' },
  hash: '#scenario=crash',
  isPaused: true,
})

const flags = (page: Page) => page.getByRole('list', { name: 'What happens' }).getByRole('button')
const middle = async (what: Locator) => {
  const { x, y, width, height } = (await what.boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}

async function drag(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const start = await middle(from)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + to.x) / 2, (start.y + to.y) / 2)
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await page.mouse.up()
}

async function text(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Scenario' }).click()
  return scenarioText(page)
}

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
}

test.skipIf(skip)(
  'every part of the stage opens a card by its button or the menu key, and closes by Escape',
  () =>
    journey(async ({ page }) => {
      for (const name of ['shoppers', 'balancer', 'web']) {
        const button = page.getByRole('button', { name: `Change ${name}`, exact: true })
        await button.click()
        await page.getByRole('dialog', { name: `Change ${name}`, exact: true }).waitFor()
        if (name === 'web') await clean(page)
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true)
      }
      await page.locator('.stage-replica').first().focus()
      await page.keyboard.press('Shift+F10')
      const card = page.getByRole('dialog', { name: 'Change web/1' })
      await card.getByRole('combobox', { name: 'lasts' }).selectOption('5')
      await card.getByRole('button', { name: 'Hang' }).click()
      await page.locator('.stage-replica[data-condition="hung"]').waitFor()
      await page.getByRole('button', { name: /^Undo: hang web\/1/ }).click()
      await page.locator('.stage-replica[data-condition="hung"]').waitFor({ state: 'detached' })
      // More load from this instant on: one entry, whatever the hand does.
      await page.getByRole('button', { name: 'Change shoppers', exact: true }).click()
      const load = page.getByRole('slider', { name: 'Load from now on' })
      await load.focus()
      for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowRight')
      await page.getByRole('button', { name: /^Undo: shoppers × 3/ }).waitFor()
      // And less than usual.
      for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowLeft')
      await page.getByRole('button', { name: /^Undo: shoppers × 0\.3/ }).waitFor()
      await page.keyboard.press('Escape')
      // Another strategy from this instant on: the past stays.
      await page.getByRole('button', { name: 'Change balancer', exact: true }).click()
      const balancer = page.getByRole('dialog', { name: 'Change balancer', exact: true })
      await balancer.getByRole('combobox', { name: 'Strategy of web' }).click()
      await page.getByRole('option', { name: /^Random/ }).click()
      await flags(page)
        .and(page.getByLabel(/^All of web is balanced by Random/))
        .waitFor()
      await clean(page)
      await page.keyboard.press('Escape')
      const written = await text(page)
      expect(written.match(/spike: shoppers/g)).toHaveLength(1)
      expect(written).toMatch(/balance: web, with: random/)
    }),
)

test.skipIf(skip)(
  'a fault is dragged onto a replica and onto the timeline; flags are dragged, nudged, opened, taken out',
  () =>
    journey(async ({ page }) => {
      await page.getByRole('button', { name: 'What can happen' }).click()
      const palette = page.getByRole('group', { name: 'What can happen' })
      await palette.waitFor()
      await page.waitForTimeout(300) // the stage makes room
      await drag(
        page,
        palette.getByRole('button', { name: 'Slow' }),
        await middle(page.locator('.stage-replica').nth(2)),
      )
      await page.getByRole('button', { name: /^Undo: slow web\/3/ }).waitFor()
      await page.locator('.stage-replica[data-condition="slow"]').waitFor()

      const track = (await page.locator('[data-timeline]').boundingBox())!
      await drag(page, palette.getByRole('button', { name: 'Errors' }), {
        x: track.x + track.width / 2,
        y: track.y + track.height / 2,
      })
      const form = page.getByRole('dialog', { name: 'Add: Errors' })
      await form.getByLabel('Whom').selectOption('web/4')
      await clean(page)
      await form.getByRole('button', { name: 'Add it' }).click()
      const flag = flags(page)
        .filter({ has: page.locator('svg') })
        .and(page.getByLabel(/^web\/4 begins to fail/))
      await flag.waitFor()

      const { x, y } = await middle(flag)
      await drag(page, flag, { x: x + track.width / 8, y })
      await page.getByLabel(/^web\/4 begins to fail requests at 1:15/).waitFor()
      const at = async () =>
        Number(/at 1:(\d\d\.\d)/.exec((await flag.getAttribute('aria-label')) ?? '')?.[1])
      const stood = await at()
      await flag.focus()
      await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('ArrowLeft')
      await expect.poll(at).toBeCloseTo(stood + 0.9, 3)
      await page.getByRole('button', { name: /^Undo: move “errors web\/4”/ }).click()
      await expect.poll(at).toBeCloseTo(stood, 3)
      await flag.click()
      const card = page.getByRole('dialog', { name: 'A timed entry' })
      await card.getByLabel('Percent of requests that fail').fill('55')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: /^Undo: change “errors web\/4”/ }).waitFor()
      await card.getByRole('button', { name: 'Take it out' }).click()
      await flag.waitFor({ state: 'detached' })
      const written = await text(page)
      expect(written).toMatch(/slow: web\/3, factor: 5/)
      expect(written).not.toContain('web/4')
    }),
)

test.skipIf(skip)('playing stops at a breakpoint and says why; jumps go where they are told', () =>
  journey(async ({ page, at }) => {
    await page.getByRole('button', { name: 'Breakpoints' }).click()
    await page.getByRole('region', { name: 'Breakpoints' }).getByRole('button', { name: 'Add' }).click()
    await page.locator('body').press('5')
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await page.getByText('Stopped at 0:34.501: a balancer takes web/2 out.').waitFor()
    await expect.poll(at).toBeCloseTo(34.501, 3)
    await clean(page)
    await page.getByRole('combobox', { name: 'Jump to' }).selectOption('fault')
    await page.getByRole('button', { name: 'Previous fault' }).click()
    await expect.poll(at).toBe(30)
    await page.locator('main').click({ position: { x: 5, y: 5 } })
    await page.keyboard.press('F8')
    await expect.poll(at).toBeGreaterThan(30)
    await page.keyboard.press('F9')
    await expect.poll(at).toBeCloseTo(34.501, 3)
    await page.reload()
    await page.getByRole('checkbox', { name: 'a balancer changes its mind about a replica' }).waitFor()
  }),
)

test.skipIf(skip)('a fork keeps what was there, is compared with it as a lane, named, left and deleted', () =>
  journey(async ({ page, ready }) => {
    await page.getByRole('button', { name: /^Branches/ }).click()
    await page.getByRole('button', { name: 'Fork from here' }).click()
    await page.locator('.stage-replica').first().click()
    await page.locator('.stage-replica[data-condition="crashed"]').waitFor()
    const name = page.getByRole('textbox', { name: 'Name of Branch 2' })
    await name.fill('one more crash')
    await name.press('Enter')
    await page.getByText(/^where it began, the same until 0:0\d/).waitFor()
    await page.getByRole('button', { name: 'Compare with Main' }).click()
    await page.getByRole('region', { name: 'Lane 2: Main' }).waitFor()
    await clean(page)
    await page.reload()
    await page.getByRole('region', { name: 'Lane 1: one more crash' }).waitFor()
    await page.getByRole('button', { name: 'Go to Main' }).click()
    await page.getByRole('region', { name: 'Lane 2: Main' }).waitFor({ state: 'detached' })
    await ready()
    await expect.poll(() => page.locator('.stage-replica[data-condition="crashed"]').count()).toBe(0)
    await page.getByRole('button', { name: 'Delete one more crash' }).click()
    await page.getByRole('button', { name: 'Go to one more crash' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo: delete “one more crash”' }).click()
    await page.getByRole('button', { name: 'Go to one more crash' }).waitFor()
  }),
)
