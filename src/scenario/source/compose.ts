/**
 * One YAML document from a text, with all that is wrong in it; quick even where a million things are wrong,
 * as the library makes an Error of each.
 */

import { Composer, type CST, type Document, type ErrorCode, Lexer, Parser } from 'yaml'
import { DEEPEST } from './tree-reader.ts'

/** Something that is not right YAML. */
export interface Flaw {
  readonly offset: number
  readonly code: ErrorCode | 'TOO_DEEP'
  readonly message: string
}

export interface Composed {
  /** Undefined when it could not be read to its end. */
  readonly document: Document | undefined
  readonly flaws: readonly Flaw[]
}

/** More than are ever shown. */
const MOST_FLAWS = 200

type Source = number | readonly number[] | { readonly offset: number }

/** Stops where the nesting is too deep, before the composer runs out of stack. */
export function compose(text: string): Composed {
  const flaws: Flaw[] = []
  const note = (offset: number, code: Flaw['code'], message: string) => {
    if (flaws.length < MOST_FLAWS) flaws.push({ offset, code, message })
  }
  // Keys are checked for doubles by the tree reader: here that takes quadratic time.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', prettyErrors: false })
  // Private to the library, which is pinned; a test sees to it that this still keeps errors from being made.
  Reflect.set(composer, 'onError', (source: Source, code: ErrorCode, message: string) => {
    const offset = typeof source === 'number' ? source : 'offset' in source ? source.offset : source[0]!
    note(offset, code, message)
  })

  let document: Document | undefined
  let isWhole = true
  for (const next of composer.compose(
    tokens(text, note, () => (isWhole = false)),
    true,
    text.length,
  )) {
    if (!isWhole) break
    if (document) note(next.range[0], 'MULTIPLE_DOCS', '')
    document ??= next
    if (document !== next) break
  }
  for (const { pos, code, message } of document?.errors ?? []) note(pos[0], code, message)
  return { document: isWhole ? document : undefined, flaws }
}

function* tokens(
  text: string,
  note: (offset: number, code: Flaw['code'], message: string) => void,
  stop: () => void,
): Generator<CST.Token> {
  const parser = new Parser()
  let errors = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type !== 'error') yield token
      else {
        note(token.offset, 'UNEXPECTED_TOKEN', token.message)
        if (++errors > MOST_FLAWS) return stop()
      }
    }
    if (parser.stack.length > 2 * DEEPEST) {
      note(parser.offset, 'TOO_DEEP', '')
      return stop()
    }
  }
  yield* parser.end()
}
