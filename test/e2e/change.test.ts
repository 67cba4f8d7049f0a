/** A person changes things and takes them back, in Chromium, with the built app. */
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'
import { figure, fingerprint, scenarioText, writeScenario } from './journey.ts'

const { skip, journey } = inChromium()

/** The first fingerprint other than `old`. */
async function changed(page: Page, old: string): Promise<string> {
  await expect.poll(() => fingerprint(page), { timeout: 15_000 }).not.toMatch(new RegExp(`^(?:${old}|…)$`))
  return fingerprint(page)
}

test.skipIf(skip)('a click on a replica crashes it, another revives it, undo takes both back', () =>
  journey(async ({ page, ready }) => {
    const first = await fingerprint(page)
    await page.getByText('Click a replica to crash it', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    const replica = page.locator('.stage-replica').nth(1)
    await replica.click()
    await page.locator('.stage-replica[data-condition="crashed"]').waitFor()
    await expect.poll(() => page.getByText('Click a replica to crash it', { exact: true }).count()).toBe(0)
    await ready()
    const crashed = await changed(page, first)
    await page.locator('body').press('Shift+ArrowRight')
    await page.waitForTimeout(200)
    await replica.click()
    await page.locator('.stage-replica[data-condition="crashed"]').waitFor({ state: 'detached' })
    const revived = await changed(page, crashed)
    expect(revived).not.toBe(first)
    await page.getByRole('button', { name: /^Undo: revive/ }).click()
    expect(await changed(page, revived)).toBe(crashed)
    await page.locator('body').press('Control+z')
    expect(await changed(page, crashed)).toBe(first)
    await page.getByRole('button', { name: /^Redo: crash/ }).click()
    expect(await changed(page, first)).toBe(crashed)
  }),
)

test.skipIf(skip)('another strategy and another seed are other runs; the same again is the same run', () =>
  journey(async ({ page }) => {
    const first = await fingerprint(page)
    const field = page.getByRole('textbox', { name: 'Seed' })
    const seed = await field.inputValue()
    const old = await field.elementHandle()
    await field.fill('4711')
    await field.press('Enter')
    // Another field, as the browser keeps what was typed into one while it lives; who types on does not notice.
    await expect.poll(() => old?.evaluate((element) => element.isConnected)).toBe(false)
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
    const second = await changed(page, first)
    await field.fill(seed)
    await field.press('Enter')
    expect(await changed(page, second)).toBe(first)
    const balancing = page.getByRole('combobox', { name: /^Balancing/ }).first()
    await balancing.click()
    await page.getByRole('option', { name: /^Random/ }).click()
    await changed(page, first)
    await expect.poll(() => figure(page, 'Availability')).toMatch(/%$/)
  }),
)

// That every scenario runs is a golden test; a long menu would take long here.
test.skipIf(skip)('scenarios of the menu open and run', () =>
  journey(async ({ page, ready }) => {
    const picker = page.getByRole('combobox', { name: 'Scenario' })
    await picker.click()
    await page.getByRole('option').first().waitFor()
    const titles = await page.getByRole('listbox').getByRole('option').allTextContents()
    const count = await page.getByRole('listbox').getByRole('option').count()
    expect(count).toBeGreaterThan(1)
    await page.keyboard.press('Escape')
    // The first one begins a new scenario.
    for (let i = 1; i < count; i += 6) {
      await picker.click()
      await page.getByRole('listbox').getByRole('option').nth(i).click()
      await ready()
      await expect.poll(() => figure(page, 'Requests'), { message: titles[i]! }).not.toBe('–')
      await expect.poll(() => page.locator('[data-look="warning"]').count(), { message: titles[i]! }).toBe(0)
    }
  }),
)

test.skipIf(skip)('a broken scenario keeps the last good run and lists its problems', () =>
  journey(async ({ page }) => {
    const first = await fingerprint(page)
    await page.getByRole('tab', { name: 'Scenario' }).click()
    const good = await scenarioText(page)
    await writeScenario(page, good.replace('duration:', 'duratoin:'))
    const problems = page.getByRole('list', { name: 'Problems' })
    await problems.waitFor()
    await expect.poll(() => problems.textContent()).toMatch(/\d+:\d+[\s\S]*duratoin[\s\S]*duration/)
    await expect.poll(() => page.locator('.stage-replica').count()).toBeGreaterThan(0)
    await writeScenario(page, good)
    await problems.waitFor({ state: 'detached' })
    await expect.poll(() => fingerprint(page)).toBe(first)
  }),
)

test.skipIf(skip)('a reload returns to the same change at the same time', () =>
  journey(async ({ page, at, ready }) => {
    const first = await fingerprint(page)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.locator('.stage-replica').first().click()
    const crashed = await changed(page, first)
    const slider = page.getByRole('slider', { name: 'Time' })
    const before = await at()
    for (const key of ['PageUp', 'PageUp', 'ArrowLeft']) await slider.press(key)
    await expect.poll(at).toBeGreaterThan(before)
    await page.waitForTimeout(500) // remembered a moment later
    const left = await at()
    await page.reload()
    await ready()
    await expect.poll(() => fingerprint(page)).toBe(crashed)
    await expect.poll(at).toBeCloseTo(left, 1)
  }),
)

test.skipIf(skip)('a dropped access log is replayed', () =>
  journey(async ({ page, ready }) => {
    const first = await fingerprint(page)
    await page.evaluate(() => {
      const line = (second: number) =>
        `192.0.2.${second % 9} - - [04/Mar/2024:06:00:${String(second).padStart(2, '0')} +0000] "GET /a HTTP/1.1" 200 900`
      const text = [...Array.from({ length: 60 }, (_, i) => line(i)), 'no line of a log'].join('\n')
      const files = new DataTransfer()
      files.items.add(new File([text], 'mine.log'))
      document.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))
    })
    await page.getByText(/“mine\.log” lasts 59\ss/).waitFor()
    await changed(page, first)
    await ready()
    expect(Number(await figure(page, 'Requests'))).toBeLessThanOrEqual(60)
  }),
)
