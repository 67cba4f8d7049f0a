/** A person asks who comes, in Chromium, with the built app: sessions on the stage, and one of them followed. */
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'

const { skip, journey } = inChromium({ hash: '#scenario=sticky-crash', isPaused: true })

test.skipIf(skip)(
  'sessions are seen when asked for, move when their replica dies, and have a page each',
  () =>
    journey(async ({ page, at }) => {
      expect(await page.locator('.stage-crowd').count()).toBe(0)
      await page.keyboard.press('s')
      await page.locator('.stage-crowd[data-ready="true"] .stage-someone').first().waitFor()
      const where = await page.locator('.stage-replica').first().boundingBox()

      await page.keyboard.press('Control+k')
      await page.getByPlaceholder('What should happen?').fill('next session that moves')
      await page.keyboard.press('Enter')
      const panel = page.getByRole('tabpanel', { name: 'Inspect' })
      const session = panel.getByRole('heading', { name: /^Session \d+$/ })
      await session.waitFor()
      // The crash is at 40 s.
      await expect.poll(at).toBeGreaterThan(40)
      await panel.getByText(/; moved here; state lost/).waitFor()
      await page.keyboard.press('Shift+ArrowRight')
      await page.locator('.stage-someone[data-change="2"]').first().waitFor()
      // Nothing has made way for what moved.
      await expect.poll(() => page.locator('.stage-replica').first().boundingBox()).toEqual(where)

      const name = await session.textContent()
      await panel
        .getByRole('button', { name: /^request \d+$/ })
        .first()
        .click()
      await panel.getByRole('heading', { name: /^Request \d+$/ }).waitFor()
      await panel.getByRole('button', { name: name!.toLowerCase(), exact: true }).click()
      await expect.poll(() => session.textContent()).toBe(name)

      await page.getByRole('checkbox', { name: /^sessions and addresses/ }).uncheck()
      await page.locator('.stage-crowd').waitFor({ state: 'detached' })
    }),
)
