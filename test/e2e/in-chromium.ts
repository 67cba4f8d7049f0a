/** One Chromium for all tests of a file, and journeys in it: each on a page of its own that must end without an error. */
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { isLeftOut, launch, type openPage } from '../engines/engines.ts'
import { begin, type Journey } from './journey.ts'

type PageOptions = Parameters<typeof openPage>[2]

interface Start {
  readonly options?: PageOptions
  readonly hash?: string
  /** True: journeys begin standing still. */
  readonly isPaused?: boolean
}

/** Launches it before the tests of the file that calls this, and closes it behind them. */
export function inChromium({ options: usual = {}, hash: first = '', isPaused = false }: Start = {}) {
  const skip = isLeftOut('chromium')
  let browser: Browser | undefined
  beforeAll(async () => {
    if (!skip) browser = await launch('chromium')
  })
  afterAll(() => browser?.close())

  const open = (hash = first, options: PageOptions = usual) => begin(browser!, options, hash)
  return {
    /** True where Chromium is left out: there is nothing to test then. */
    skip,
    open,
    /** From when the run is complete. */
    async journey(walk: (journey: Journey) => Promise<void>, options?: PageOptions): Promise<void> {
      const way = await open(first, options)
      try {
        await way.ready()
        if (isPaused) await way.page.getByRole('button', { name: 'Pause', exact: true }).click()
        await walk(way)
        expect(way.errors).toEqual([])
      } finally {
        await way.close()
      }
    },
  }
}
