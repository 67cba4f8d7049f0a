/** The parameter that all ways of choosing a key share: how many keys there are. */

import type { Param } from '../policy.ts'

export const count = {
  kind: 'integer',
  title: 'Keys',
  summary: 'How many different keys (objects, paths) there are.',
  min: 1,
  max: 1_000_000_000,
} as const satisfies Param
