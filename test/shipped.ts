/** Every scenario that is shipped, with its logs. */

import { readFileSync } from 'node:fs'
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

export const shipped: readonly Shipped[] = Object.entries(texts).map(([path, text]) => {
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
