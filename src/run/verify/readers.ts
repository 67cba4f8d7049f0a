/** All kinds of rows that can be run; the first reader that knows a row's model has it. */

import { readBreaker } from './availability/breaker.ts'
import { readComposed } from './availability/composed.ts'
import { readDeadReplica } from './availability/dead-replica.ts'
import { readDetection } from './availability/detection.ts'
import { readDns } from './availability/dns.ts'
import { readRollouts } from './availability/rollouts.ts'
import { readUptime } from './availability/uptime.ts'
import { readBalancing } from './balancing.ts'
import { readCaches } from './caches/index.ts'
import { type CannotRun, cannotRun, type Experiment, type Reader } from './experiment.ts'
import { readHashing } from './hashing/index.ts'
import { readStation } from './models.ts'
import { readOrdering } from './ordering.ts'
import { readBacklog } from './overload/backlog.ts'
import { readFanOut } from './overload/fan-out.ts'
import { readCodel, readThrottle } from './overload/formulas.ts'
import { readLaws } from './overload/laws.ts'
import { readLimits } from './overload/limits.ts'
import { readMetastable } from './overload/metastable.ts'
import { readRetriedLoss } from './overload/retried-loss.ts'
import { readThrottled } from './overload/throttled.ts'
import { readTries } from './overload/tries.ts'
import type { Row } from './row.ts'
import { readSplit } from './split.ts'
import { readCoverage } from './statistics/coverage.ts'
import { readEmptyStart } from './statistics/empty-start.ts'
import { readGenerator } from './statistics/generator.ts'
import { readPlanning } from './statistics/planning.ts'
import { readPoisson } from './statistics/poisson.ts'
import { readSampler } from './statistics/samplers.ts'
import { readSeries } from './statistics/series.ts'
import { readTables } from './statistics/tables.ts'

/** In order: the last reads every model in Kendall's notation. */
const readers: readonly Reader[] = [
  readGenerator,
  readSampler,
  readPoisson,
  readTables,
  readSeries,
  readEmptyStart,
  readPlanning,
  readCoverage,
  readHashing,
  readCaches,
  readThrottle,
  readCodel,
  readLimits,
  readTries,
  readFanOut,
  readThrottled,
  readRetriedLoss,
  readMetastable,
  readBacklog,
  readLaws,
  readUptime,
  readDetection,
  readComposed,
  readDeadReplica,
  readRollouts,
  readBreaker,
  readDns,
  readOrdering,
  readSplit,
  readBalancing,
  readStation,
]

/** What answers a row, or why nothing does; undefined when nothing is known of its model. */
export function readRow(row: Row): Experiment | CannotRun | undefined {
  if (row.tolerance.type === 'unknown') return cannotRun('its tolerance is of an unknown kind')
  for (const read of readers) {
    const found = read(row)
    if (found !== undefined) return found
  }
  return undefined
}
