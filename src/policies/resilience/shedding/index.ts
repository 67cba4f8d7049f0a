/** All rules for load shedding, by public name. A new one is a file and a line here. */

import { type Registry, registry } from '../../../base/registry.ts'
import { deadline } from './deadline.ts'
import { queueLength } from './queue-length.ts'
import type { Shedding } from './shedding.ts'

export const sheddings: Registry<Shedding> = registry('rule for load shedding', [queueLength, deadline])
