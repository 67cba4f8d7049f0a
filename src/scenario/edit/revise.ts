/** Turns a text into one that says something else, with as little change as it can be done with. */

import { type Document, parseDocument, stringify } from 'yaml'
import { scenarioFile } from '../format/scenario-file.ts'
import { placesIn } from '../source/places.ts'
import { problemList } from '../source/problem-list.ts'
import { readYaml } from '../source/read-yaml.ts'
import { plain, type Tree } from '../source/tree.ts'
import { isSame } from './same.ts'
import { carryOut, splices } from './splices.ts'

/** What a text says; undefined when it cannot be read, or is no map. */
export function treeIn(text: string): Tree | undefined {
  const problems = problemList()
  const tree = readYaml(text, placesIn('', text), { path: '', problems })
  return problems.found.length === 0 && tree?.kind === 'map' ? tree : undefined
}

/**
 * Edits the text so that it says `after` instead of `before`. Splices where they will do, so that all else
 * stays as it is; or else the document is written anew, with its comments.
 */
export function revise(text: string, before: Tree, after: unknown): string {
  const document = parseDocument(text, { uniqueKeys: false })
  const was = plain(before) as Record<string, unknown>
  const wanted = after as Record<string, unknown>
  const found = splices(text, document, was, wanted, Object.keys(scenarioFile.fields))
  const spliced = found && carryOut(text, found)
  if (spliced !== undefined && says(spliced, after)) return spliced
  update(document, [], was, wanted)
  const written = document.toString({ lineWidth: 0 })
  return says(written, after) ? written : stringify(after, { lineWidth: 0 })
}

function says(text: string, wanted: unknown): boolean {
  const tree = treeIn(text)
  return tree !== undefined && isSame(plain(tree), wanted)
}

/** Makes the document's nodes say `after`. */
function update(
  document: Document,
  path: readonly string[],
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): void {
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) document.deleteIn([...path, key])
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    if (isSame(old, value)) continue
    if (isMap(old) && isMap(value)) update(document, [...path, key], old, value)
    else document.setIn([...path, key], document.createNode(value, { flow: true }))
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
