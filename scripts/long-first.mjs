// In which order test files begin: those that take longest first, so that none of them is left over at the end with
// one core. The test runner knows how long each took the last time; in a fresh checkout it goes by the length of
// their texts, and these have short ones.
import { BaseSequencer } from 'vitest/node'

const long = [
  'test/golden/golden.test.ts',
  'test/time-travel/time-travel.test.ts',
  'test/model/tries.theory.test.ts',
  'test/swarm/swarm.test.ts',
  'test/theory/built-in.test.ts',
  'test/scenario/fuzz.test.ts',
  'test/time-travel/sessions.test.ts',
  'test/time-travel/trace.test.ts',
  'test/policies/eviction/theory.test.ts',
]

export class LongFirst extends BaseSequencer {
  /**
   * @override
   * @param {import('vitest/node').TestSpecification[]} files
   */
  async sort(files) {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}

/** @param {import('vitest/node').TestSpecification} file */
function rank({ moduleId }) {
  const index = long.findIndex((path) => moduleId.endsWith(path))
  return index < 0 ? long.length : index
}
