/** The main journey in Firefox, with the built app: play, scrub, crash, edit, compare, undo, come back. */
import { expect, test } from 'vitest'
import { isLeftOut, launch } from '../engines/engines.ts'
import { begin, fingerprint, scenarioText, writeScenario } from './journey.ts'

test.skipIf(isLeftOut('firefox'))('Firefox: plays, is touched, edited, compared and comes back', async () => {
  const browser = await launch('firefox')
  try {
    const { page, at, ready, errors } = await begin(browser)
    await ready()
    await expect.poll(at).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    const first = await fingerprint(page)

    // Time: to the end of a drag along it, and on by the space bar.
    const track = page.getByRole('slider', { name: 'Time' })
    const box = (await track.boundingBox())!
    const end = Number(await track.getAttribute('aria-valuemax'))
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    await expect.poll(at).toBeCloseTo(end / 2, -0.5)
    const stood = await at()
    await page.locator('body').press('Space')
    await expect.poll(at).toBeGreaterThan(stood)
    await page.locator('body').press('Space')

    // Touch: a click crashes a replica, which is another run; undone, it is the first again.
    await page.locator('.stage-replica').nth(1).click()
    await page.locator('.stage-replica[data-condition="crashed"]').waitFor()
    await page.getByRole('button', { name: /^Undo: crash web\/2/ }).click()
    await page.locator('.stage-replica[data-condition="crashed"]').waitFor({ state: 'detached' })
    await expect.poll(() => fingerprint(page)).toBe(first)

    // Text: what is wrong is listed and the last good run stays; what is right runs.
    await page.getByRole('tab', { name: 'Scenario' }).click()
    const text = await scenarioText(page)
    await writeScenario(page, text.replace('replicas: 4', 'replicas: four'))
    await page.getByRole('list', { name: 'Problems' }).waitFor()
    await expect.poll(() => page.locator('.stage-replica').count()).toBe(4)
    await writeScenario(page, text.replace('replicas: 4', 'replicas: 5'))
    await page.getByRole('list', { name: 'Problems' }).waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('.stage-replica').count()).toBe(5)

    // Lanes: another strategy beside it, also after a reload.
    await page.getByRole('combobox', { name: 'Compare with another strategy' }).click()
    await page.getByRole('option', { name: /^Two choices/ }).click()
    const lane = page.getByRole('region', { name: 'Lane 2: Two choices' })
    await lane.waitFor()
    const left = await at()
    await page.reload()
    await lane.waitFor()
    await expect.poll(() => lane.locator('.stage-replica').count()).toBe(5)
    await expect.poll(at).toBeCloseTo(left, 0)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
  }
})
