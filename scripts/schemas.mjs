// `node scripts/schemas.mjs`: writes the JSON Schemas of scenario, report and comparison into public/. A test fails when they are old.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { compareSchema, reportSchema } from './report-schema.mjs'
import { root } from './workspace.mjs'

const options = { configFile: /** @type {const} */ (false), root, logLevel: /** @type {const} */ ('error') }
const { module } = await runnerImport(join(root, 'src/scenario/schema.ts'), options)
write('scenario', module.scenarioSchema())
const report = ['report', 'cache-report']
  .map((name) => readFileSync(join(root, `src/measure/${name}.ts`), 'utf8'))
  .join('\n')
write('report', reportSchema(report))
write('compare', compareSchema(readFileSync(join(root, 'src/run/compare/result.ts'), 'utf8') + report))

/**
 * @param {string} name
 * @param {object} schema
 */
function write(name, schema) {
  writeFileSync(join(root, `public/${name}.schema.json`), `${JSON.stringify(schema, undefined, 2)}\n`)
}
