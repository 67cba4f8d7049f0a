import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse as readYaml } from 'yaml'
import { compareSchema, reportSchema } from '../../scripts/report-schema.mjs'
import { figuresOf } from '../../src/scenario/format/figures.ts'
import { scenarioSchema } from '../../src/scenario/schema.ts'
import { violations } from './json-schema.ts'
import { problemsOf, scenarioWith, shipped } from './texts.ts'

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
const reports = read('src/measure/report.ts') + read('src/measure/cache-report.ts')
const report: any = reportSchema(reports)
const comparison: any = compareSchema(read('src/run/compare/result.ts') + reports)
const scenario: any = scenarioSchema()

describe('the schemas in public/', () => {
  const cure = 'run `node scripts/schemas.mjs`'
  test.each([
    ['scenario', scenario],
    ['report', report],
    ['compare', comparison],
  ])('%s.schema.json is current', (name, schema) => {
    expect(JSON.parse(read(`public/${name}.schema.json`)), cure).toEqual(JSON.parse(JSON.stringify(schema)))
  })

  test('explain every setting', () => {
    const lacking: string[] = []
    walk(scenario, '', (schema, path) => {
      for (const [name, of] of Object.entries<any>(schema.properties ?? {})) {
        if (!of.description) lacking.push(`${path}.${name}`)
      }
    })
    expect(lacking).toEqual([])
  })
})

describe('the schema of scenarios', () => {
  test.each(shipped)('accepts %s', (_, text) => expect(violations(readYaml(text), scenario)).toEqual([]))

  test.each([
    ['two-choices', 'nginx'],
    ['hash', 'haproxy'],
    ['bounded-load', 'paper'],
  ])('knows that %s has the rule %s, which others have not', (strategy, rule) => {
    const text = scenarioWith({ tier: `balancing: { strategy: ${strategy}, rule: ${rule} }` })
    expect(problemsOf(text)).toEqual([])
    expect(violations(readYaml(text), scenario)).toEqual([])
  })

  test.each([
    scenarioWith({ client: 'rate: 400' }),
    scenarioWith({ client: 'rate: 1/s, arrivals: 5/s' }),
    scenarioWith({ client: 'rate: 1/s, timout: 1s' }),
    scenarioWith({ tier: 'replicas: 0' }),
    scenarioWith({ tier: 'replicas: [{ wieght: 1 }]' }),
    scenarioWith({ tier: 'balancing: { strategy: no-such }' }),
    scenarioWith({ tier: 'service: { demand: 10 }' }),
    scenarioWith({ tier: 'service: { demand: { exponential: { mean: 1s, cv: 1 } } }' }),
    scenarioWith({ tier: 'service: { demand: { lognormal: 1s } }' }),
    scenarioWith({ tier: 'service: { discipline: fofo }' }),
    scenarioWith({ rest: 'duration: 120' }),
    scenarioWith({ rest: 'faults: [{ at: 1s, crash: web, hang: web }]' }),
    scenarioWith({ rest: 'seed: 1.5' }),
    'tiers: { web: }',
  ])('refuses what the parser refuses: %s', (text) => {
    expect(problemsOf(text)).not.toEqual([])
    expect(violations(readYaml(text), scenario)).not.toEqual([])
  })
})

describe('the figures that an expectation may name', () => {
  const figures = [...figuresOf([{ id: 'web', replicas: 2 }]).values()]
  test.each([...new Set(figures.map(({ path }) => path))])('%s is a number in the report', (path) => {
    let at: any = report
    for (const key of path.split('.')) {
      const of = resolve(at)
      at = of.properties?.[key] ?? of.additionalProperties
    }
    expect(JSON.stringify(resolve(at))).toContain('"number"')
  })

  function resolve(schema: any): any {
    const some = schema.anyOf?.find((other: any) => other.type !== 'null') ?? schema
    return some.$ref ? report.definitions[some.$ref.replace('#/definitions/', '')] : some
  }
})

function walk(schema: any, path: string, visit: (schema: any, path: string) => void): void {
  if (typeof schema !== 'object' || schema === null) return
  visit(schema, path)
  for (const [key, part] of Object.entries(schema)) if (key !== 'default') walk(part, `${path}.${key}`, visit)
}
