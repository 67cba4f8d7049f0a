/** A VCL text as a tree of statements: tokens up to a semicolon, or up to a block in braces. */

import type { Fault } from '../read-recording.ts'

export interface Token {
  readonly kind: 'word' | 'text' | 'sign'
  /** Of a text: what stands between its quotes. */
  readonly text: string
  readonly line: number
}

export interface Statement {
  readonly tokens: readonly Token[]
  /** The statements in braces; undefined where a semicolon stands. */
  readonly block: readonly Statement[] | undefined
  /** From 1. */
  readonly line: number
}

export interface Vcl {
  readonly statements: readonly Statement[]
  readonly faults: readonly Fault[]
}

/** Never throws. */
export function readVcl(text: string): Vcl {
  const faults: Fault[] = []
  const statements: Statement[] = []
  const open: { readonly list: Statement[]; readonly line: number }[] = [{ list: statements, line: 0 }]
  let tokens: Token[] = []
  for (const token of tokensOf(text, faults)) {
    const isMark = token.kind === 'sign' && /^[{};]$/.test(token.text)
    if (!isMark) {
      tokens.push(token)
      continue
    }
    const { line } = token
    const { list } = open[open.length - 1]!
    const begun = tokens
    tokens = []
    if (token.text === '}') {
      if (begun[0]) faults.push({ line: begun[0].line, message: `"${begun[0].text}" is not ended by ";".` })
      if (open.length > 1) open.pop()
      else faults.push({ line, message: 'there is a "}" too many.' })
    } else if (token.text === ';') {
      if (begun[0]) list.push({ tokens: begun, block: undefined, line: begun[0].line })
    } else {
      const block: Statement[] = []
      list.push({ tokens: begun, block, line })
      open.push({ list: block, line })
    }
  }
  if (tokens[0]) faults.push({ line: tokens[0].line, message: `"${tokens[0].text}" is not ended by ";".` })
  for (const { line } of open.slice(1)) faults.push({ line, message: 'this block is not closed by "}".' })
  return { statements, faults }
}

const TOKEN =
  /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"([^"\n]*)"|\{"([\s\S]*?)"\}|"""([\s\S]*?)"""|[A-Za-z_.][\w.-]*|\d[\w.%]*|==|!=|<=|>=|&&|\|\||\+=|!~|[\s\S]/gy

function tokensOf(text: string, faults: Fault[]): Token[] {
  const found: Token[] = []
  let line = 1
  for (const [part, plain, long, tripled] of text.matchAll(TOKEN)) {
    const at = line
    line += part.split('\n').length - 1
    if (/^(\s|#|\/\/|\/\*.)/.test(part)) continue
    const quoted = plain ?? long ?? tripled
    if (quoted !== undefined) found.push({ kind: 'text', text: quoted, line: at })
    else if (part === '"') faults.push({ line: at, message: 'this quote is not closed.' })
    else found.push({ kind: /^[\w.]/.test(part) ? 'word' : 'sign', text: part, line: at })
  }
  return found
}
