/** The JSON Schema of scenario files, made from the shapes that also read them. */

import { scenarioFile } from './format/scenario-file.ts'
import type { Definitions, JsonSchema } from './shapes/shape.ts'

/** Draft 7, which the YAML support of editors knows best. */
export function scenarioSchema(): JsonSchema {
  const definitions: Definitions = new Map()
  const root = scenarioFile.schema(definitions)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Evenkeel scenario',
    description: 'A cluster, the requests that come to it and what befalls it: the input of Evenkeel.',
    ...root,
    definitions: Object.fromEntries([...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}

let made: JsonSchema | undefined

/** The same, made once. */
export function schemaOnce(): JsonSchema {
  made ??= scenarioSchema()
  return made
}
