/** nginx's configuration text as a tree of directives: words up to a semicolon, or up to a block in braces. */

import type { Fault } from '../read-recording.ts'

export interface Directive {
  readonly name: string
  /** The words after the name, without quotes. */
  readonly words: readonly string[]
  /** The directives in braces; undefined where a semicolon stands. */
  readonly block: readonly Directive[] | undefined
  /** From 1. */
  readonly line: number
}

export interface Directives {
  readonly tree: readonly Directive[]
  readonly faults: readonly Fault[]
}

interface Token {
  readonly kind: 'word' | '{' | '}' | ';'
  readonly text: string
  readonly line: number
}

interface Open {
  readonly list: Directive[]
  readonly line: number
}

/** Never throws. */
export function readDirectives(text: string): Directives {
  const faults: Fault[] = []
  const tree: Directive[] = []
  const open: Open[] = [{ list: tree, line: 0 }]
  let words: Token[] = []
  for (const token of tokens(text, faults)) {
    const { kind, line } = token
    if (kind === 'word') {
      words.push(token)
      continue
    }
    const [first, ...rest] = words
    words = []
    const { list } = open[open.length - 1]!
    if (kind === '}') {
      if (first) faults.push({ line: first.line, message: `"${first.text}" is not ended by ";".` })
      if (open.length > 1) open.pop()
      else faults.push({ line, message: 'there is a "}" too many.' })
      continue
    }
    if (!first) {
      faults.push({ line, message: `there is a "${kind}" where a directive should begin.` })
      if (kind === '{') open.push({ list: [], line })
      continue
    }
    const block: Directive[] | undefined = kind === '{' ? [] : undefined
    list.push({ name: first.text, words: rest.map((word) => word.text), block, line: first.line })
    if (block) open.push({ list: block, line: first.line })
  }
  const [left] = words
  if (left) faults.push({ line: left.line, message: `"${left.text}" is not ended by ";".` })
  for (const { line } of open.slice(1)) faults.push({ line, message: 'this block is not closed by "}".' })
  return { tree, faults }
}

/** A brace after a dollar sign belongs to the word, as in ${name}. */
const TOKEN =
  /\s+|#[^\n]*|[{};]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|(?:\$\{|\\[\s\S]|[^\s{};"'#])(?:\$\{[^}]*\}|\\[\s\S]|[^\s{};])*|["']/gy

function tokens(text: string, faults: Fault[]): Token[] {
  const found: Token[] = []
  let line = 1
  for (const [part] of text.matchAll(TOKEN)) {
    const at = line
    line += part.split('\n').length - 1
    if (/^[\s#]/.test(part)) continue
    if (part === '{' || part === '}' || part === ';') found.push({ kind: part, text: part, line: at })
    else if (part === '"' || part === "'") faults.push({ line: at, message: `this quote is not closed.` })
    else found.push({ kind: 'word', text: unquoted(part), line: at })
  }
  return found
}

function unquoted(word: string): string {
  const isQuoted = /^["']/.test(word)
  const inner = isQuoted ? word.slice(1, -1) : word
  return inner.replace(/\\(["'\\ ])/g, '$1')
}
