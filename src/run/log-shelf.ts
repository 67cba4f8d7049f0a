/** Access logs handed over as bytes, and the arrivals that scenarios make of them. */

import type { Complaints } from '../scenario/access-log/complaints.ts'
import { AS_RECORDED, type LogOptions, logOptionsOf } from '../scenario/access-log/log-options.ts'
import type { LogSource } from '../scenario/access-log/log-source.ts'
import { readLog, sourceOf } from '../scenario/access-log/memory-log.ts'
import type { Scenario } from '../scenario/scenario.ts'

export interface LogShelf {
  /** Keeps a log under its file name; gives what was wrong with it. */
  add(file: string, bytes: Uint8Array): { readonly records: number; readonly complaints: Complaints }
  /** By population, the logs that a scenario replays, as it wants them read; a log that was not added is left out. */
  sourcesFor(scenario: Scenario): ReadonlyMap<string, LogSource>
}

const MOST_READINGS = 4

export function logShelf(): LogShelf {
  const contents = new Map<string, Uint8Array>()
  /** Readings by file and by how it was read. */
  const readings = new Map<string, Map<string, LogSource>>()

  function reading(file: string, bytes: Uint8Array, options: LogOptions): LogSource {
    const how = JSON.stringify(options)
    const known = readings.get(file) ?? new Map<string, LogSource>()
    const source = known.get(how) ?? sourceOf(readLog([bytes], options).columns)
    // The latest few: dragging a speed slider must not fill the memory.
    known.delete(how)
    known.set(how, source)
    for (const old of [...known.keys()].slice(0, -MOST_READINGS)) known.delete(old)
    readings.set(file, known)
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
      for (const { id, arrivals } of scenario.clients) {
        if (arrivals.policy !== 'log') continue
        const file = String(arrivals.params.file)
        const bytes = contents.get(file)
        if (bytes === undefined) continue
        sources.set(id, reading(file, bytes, logOptionsOf(arrivals.params, scenario.seed)))
      }
      return sources
    },
  }
}
