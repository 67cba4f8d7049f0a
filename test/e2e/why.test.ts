/** A person asks why, in Chromium, with the built app: a request's way, a replica's page, the event log. */
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'
import { fingerprint, scenarioText } from './journey.ts'

const { skip, journey } = inChromium({ hash: '#scenario=crash', isPaused: true })

test.skipIf(skip)(
  'the next failure tells its causes, its way and its choice; a cause leads to its instant',
  () =>
    journey(async ({ page, at }) => {
      await page.getByRole('tab', { name: 'Inspect' }).click()
      await page.getByRole('button', { name: 'Next failure' }).click()
      const panel = page.getByRole('tabpanel', { name: 'Inspect' })
      await panel.getByRole('heading', { name: /^Request \d+$/ }).waitFor()
      // Those that were in it when it died come first.
      const refused = panel.getByText('web/2 refused it: nothing listened there.')
      for (let i = 0; i < 20 && (await refused.count()) === 0; i++) {
        const heading = panel.getByRole('heading', { name: /^Request \d+$/ })
        const last = await heading.textContent()
        await page.getByRole('button', { name: 'Next failure' }).click()
        await expect.poll(() => heading.textContent()).not.toBe(last)
      }
      const causes = await panel.getByRole('listitem').allTextContents()
      expect(causes.join('\n')).toMatch(
        /web\/2 refused it[\s\S]*web\/2 crashed at 30 s[\s\S]*3 checks in a row/,
      )
      expect(
        await panel.getByRole('figure', { name: 'Its way' }).getByText('refused').count(),
      ).toBeGreaterThan(0)
      await expect.poll(() => panel.getByRole('table').getByRole('row').count()).toBe(5)
      const stood = await at()
      await panel.getByRole('button', { name: 'Go to 0:34.501' }).click()
      await expect.poll(at).toBeGreaterThan(stood)
    }),
)

test.skipIf(skip)('what is done to a replica on its page is written in the scenario, and undone', () =>
  journey(async ({ page }) => {
    const first = await fingerprint(page)
    await page.getByRole('tab', { name: 'Inspect' }).click()
    await page.locator('.stage-replica').nth(2).click()
    const panel = page.getByRole('tabpanel', { name: 'Inspect' })
    await panel.getByRole('heading', { name: 'web/3' }).waitFor()
    await expect.poll(() => page.locator('.stage-replica[data-condition="crashed"]').count()).toBe(0)
    await panel.getByRole('spinbutton', { name: 'How many times slower' }).fill('4')
    await panel.getByRole('combobox', { name: 'lasts' }).selectOption('10')
    await panel.getByRole('button', { name: 'Slow' }).click()
    await page.locator('.stage-replica[data-condition="slow"]').waitFor()
    await page.getByRole('tab', { name: 'Scenario' }).click()
    const text = await scenarioText(page)
    expect(text).toMatch(/slow: web\/3[\s\S]*factor: 4[\s\S]*for: 10s/)
    await page.getByRole('button', { name: /^Undo: slow web\/3/ }).click()
    await page.locator('.stage-replica[data-condition="slow"]').waitFor({ state: 'detached' })
    await expect.poll(() => fingerprint(page)).toBe(first)
  }),
)

test.skipIf(skip)(
  'a click on a moving dot follows its request; the event log moves time and finds failures',
  () =>
    journey(async ({ page, at }) => {
      // Where dots are: along the way between clients and balancer.
      const from = (await page.locator('.stage-clients, .stage-client').first().boundingBox())!
      const to = (await page.locator('.stage-balancer').first().boundingBox())!
      const y = from.y + from.height / 2
      const panel = page.getByRole('tabpanel', { name: 'Inspect' })
      for (let x = from.x + from.width + 5; x < to.x && !(await panel.isVisible()); x += 8)
        await page.mouse.click(x, y)
      await panel.getByRole('heading', { name: /^Request \d+$/ }).waitFor()

      await page.getByRole('tab', { name: 'Events' }).click()
      const log = page.getByRole('listbox', { name: 'Events' })
      await log.waitFor()
      const before = await at()
      await log.focus()
      for (let i = 0; i < 5; i++) await log.press('PageDown')
      await expect.poll(at).toBeGreaterThan(before)
      await page.getByRole('slider', { name: 'Time' }).focus()
      await page.getByRole('tab', { name: 'Events' }).click()
      await page.getByRole('checkbox', { name: 'Failures only' }).check()
      await page
        .getByText(/^\d+ from |Nothing like that/)
        .first()
        .waitFor()
    }),
)

