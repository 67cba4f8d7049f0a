/** The registry of arrival processes. */

import { registry } from '../../base/registry.ts'
import type { Arrivals } from './arrivals.ts'
import { closed } from './closed.ts'
import { constant } from './constant.ts'
import { diurnal } from './diurnal.ts'
import { log } from './log.ts'
import { mmpp } from './mmpp.ts'
import { poisson } from './poisson.ts'
import { ramp } from './ramp.ts'
import { renewal } from './renewal.ts'
import { spike } from './spike.ts'
import { steps } from './steps.ts'

export const arrivals = registry<Arrivals>('arrival process', [
  poisson,
  constant,
  renewal,
  mmpp,
  ramp,
  steps,
  spike,
  diurnal,
  closed,
  log,
])
