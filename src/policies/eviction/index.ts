/** All eviction policies that a running cache can have, by public name. A new one is a file and a line here. */

import { type Registry, registry } from '../../base/registry.ts'
import { arc } from './arc.ts'
import { clock } from './clock.ts'
import type { Eviction } from './eviction.ts'
import { fifo } from './fifo.ts'
import { lfu } from './lfu.ts'
import { lru } from './lru.ts'
import { random } from './random.ts'
import { s3Fifo } from './s3-fifo.ts'
import { sieve } from './sieve.ts'
import { slru } from './slru.ts'
import { twoQ } from './two-q.ts'
import { wTinyLfu } from './w-tinylfu.ts'

export const evictions: Registry<Eviction> = registry('eviction policy', [
  lru,
  fifo,
  random,
  clock,
  slru,
  lfu,
  twoQ,
  arc,
  sieve,
  s3Fifo,
  wTinyLfu,
] as Eviction[])
