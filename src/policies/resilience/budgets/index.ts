/** All retry budgets, by public name. A new one is a file and a line here. */

import { type Registry, registry } from '../../../base/registry.ts'
import type { Budget } from './budget.ts'
import { concurrent } from './concurrent.ts'
import { ratio } from './ratio.ts'
import { share } from './share.ts'
import { tokens } from './tokens.ts'

export const budgets: Registry<Budget> = registry('retry budget', [share, concurrent, tokens, ratio])
