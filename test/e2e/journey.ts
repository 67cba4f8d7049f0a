/** A page with the built app in Chromium, and what the journeys ask of it. */
import type { Browser, Page } from 'playwright'
import { inject } from 'vitest'
import { openPage, type WatchedPage } from '../engines/engines.ts'

export interface Journey extends WatchedPage {
  /** The playhead, seconds. */
  at(): Promise<number>
  /** Waits until the run is complete. */
  ready(): Promise<void>
  close(): Promise<void>
}

export async function begin(
  browser: Browser,
  options: Parameters<typeof openPage>[2] = {},
  hash = '',
): Promise<Journey> {
  const watched = await openPage(browser, `${inject('appUrl')}${hash}`, {
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  const { page } = watched
  return {
    ...watched,
    at: async () => Number(await page.getByRole('slider', { name: 'Time' }).getAttribute('aria-valuenow')),
    ready: () => untilComputed(page),
    close: () => page.context().close(),
  }
}

async function untilComputed(page: Page): Promise<void> {
  await page.locator('[aria-label="Key figures of the whole run"][aria-busy="false"]').waitFor()
}

/** A figure of the strip under the timeline. */
export async function figure(page: Page, title: string): Promise<string> {
  const strip = page.getByRole('region', { name: 'Key figures of the whole run' })
  const text = await strip.locator(`div:has(> dt > button:text-is("${title}")) > dd`).textContent()
  return text ?? ''
}

/** The hash of everything that happened, from the panel of figures. */
export async function fingerprint(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Figures' }).click()
  const hash = page.locator('dt:has-text("Fingerprint") + dd')
  const text = (await hash.textContent()) ?? ''
  await page.getByRole('tab', { name: 'Charts' }).click()
  return text
}

/** The text of the scenario as the editor has it; all of its lines must be in sight of it. */
export async function scenarioText(page: Page): Promise<string> {
  const lines = page.getByRole('textbox', { name: 'Scenario, YAML' }).locator('.cm-line')
  await lines.first().waitFor()
  return (await lines.allTextContents()).join('\n')
}

/** Writes another text over it, as pasting does. */
export async function writeScenario(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}
