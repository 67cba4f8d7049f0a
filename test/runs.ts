/** What tests with many long runs bundle (see bundled.ts). */

import { bundled } from './bundled.ts'

export const { advance, openSession, report, restore, save, simulate, startRun, work } = await bundled<
  typeof import('./runs-entry.ts')
>(new URL('./runs-entry.ts', import.meta.url))
