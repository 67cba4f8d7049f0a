// A part of the screen on its own, built, served and opened in Chromium without a GPU: what benchmarks of frame
// rates have in common.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { build, preview } from 'vite'
import { programs } from './browsers.mjs'
import { root } from './workspace.mjs'

/**
 * @param {(open: (query: string, height: number) => Promise<import('playwright').Page>) => Promise<void>} measure
 * is handed what opens a page of test/bench-pages in a tab 1280 px wide
 */
export async function withBenchPages(measure) {
  const outDir = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'))
  const page = join(root, 'test/bench-pages')
  const common = /** @type {const} */ ({
    configFile: join(root, 'vite.config.ts'),
    root: page,
    logLevel: 'error',
  })
  await build({ ...common, build: { outDir, emptyOutDir: true } })
  const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } })
  const browser = await chromium.launch({
    executablePath: programs('chromium').browser ?? '',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await measure(async (query, height) => {
      const tab = await browser.newPage({ viewport: { width: 1280, height } })
      await tab.goto(`${server.resolvedUrls?.local[0]}?${query}`)
      return tab
    })
  } finally {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true })
  }
}
