/** Access logs handed over as bytes, and the arrivals that scenarios make of them. */

import type { Complaints } from '../scenario/access-log/complaints.ts'
import { AS_RECORDED, type LogOptions } from '../scenario/access-log/log-options.ts'
import type { LogSource } from '../scenario/access-log/log-source.ts'
import { readLog, sourceOf } from '../scenario/access-log/memory-log.ts'
import type { Scenario } from '../scenario/scenario.ts'

export interface LogShelf {
  /** Keeps a log under its file name; gives what was wrong with it. */
  add(file: string, bytes: Uint8Array): { readonly records: number; readonly complaints: Complaints }
  /** The logs that a scenario replays, as it wants them read; a log that was not added is left out. */
  sourcesFor(scenario: Scenario): ReadonlyMap<string, LogSource>
}

export function logShelf(): LogShelf {
  const contents = new Map<string, Uint8Array>()
  /** The last reading of each file, and how it was read. */
  const readings = new Map<string, { readonly how: string; readonly source: LogSource }>()

  function reading(file: string, bytes: Uint8Array, options: LogOptions): LogSource {
    const how = JSON.stringify(options)
    const known = readings.get(file)
    if (known?.how === how) return known.source
    const source = sourceOf(readLog([bytes], options).columns)
    readings.set(file, { how, source })
    return source
  }

  return {
    add(file, bytes) {
      contents.set(file, bytes)
      readings.delete(file)
      const { columns, complaints } = readLog([bytes], AS_RECORDED)
      return { records: columns.at.length, complaints }
    },
    sourcesFor(scenario) {
      const sources = new Map<string, LogSource>()
      for (const { arrivals } of scenario.clients) {
        if (arrivals.policy !== 'log') continue
        const { file, speed, spread } = arrivals.params
        const bytes = contents.get(String(file))
        if (bytes === undefined) continue
        const options: LogOptions = {
          speed: Number(speed ?? 1),
          spread: (spread ?? 'even') as LogOptions['spread'],
          seed: scenario.seed,
        }
        sources.set(String(file), reading(String(file), bytes, options))
      }
      return sources
    },
  }
}
