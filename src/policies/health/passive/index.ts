/** The registries of passive health: rules that can stand under `passive`, and those with a place of their own. */

import { registry } from '../../../base/registry.ts'
import type { Policy } from '../../policy.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import { haproxyObserve } from './haproxy-observe.ts'
import { nginx } from './nginx.ts'
import { outlierDetection } from './outlier.ts'
import type { Watch } from './watch.ts'

/** By what `passive` may name. */
export const passiveRules = registry<Policy>('rule for passive health', [nginx, haproxyObserve])

/** Those that watch endings on their own. */
export const watches = registry<Watch>('rule that watches requests', [
  nginx,
  outlierDetection,
  circuitBreaker,
])
