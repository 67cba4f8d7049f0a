/**
 * YAML (and so JSON) text as a tree with places. Whatever the text is, this ends soon and without an
 * exception: size, depth and the growth by aliases are limited before they can hurt.
 */

import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser } from 'yaml'
import { complain, type Spot } from './problem-list.ts'
import { syntaxMessage } from './syntax-message.ts'
import { type Place, scalar, type Tree } from './tree.ts'
import { DEEPEST, treeReader } from './tree-reader.ts'

/** Longest text, in UTF-16 units. */
export const LONGEST_TEXT = 1 << 20

/** The place of an offset of the text; a flag has no lines and gives the same place for all. */
export type PlaceOf = (offset: number) => Place

/** Reads one document; undefined when it cannot be read at all (then the problems say why). */
export function readYaml(text: string, placeOf: PlaceOf, spot: Spot): Tree | undefined {
  if (text.length > LONGEST_TEXT) {
    const message = `the text has ${text.length} characters; ${LONGEST_TEXT} is the most allowed`
    return complain(spot, placeOf(0), message)
  }
  const document = compose(text, placeOf, spot)
  if (document === undefined) return undefined
  const errors = [...document.errors, ...document.warnings]
  for (const error of errors) complain(spot, placeOf(error.pos[0]), syntaxMessage(error))
  if (errors.length > 0) return undefined
  if (document.contents === null) return scalar(null, placeOf(0), '')
  return treeReader(text, placeOf)(document.contents as ParsedNode, spot)
}

/** The only document. Stops reading where the nesting is too deep, before the composer runs out of stack. */
function compose(text: string, placeOf: PlaceOf, spot: Spot): Document | undefined {
  // Keys are checked for doubles by the tree reader: here that takes quadratic time.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', prettyErrors: false })
  const parser = new Parser()
  let tooDeepAt = -1

  function* tokens(): Generator<CST.Token> {
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme)
      if (parser.stack.length <= 2 * DEEPEST) continue
      tooDeepAt = parser.offset
      return
    }
    yield* parser.end()
  }

  let only: Document | undefined
  for (const document of composer.compose(tokens(), true, text.length)) {
    if (tooDeepAt >= 0) break
    if (only) {
      const message = 'a second document begins here; a scenario is one document'
      return complain(spot, placeOf(document.range[0]), message)
    }
    only = document
  }
  if (tooDeepAt < 0) return only
  return complain(spot, placeOf(tooDeepAt), `nested more than ${DEEPEST} levels deep, the most allowed`)
}
