/** A person opens the page and plays: time, in Chromium, with the built app. */
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'

const { skip, open, journey } = inChromium()

test.skipIf(skip)('it opens on a running cluster, without a dialog', async () => {
  const way = await open()
  await way.page.evaluate(async () => {
    const isRunning = () => {
      const time = document.querySelector('[role="slider"][aria-label="Time"]')?.getAttribute('aria-valuenow')
      const isDrawn = document.querySelector('canvas') !== null
      return isDrawn && Number(time) > 0
    }
    while (!isRunning()) await new Promise(requestAnimationFrame)
  })
  await expect.poll(() => way.page.getByRole('dialog').count()).toBe(0)
  await expect.poll(() => way.page.locator('.stage-replica').count()).toBeGreaterThanOrEqual(3)
  expect(way.errors).toEqual([])
  await way.close()
})

test.skipIf(skip)('play and pause, by button and by space', () =>
  journey(async ({ page, at }) => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.waitForTimeout(250)
    const stood = await at()
    await page.waitForTimeout(300)
    expect(await at()).toBe(stood)
    await page.locator('body').press('Space')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await page.waitForFunction(
      (before) =>
        Number(document.querySelector('[aria-label="Time"]')?.getAttribute('aria-valuenow')) > before,
      stood,
    )
  }),
)

test.skipIf(skip)('one event at a time, there and back', () =>
  journey(async ({ page, at }) => {
    await page.locator('body').press('Space')
    await page.locator('body').press('End')
    const slider = page.getByRole('slider', { name: 'Time' })
    const moved = async (from: number) => {
      await page.waitForFunction(
        (old) => Number(document.querySelector('[aria-label="Time"]')?.getAttribute('aria-valuenow')) !== old,
        from,
      )
      return at()
    }
    await slider.press('Home')
    await expect.poll(at).toBe(0)
    await page.getByRole('button', { name: 'One event on' }).click()
    const first = await moved(0)
    expect(first).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'One event on' }).click()
    const second = await moved(first)
    expect(second).toBeGreaterThan(first)
    await page.getByRole('button', { name: 'One event back' }).click()
    expect(await moved(second)).toBe(first)
  }),
)

test.skipIf(skip)('scrubbing goes to any instant, forth and back', () =>
  journey(async ({ page, at }) => {
    await page.getByRole('button', { name: 'Pause' }).click()
    const track = page.getByRole('slider', { name: 'Time' })
    const box = (await track.boundingBox())!
    const end = Number(await track.getAttribute('aria-valuemax'))
    const drag = async (from: number, to: number) => {
      await page.mouse.move(box.x + box.width * from, box.y + box.height / 2)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * to, box.y + box.height / 2, { steps: 5 })
      await page.mouse.up()
    }
    await drag(0.2, 0.75)
    await expect.poll(at).toBeCloseTo(end * 0.75, -0.5)
    await drag(0.75, 0.25)
    await expect.poll(at).toBeCloseTo(end * 0.25, -0.5)
  }),
)

test.skipIf(skip)('keys: speeds, seconds, ends and help', () =>
  journey(async ({ page, at }) => {
    const body = page.locator('body')
    const speed = page.getByRole('slider', { name: 'Speed' })
    await body.press('Space')
    for (const [key, words] of [
      ['1', '0.01 times real time'],
      ['4', '10 times real time'],
      ['5', 'as fast as it goes'],
    ]) {
      await body.press(key!)
      await expect.poll(() => speed.getAttribute('aria-valuetext')).toBe(words)
    }
    await body.press('Home')
    await body.press('Shift+ArrowRight')
    await expect.poll(at).toBe(1)
    await body.press('?')
    await page.getByRole('dialog', { name: 'How to read and play it' }).waitFor()
    await body.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  }),
)

test.skipIf(skip)('letters and digits typed into a field stay there', () =>
  journey(async ({ page }) => {
    const speed = page.getByRole('slider', { name: 'Speed' })
    const before = await speed.getAttribute('aria-valuetext')
    await page.getByRole('textbox', { name: 'Seed' }).fill('')
    await page.getByRole('textbox', { name: 'Seed' }).pressSequentially('5 ?')
    await expect.poll(() => page.getByRole('textbox', { name: 'Seed' }).inputValue()).toBe('5 ?')
    await expect.poll(() => speed.getAttribute('aria-valuetext')).toBe(before)
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  }),
)

test.skipIf(skip)('who wants less motion gets a page that works', () =>
  journey(
    async ({ page, at }) => {
      const before = await at()
      await expect.poll(at).toBeGreaterThan(before)
      await expect.poll(() => page.locator('[data-motion="reduced"]').count()).toBe(1)
    },
    { reducedMotion: 'reduce' },
  ),
)
