/**
 * YAML (and so JSON) text as a tree with places. Whatever the text is, this ends soon and without an
 * exception: size, depth and the growth by aliases are limited before they can hurt.
 */

import type { ParsedNode } from 'yaml'
import { compose } from './compose.ts'
import { complain, type Spot } from './problem-list.ts'
import { syntaxMessage } from './syntax-message.ts'
import { type Place, scalar, type Tree } from './tree.ts'
import { treeReader } from './tree-reader.ts'

/** Longest text, in UTF-16 units. */
const LONGEST_TEXT = 1 << 20

/** The place of an offset of the text; a flag has no lines and gives the same place for all. */
export type PlaceOf = (offset: number) => Place

/** Reads one document; undefined when it cannot be read at all (then the problems say why). */
export function readYaml(text: string, placeOf: PlaceOf, spot: Spot): Tree | undefined {
  if (text.length > LONGEST_TEXT) {
    const message = `the text has ${text.length} characters; the most allowed is ${LONGEST_TEXT}`
    return complain(spot, placeOf(0), message)
  }
  const { document, flaws } = compose(text)
  for (const flaw of flaws) complain(spot, placeOf(flaw.offset), syntaxMessage(flaw))
  if (!document || flaws.length > 0) return undefined
  if (document.contents === null) return scalar(null, placeOf(0), '')
  return treeReader(text, placeOf)(document.contents as ParsedNode, spot)
}
