/** A person writes and builds a scenario: in the editor, on the form, from nothing; in Chromium, with the built app. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { inChromium } from './in-chromium.ts'
import { scenarioText } from './journey.ts'

const { skip, open } = inChromium()

const editor = (page: Page) => page.getByRole('textbox', { name: 'Scenario, YAML' })

/** Puts the cursor behind the first line that begins so. */
async function behind(page: Page, line: string): Promise<void> {
  await editor(page).locator('.cm-line', { hasText: line }).first().click()
  await page.keyboard.press('End')
}

test.skipIf(skip)(
  'the editor completes, explains, finds problems, and shares its undo with the page',
  async () => {
    const { page, ready, close, errors } = await open()
    await ready()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('tab', { name: 'Scenario' }).click()
    const before = await scenarioText(page)

    await behind(page, 'replicas: 4')
    await page.getByRole('region', { name: 'At the cursor' }).getByText('tiers.web.replicas').waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('retr', { delay: 30 })
    // Not by Enter: for a moment after it opens, the list leaves that to the text.
    await page.getByRole('option', { name: /^retries/ }).click()
    await page.keyboard.type('2')
    await page.keyboard.press('Escape')
    await expect.poll(() => scenarioText(page)).toContain('\n    retries: 2\n')

    // What is done on the stage is written at once; the cursor stays where it was.
    await page.locator('.stage-replica').first().click()
    await expect.poll(() => scenarioText(page)).toMatch(/faults:\n {2}- \{ at: .*, crash: web\/1 \}/)
    await page.getByRole('button', { name: /^Undo: crash web\/1/ }).waitFor()
    await editor(page).focus()
    await page.keyboard.type('0')
    await expect.poll(() => scenarioText(page)).toContain('\n    retries: 20\n')

    // One history: typed, clicked, typed.
    for (let steps = 0; steps < 8 && (await scenarioText(page)) !== before; steps++) {
      await page.keyboard.press('Control+z')
    }
    await expect.poll(() => scenarioText(page)).toBe(before)
    await page.getByRole('button', { name: 'Nothing to undo' }).waitFor()

    await behind(page, 'seed: 1')
    await page.keyboard.type('.5x')
    await page.keyboard.press('Enter')
    await page.keyboard.type('duratoin: 1m', { delay: 10 })
    await page.keyboard.press('Escape')
    await page.getByRole('list', { name: 'Problems' }).waitFor()
    await editor(page).focus()
    await page.keyboard.press('F8')
    await page.locator('.cm-lint-marker-error').first().waitFor()
    await expect
      .poll(() => page.locator('.cm-tooltip-lint, .cm-panel-lint').textContent())
      .toContain('Did you mean "duration"?')

    // A broken text is kept over a reload, and so is the last good run.
    await page.reload()
    await page.getByRole('list', { name: 'Problems' }).waitFor()
    await page.locator('.stage-replica').nth(3).waitFor()
    await expect.poll(() => scenarioText(page)).toContain('duratoin')

    // The page's commands can be had from within, and one is back where one was.
    await editor(page).focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'What should happen?' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => editor(page).evaluate((element) => element === document.activeElement)).toBe(true)

    // Tab indents; after Escape it leaves.
    await editor(page).focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    await expect
      .poll(() => editor(page).evaluate((element) => element === document.activeElement))
      .toBe(false)
    expect(errors).toEqual([])
    await close()
  },
)

test.skipIf(skip)('a scenario grows from nothing on the form, and comes back after a reload', async () => {
  const { page, ready, close, errors } = await open()
  await ready()
  const picker = page.getByRole('combobox', { name: 'Scenario', exact: true })
  await picker.focus()
  await page.keyboard.press('ArrowDown')
  const maker = page.getByRole('option', { name: /^New scenario/ })
  await maker.waitFor()
  // It opens on what is chosen; the list begins with another beginning.
  await page.keyboard.press('Home')
  await expect.poll(() => maker.getAttribute('data-active')).toBe('true')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Undo: a new scenario' }).waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Add a tier …' }).click()
  await page.getByRole('button', { name: /^Edge/ }).click()
  await page.getByRole('button', { name: 'Add a tier …' }).click()
  await page.getByRole('button', { name: /^Cache/ }).click()
  await expect
    .poll(() => page.locator('[data-path^="tiers."] > details > summary > strong').allTextContents())
    .toEqual(['edge', 'cache', 'web'])

  // Every change on the form is a change of the text.
  const field = page.locator('[data-path="tiers.web.replicas"] input')
  await field.fill('x')
  await field.press('Enter')
  await page.locator('[data-path="tiers.web.replicas"]').getByText('a whole number is needed').waitFor()
  await field.fill('3')
  await field.press('Enter')
  await field.press('Control+z')
  await expect.poll(() => field.inputValue()).toBe('x')
  await field.press('Control+Shift+z')
  await expect.poll(() => field.inputValue()).toBe('3')
  await page.getByRole('combobox', { name: 'Add a setting to web' }).selectOption('health')
  const name = page.getByRole('textbox', { name: 'Name of tier web' })
  await page.getByRole('button', { name: 'Add a fault at this instant' }).click()
  await name.fill('app')
  await name.press('Enter')
  await page.getByRole('button', { name: 'app one place to the front' }).waitFor()
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  await page.locator('label', { hasText: /^Text$/ }).click()
  const text = await scenarioText(page)
  expect(text).toMatch(/\n {2}app:\n {4}replicas: 3\n.*\n {4}health: \{\}\n/)
  expect(text).toContain('\n  edge:\n')
  await ready()
  await page.reload()
  await ready()
  await expect.poll(() => scenarioText(page)).toBe(text)
  await page.getByRole('button', { name: /^Undo: web is called app/ }).click()
  await expect.poll(() => scenarioText(page)).toContain('\n  web:\n')
  expect(errors).toEqual([])
  await close()
})
