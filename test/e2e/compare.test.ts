/** A person compares: two variants side by side on one playhead, with a verdict, and comes back after a reload. */
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'
import { scenarioText, writeScenario } from './journey.ts'

const { skip, open } = inChromium()

const lane = (page: Page, name: string) => page.getByRole('region', { name })

test.skipIf(skip)(
  'two variants on one playhead, a verdict that fills in, and back after a reload',
  async () => {
    const { page, ready, at, close, errors } = await open('#scenario=crash')
    await ready()
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await lane(page, 'Lane 3: quicker checks').waitFor()
    await page.getByRole('button', { name: 'quicker checks', exact: true }).click()
    await lane(page, 'Lane 3: quicker checks').waitFor({ state: 'detached' })
    const first = lane(page, 'Lane 1: as written')
    const second = lane(page, 'Lane 2: round robin')
    await expect.poll(() => second.textContent()).toContain('balancing.strategy: round-robin')
    await expect.poll(() => page.getByText('All lanes face exactly the same requests').count()).toBe(1)

    // One slider moves both: before the crash all replicas are up in both, after it one is down in both.
    await page.getByRole('group', { name: 'Playback' }).getByRole('button', { name: 'Pause' }).click()
    const slider = page.getByRole('slider', { name: 'Time' })
    await slider.press('Home')
    const crashed = '.stage-replica[data-condition="crashed"]'
    await first.locator(crashed).waitFor({ state: 'detached' })
    for (let i = 0; i < 4; i++) await slider.press('PageUp')
    await expect.poll(at).toBeGreaterThan(31)
    await first.locator(crashed).waitFor()
    await second.locator(crashed).waitFor()

    // Figures with their differences, charts in one, the verdict with its table.
    await expect.poll(() => second.locator('dl').textContent()).toMatch(/[\d.]+.%\+[\d.]+.pp \(better\)/)
    await expect.poll(() => page.getByRole('figure', { name: 'Latency p99' }).count()).toBe(1)
    await expect
      .poll(() => second.getByRole('list', { name: 'Tiers of round robin' }).textContent())
      .toMatch(/web.*busy \d+.%.*queue \d/)
    await page.getByRole('radio', { name: 'Each lane' }).check({ force: true })
    await page.getByRole('button', { name: /^Choose charts/ }).click()
    await page.getByRole('checkbox', { name: 'Utilisation', exact: true }).check()
    await page.keyboard.press('Escape')
    await page.getByRole('figure', { name: 'Utilisation, as written' }).waitFor()
    await page.getByRole('figure', { name: 'Utilisation, round robin' }).waitFor()
    const done = page.getByRole('progressbar', { name: 'Replications' })
    await page.waitForFunction(
      () => Number(document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')) >= 3,
    )
    await page.getByRole('button', { name: 'Stop' }).click()
    const kept = Number(await done.getAttribute('aria-valuenow'))
    expect(kept).toBeGreaterThanOrEqual(3)
    await expect.poll(() => done.getAttribute('aria-valuetext')).toContain('stopped')
    const verdict = page.getByRole('region', { name: 'Verdict', exact: true })
    await expect
      .poll(() => verdict.textContent())
      .toMatch(/^So far: take “round robin”: against “as written”, availability is/)
    await page.getByRole('button', { name: 'Table' }).click()
    const row = page.getByRole('row', { name: /^Availability/ })
    await expect.poll(() => row.textContent()).toMatch(/▲ \+[\d.]+.pp ±/)
    await page.getByRole('button', { name: 'Go on' }).click()
    await verdict.getByRole('button', { name: 'Pause' }).click()
    await expect.poll(() => done.getAttribute('aria-valuetext')).toContain('paused')

    await page.reload()
    await lane(page, 'Lane 2: round robin').waitFor()
    await expect.poll(() => lane(page, 'Lane 1: as written').count()).toBe(1)
    await expect.poll(() => page.getByRole('region', { name: /^Lane / }).count()).toBe(2)
    await expect.poll(at).toBeGreaterThan(31)
    expect(errors).toEqual([])
    await close()
  },
)

test.skipIf(skip)('another strategy beside a scenario that has no variants, and alone again', async () => {
  const { page, ready, close, errors } = await open('#scenario=calm')
  await ready()
  await page.getByRole('combobox', { name: 'Compare with another strategy' }).click()
  await page.getByRole('option', { name: /^Two choices/ }).click()
  const added = lane(page, 'Lane 2: Two choices')
  await added.waitFor()
  await expect
    .poll(() => page.evaluate(() => decodeURIComponent(location.hash)))
    .toContain('lane=strategy:web:two-choices')
  await page.getByRole('button', { name: 'Show “Two choices” alone' }).click()
  await added.waitFor({ state: 'detached' })
  await ready()
  await expect.poll(() => page.locator('.stage').count()).toBe(1)
  await expect.poll(() => page.locator('.stage').textContent()).toMatch(/two choices/i)
  expect(errors).toEqual([])
  await close()
})

test.skipIf(skip)('a variant that is wrong says so in its lane, the others go on', async () => {
  const { page, ready, close, errors } = await open('#scenario=crash')
  await ready()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await lane(page, 'Lane 2: round robin').waitFor()
  await page.getByRole('tab', { name: 'Scenario' }).click()
  const text = await scenarioText(page)
  await writeScenario(
    page,
    text.replace(
      'round robin: { tiers.web.balancing.strategy: round-robin',
      'round robin: { tiers.web.balancing.strategy: round-robbin',
    ),
  )
  await lane(page, 'Lane 2: round robin').getByText('cannot run').waitFor()
  await expect.poll(() => lane(page, 'Lane 2: round robin').textContent()).toContain('round-robin')
  await expect.poll(() => lane(page, 'Lane 1: as written').locator('.stage-replica').count()).toBe(4)
  await expect.poll(() => lane(page, 'Lane 3: quicker checks').locator('.stage-replica').count()).toBe(4)
  expect(errors).toEqual([])
  await close()
})
