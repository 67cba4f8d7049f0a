/** What goes wrong around the page, in Chromium, with the built app: it says so, goes on, and loses nothing. */
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'
import { scenarioText } from './journey.ts'

const { skip, open, journey } = inChromium()

test.skipIf(skip)(
  'a dead engine is started again and says so; dead once more, it is left to the person',
  () =>
    journey(async ({ page, ready }) => {
      const die = () =>
        page.workers()[0]!.evaluate(() => {
          setTimeout(() => {
            throw new Error('out of order')
          })
        })
      await die()
      await page.getByText(/^The engine stopped and was started again: .*out of order/).waitFor()
      await ready()
      await die()
      await page.getByText(/^The engine stopped again: /).waitFor()
      await page.locator('.stage-replica').nth(3).waitFor()
      await page.getByRole('button', { name: 'Run again' }).click()
      await page.getByText(/^The engine stopped again: /).waitFor({ state: 'detached' })
      await ready()
    }),
)

test.skipIf(skip)(
  'a part that cannot be loaded says so in its place; storage that is full is no matter',
  async () => {
    const { page, ready, close } = await open()
    await ready()
    await page.context().setOffline(true)
    await page.route(/\/assets\//, (route) => route.abort())
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await page.getByRole('button', { name: 'Help' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('The help could not be loaded: is the connection down?').waitFor()
    await alert.getByRole('button', { name: 'Close' }).click()
    await alert.waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: 'Figures' }).click()
    await alert.getByText('The panel could not be loaded: is the connection down?').waitFor()
    await page.getByText(/^This browser keeps nothing: /).waitFor()
    await page.getByRole('tab', { name: 'Charts' }).click()
    await alert.waitFor({ state: 'detached' })
    await page.locator('.stage-replica').first().click()
    await page.locator('.stage-replica[data-condition="crashed"]').first().waitFor()
    await close()
  },
)

test.skipIf(skip)(
  'what is far too long is not pasted, and a log dropped on the editor is replayed, not written',
  () =>
    journey(async ({ page }) => {
      await page.getByRole('tab', { name: 'Scenario' }).click()
      const before = await scenarioText(page)
      await page.locator('.cm-content').focus()
      await page.evaluate(() => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', '# nothing\n'.repeat(500_000))
        const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
        document.querySelector('.cm-content')!.dispatchEvent(paste)
      })
      await page.getByText(/^What you pasted has 5,000,000 characters/).waitFor()
      expect(await scenarioText(page)).toBe(before)
      await page.evaluate(() => {
        const line = '10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "GET /a HTTP/1.1" 200 512\n'
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([line.repeat(20)], 'short.log'))
        const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
        document.querySelector('.cm-content')!.dispatchEvent(drop)
      })
      await page.getByRole('button', { name: 'Undo: replay short.log' }).waitFor()
      expect(await scenarioText(page)).not.toContain('GET /a')
    }),
)
