/** Access logs that scenarios replay: those that come with the tool, and those a person dropped on the page. */

import type { Scenario } from '../scenario/scenario.ts'

const FILES: Readonly<Record<string, string>> = import.meta.glob('../../scenarios/*.log', {
  query: '?url',
  import: 'default',
  eager: true,
})
const shipped = new Map(Object.entries(FILES).map(([path, address]) => [nameOf(path), address]))
const dropped = new Map<string, Blob>()
/** By worker, the logs that it has. */
let given = new WeakMap<LogTaker, Set<string>>()

/** A worker that replays logs. */
interface LogTaker {
  addLog(file: string, content: Blob): Promise<unknown>
}

/** Keeps a dropped log under its name; it takes the place of an earlier one. */
export function keepLog(name: string, content: Blob): void {
  dropped.set(name, content)
  given = new WeakMap()
}

/** A worker has begun anew and has no logs any more. */
export function forgetGiven(): void {
  given = new WeakMap()
}

/** Files that a scenario replays, as it writes them. */
export function logsOf(scenario: Scenario): readonly string[] {
  const files = scenario.clients.flatMap(({ arrivals }) =>
    arrivals.policy === 'log' ? [String(arrivals.params.file)] : [],
  )
  return [...new Set(files)]
}

/** The first log that a scenario replays and that is not here, as it writes it. */
export function missingLog(scenario: Scenario): string | undefined {
  return logsOf(scenario).find((file) => !dropped.has(file) && !shipped.has(nameOf(file)))
}

/**
 * Hands a worker the logs that a scenario replays and that it does not have yet.
 * @throws Error, a sentence for people, when one is not here
 */
export async function handOverLogs(taker: LogTaker, files: readonly string[]): Promise<void> {
  const has = given.get(taker) ?? new Set()
  given.set(taker, has)
  for (const file of files) {
    if (has.has(file)) continue
    await taker.addLog(file, await contentOf(file))
    has.add(file)
  }
}

async function contentOf(file: string): Promise<Blob> {
  const own = dropped.get(file)
  if (own) return own
  const address = shipped.get(nameOf(file))
  if (address === undefined)
    throw new Error(`The log “${file}” is not part of this page: drop it here, or choose it.`)
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The log “${file}” could not be loaded (status ${answer.status}).`)
  return answer.blob()
}

function nameOf(path: string): string {
  return path.replace(/^.*\//, '')
}
