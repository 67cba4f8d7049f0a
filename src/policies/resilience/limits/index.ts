/** All adaptive concurrency limits, by public name. A new one is a file and a line here. */

import { type Registry, registry } from '../../../base/registry.ts'
import { aimd } from './aimd.ts'
import { gradient } from './gradient.ts'
import type { AdaptiveLimit } from './limit.ts'
import { vegas } from './vegas.ts'

export const adaptiveLimits: Registry<AdaptiveLimit> = registry('adaptive limit', [aimd, vegas, gradient])