test.skipIf(skip)('a balancer’s page has its figures, whom it took out and when, and its checks', () =>
  journey(async ({ page, at }) => {
    await page.getByRole('tab', { name: 'Inspect' }).click()
    const panel = page.getByRole('tabpanel', { name: 'Inspect' })
    await panel.getByRole('button', { name: /^Balancing: / }).click()
    await panel.getByRole('heading', { name: 'Balancer of web' }).waitFor()
    const figures = panel.locator('dd')
    await expect
      .poll(async () => (await figures.allTextContents()).join(' '))
      .toMatch(/^4\d,\d{3} 1 1\.\d+ 0\.9/)
    const out = panel.getByRole('listitem').filter({ hasText: 'web/2 believed out' })
    expect(await out.textContent()).toContain('by the balancer')
    await out.getByRole('button').click()
    await expect.poll(at).toBeCloseTo(34.5, 1)
    // Three checks that failed are why.
    const failed = panel.getByRole('listitem').filter({ hasText: /failedweb\/2, of the balancer/ })
    await expect.poll(() => failed.count()).toBe(3)
  }),
)

test.skipIf(skip)(
  'the palette does things by name; the menu key opens a replica; changes are jumped to',
  () =>
    journey(async ({ page, at, ready }) => {
      await page.locator('body').press('Control+k')
      // It draws what fits; who goes on with keys comes to all the others, and round again.
      const options = page.getByRole('listbox', { name: 'Commands' }).getByRole('option')
      const active = page.getByRole('option', { selected: true })
      await expect.poll(() => options.count()).toBe(40)
      const first = await active.textContent()
      for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowDown')
      await expect.poll(() => options.count()).toBeGreaterThan(40)
      await expect.poll(() => active.textContent()).toBe(await options.nth(40).textContent())
      await page.getByText(/^and \d+ more/).waitFor()
      for (let i = 0; i < 400 && (await active.textContent()) !== first; i++)
        await page.keyboard.press('ArrowDown')
      expect(await active.textContent()).toBe(first)
      expect(await page.getByText(/^and \d+ more/).count()).toBe(0)
      await page.getByRole('combobox', { name: 'What should happen?' }).fill('replica 3')
      await page.getByRole('option', { name: 'Inspect: replica web/3' }).waitFor()
      await page.keyboard.press('Enter')
      const panel = page.getByRole('tabpanel', { name: 'Inspect' })
      await panel.getByRole('heading', { name: 'web/3' }).waitFor()
      await page.getByRole('tab', { name: 'Charts' }).click()
      await page.locator('.stage-replica').nth(1).click({ button: 'right' })
      const card = page.getByRole('dialog', { name: 'Change web/2' })
      await card.getByRole('button', { name: 'Look closely: its page' }).click()
      await panel.getByRole('heading', { name: 'web/2' }).waitFor()
      await ready()
      await page.locator('main').click({ position: { x: 5, y: 5 } })
      await page.keyboard.press('Control+ArrowRight')
      await expect.poll(at).toBe(30)
      await page.keyboard.press('Control+ArrowRight')
      await expect.poll(at).toBeCloseTo(34.5, 1)
      await page.keyboard.press('ArrowRight')
      const happened = page.getByRole('group', { name: 'Playback' }).getByRole('status').first()
      await expect.poll(() => happened.textContent()).toMatch(/web|request|check|something/)
    }),
)
