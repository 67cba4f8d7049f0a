/** Access logs that scenarios replay: those that come with the tool, and those a person dropped on the page. */

import type { Scenario } from '../scenario/scenario.ts'
import type { EngineDoor } from '../worker/protocol.ts'

const FILES: Readonly<Record<string, string>> = import.meta.glob('../../scenarios/*.log', {
  query: '?url',
  import: 'default',
  eager: true,
})
const shipped = new Map(Object.entries(FILES).map(([path, address]) => [nameOf(path), address]))
const dropped = new Map<string, Blob>()
let given = new Set<string>()

/** Keeps a dropped log under its name; it takes the place of an earlier one. */
export function keepLog(name: string, content: Blob): void {
  dropped.set(name, content)
  given.delete(name)
}

/** The engine has begun anew and has no logs any more. */
export function forgetGiven(): void {
  given = new Set()
}

/** Files that a scenario replays, as it writes them. */
export function logsOf(scenario: Scenario): readonly string[] {
  const files = scenario.clients.flatMap(({ arrivals }) =>
    arrivals.policy === 'log' ? [String(arrivals.params.file)] : [],
  )
  return [...new Set(files)]
}

/**
 * Hands the engine the logs that a scenario replays and that it does not have yet.
 * @throws Error, a sentence for people, when one is not here
 */
export async function handOverLogs(engine: EngineDoor, files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (given.has(file)) continue
    await engine.addLog(file, await contentOf(file))
    given.add(file)
  }
}

async function contentOf(file: string): Promise<Blob> {
  const own = dropped.get(file)
  if (own) return own
  const address = shipped.get(nameOf(file))
  if (address === undefined) throw new Error(`The log “${file}” is not here: drop it on the page.`)
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The log “${file}” could not be loaded (status ${answer.status}).`)
  return answer.blob()
}

function nameOf(path: string): string {
  return path.replace(/^.*\//, '')
}
