/**
 * Real browsers for tests: Chromium and Firefox through Playwright, WebKit through WebDriver (Playwright
 * cannot drive a distribution's WebKit). An engine that is missing is an error that says what to install,
 * unless EVENKEEL_BROWSERS=skip-missing outside of CI.
 */
import { type Browser, type BrowserContextOptions, chromium, firefox, type Page } from 'playwright'
import {
  type Engine,
  engines,
  howToInstall,
  mayMissEngines,
  missingEngines,
  programs,
} from '../../scripts/browsers.mjs'
import { evaluateInWebKit } from './webkit.ts'

export { type Engine, engines }

/** Engines that Playwright drives, so that a test can click and type in them. */
export type DrivenEngine = Exclude<Engine, 'webkit'>

/** Whether tests in this engine are to be left out: `test.skipIf(isLeftOut('firefox'))(…)`. */
export function isLeftOut(engine: Engine): boolean {
  return mayMissEngines() && missingEngines().includes(engine)
}

/** The path of an engine's browser; throws with the cure when the engine cannot be run here. */
export function browserPath(engine: Engine): string {
  const { browser } = programs(engine)
  if (browser === undefined || missingEngines().includes(engine)) throw new Error(howToInstall([engine]))
  return browser
}

/** Starts a browser without a window. Firefox takes 3 to 5 seconds, so share one in a test file. */
export function launch(engine: DrivenEngine): Promise<Browser> {
  const executablePath = browserPath(engine)
  if (engine === 'firefox') return firefox.launch({ channel: 'moz-firefox', executablePath })
  const asRoot = process.getuid?.() === 0 // Chromium's sandbox refuses root
  return chromium.launch({
    executablePath,
    args: ['--disable-dev-shm-usage', '--disable-quic', ...(asRoot ? ['--no-sandbox'] : [])],
  })
}

/** A page, and every error it reports: uncaught ones, console.error, failed requests. */
export interface WatchedPage {
  readonly page: Page
  readonly errors: readonly string[]
}

/** Opens a fresh page (own storage) on `url` and keeps what goes wrong in it. Ends with its browser. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`)
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // What a page that is left has asked for and does not want any more.
    if (!/ABORTED/.test(why)) errors.push(`request: ${request.url()} (${why})`)
  })
  await page.goto(url)
  return { page, errors }
}

/**
 * Opens `url` in a real engine, evaluates one expression in the page (awaiting it, if it is a promise) and
 * gives back its value as JSON carries it.
 */
export async function evaluateIn(engine: Engine, url: string, expression: string): Promise<unknown> {
  const path = browserPath(engine)
  if (engine === 'webkit') return evaluateInWebKit(path, url, expression)
  const browser = await launch(engine)
  try {
    const page = await browser.newPage()
    await page.goto(url)
    const json = await page.evaluate<string | undefined>(
      `(async () => JSON.stringify(await (${expression})))()`,
    )
    return json === undefined ? undefined : JSON.parse(json)
  } finally {
    await browser.close()
  }
}
