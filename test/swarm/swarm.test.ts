/**
 * A swarm of random scenarios, each run under invariants: some in every `npm test`, always the same; new ones
 * each time by `npm run test:swarm`, as many as EVENKEEL_SWARM says. EVENKEEL_SEED repeats a printed seed.
 */

import fc from 'fast-check'
import { test } from 'vitest'
import { anyScenario } from './arbitrary.ts'
import { everyClaim } from './invariants.ts'

const isLong = process.env.npm_lifecycle_event === 'test:swarm'
const runs = Number(process.env.EVENKEEL_SWARM ?? (isLong ? 10_000 : 150))
const first = Number(process.env.EVENKEEL_SEED ?? (isLong ? Date.now() % 2 ** 31 : 20_260_101))

for (const [i, [claim, holds]] of Object.entries(everyClaim).entries()) {
  test(`${claim} (${runs} scenarios, seed ${first})`, { timeout: 60_000 + runs * 1000 }, () => {
    fc.assert(fc.property(anyScenario, holds), { seed: first + i, numRuns: runs })
  })
}
