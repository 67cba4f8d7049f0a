/** Every scenario that is shipped, with its logs; those that replay a log that is not here are told apart. */

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { logShelf } from '../src/run/log-shelf.ts'
import type { RunOptions } from '../src/run/run.ts'
import { parse } from '../src/scenario/index.ts'
import type { Scenario } from '../src/scenario/scenario.ts'

export interface Shipped {
  readonly id: string
  readonly text: string
  readonly scenario: Scenario
  readonly options: RunOptions
  readonly variants: readonly {
    readonly name: string
    readonly scenario: Scenario
    readonly options: RunOptions
  }[]
}

const texts = import.meta.glob('../scenarios/*.yaml', { query: '?raw', import: 'default', eager: true })

const shelf = logShelf()
shelf.add('small.log', readFileSync(fileURLToPath(new URL('../scenarios/small.log', import.meta.url))))

/** A real server's log, where this checkout has it beside it: it is not ours to ship. */
export const REAL_LOG = fileURLToPath(new URL('../../shared/data/apache-combined.log', import.meta.url))
if (existsSync(REAL_LOG)) shelf.add('apache-combined.log', readFileSync(REAL_LOG))

const all = Object.entries(texts).map(([path, text]): Shipped => {
  const id = path.replace(/^.*\/(.*)\.yaml$/, '$1')
  const { scenario, problems } = parse(String(text), path)
  if (!scenario) throw new Error(`${path}: ${problems.map((problem) => problem.message).join('; ')}`)
  const options = { logs: shelf.sourcesFor(scenario) }
  const variants = scenario.variants.map(({ name }) => {
    const changed = parse(String(text), path, { variant: name }).scenario!
    return { name, scenario: changed, options: { logs: shelf.sourcesFor(changed) } }
  })
  return { id, text: String(text), scenario, options, variants }
})

const isComplete = ({ scenario, options }: Shipped) =>
  scenario.clients.every(({ id, arrivals }) => arrivals.policy !== 'log' || options.logs?.has(id))

export const shipped: readonly Shipped[] = all.filter(isComplete)

/** Scenarios that cannot be run here, as the log that they replay is not here. */
export const withoutLog: readonly string[] = all.filter((one) => !isComplete(one)).map(({ id }) => id)

if (withoutLog.length > 0) {
  console.warn(
    `left out: ${withoutLog.join(', ')}; the log of a real server does not lie beside this checkout`,
  )
}
