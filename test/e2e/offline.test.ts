/** After the first visit the page works without a net, in Chromium, with the built app. */
import { expect, inject, test } from 'vitest'
import { isLeftOut, launch, openPage } from '../engines/engines.ts'
import { scenarioText } from './journey.ts'

test.skipIf(isLeftOut('chromium'))(
  'without a net the page opens, runs, and loads what it loads late',
  async () => {
    const browser = await launch('chromium')
    try {
      const { page, errors } = await openPage(browser, inject('appUrl'), {
        viewport: { width: 1440, height: 1200 }, // the editor keeps only lines in sight in the page
      })
      const kept = await page.evaluate(async () => {
        const { active } = await navigator.serviceWorker.ready
        const isControlled = () => navigator.serviceWorker.controller?.state === 'activated'
        while (!isControlled()) await new Promise((go) => setTimeout(go, 50))
        const names = await caches.keys()
        const files = await Promise.all(
          names.map(async (name) => (await (await caches.open(name)).keys()).length),
        )
        return { script: active?.scriptURL, names: names.length, files: files[0] }
      })
      expect(kept).toEqual({ script: `${inject('appUrl')}sw.js`, names: 1, files: expect.any(Number) })
      expect(kept.files).toBeGreaterThan(5)

      await page.context().setOffline(true)
      await page.reload()
      const at = () => page.getByRole('slider', { name: 'Time' }).getAttribute('aria-valuenow').then(Number)
      await expect.poll(at).toBeGreaterThan(0)
      await page.locator('.stage-replica').first().click()
      await page.locator('.stage-replica[data-condition="crashed"]').waitFor()
      await page.getByRole('tab', { name: 'Scenario' }).click() // the editor is loaded late
      await expect.poll(() => scenarioText(page), { timeout: 20_000 }).toContain('crash: web/1')
      expect(errors).toEqual([])
    } finally {
      await browser.close()
    }
  },
)
