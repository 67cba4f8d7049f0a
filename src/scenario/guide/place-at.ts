/** Which place of a scenario a position in its text is, also of a text that is only half written. */

import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, visit } from 'yaml'
import type { Path } from './resolve.ts'

export interface TextPlace {
  /** Of the map or list item that a key is written into, or of the value. */
  readonly path: Path
  readonly isKey: boolean
  /** The key that stands there already; "" when a new one is written. */
  readonly key: string
  /** The word that is there: what is completed is put in its place. */
  readonly from: number
  readonly to: number
  /** A key on a line of its own. */
  readonly isBlock: boolean
  /** What the rest of the text says, as far as it can be read. */
  readonly file: unknown
}

/** No scenario has this in it, and YAML has no use for it. */
const MARK = '\u{e000}'

/** The place to complete at; undefined within comments and where no sense can be made of the text. */
export function placeToComplete(text: string, at: number): TextPlace | undefined {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const lineEnd = endOfLine(text, at)
  const before = text.slice(lineStart, at)
  if (/(^|\s)#/.test(before)) return undefined
  const from = at - (/[\w$./%-]*$/.exec(before)?.[0].length ?? 0)
  const to = at + (/^[\w$./%-]*/.exec(text.slice(at, lineEnd))?.[0].length ?? 0)
  const isAlone =
    /^\s*(?:- +)*$/.test(text.slice(lineStart, from)) && /^\s*(?:#.*)?$/.test(text.slice(to, lineEnd))
  const marked = `${text.slice(0, at)}${MARK}${text.slice(at, to)}`
  const rest = text.slice(to)
  const asKey = isAlone ? find(`${marked}:${rest}`) : undefined
  const found = asKey ?? find(marked + rest)
  return found && { ...found, from, to, isBlock: isAlone }
}

type Found = Pick<TextPlace, 'path' | 'isKey' | 'key' | 'file'>

function find(text: string): Found | undefined {
  const document = parseDocument(text, { uniqueKeys: false })
  let found: Omit<Found, 'file'> | undefined
  visit(document, {
    Scalar(role, node, ancestors) {
      if (!String(node.source ?? node.value).includes(MARK)) return undefined
      const path = pathOf(ancestors as readonly Node[])
      const key = String(node.value).replace(MARK, '')
      found = role === 'key' ? { path: path.slice(0, -1), isKey: true, key } : { path, isKey: false, key: '' }
      return visit.BREAK
    },
  })
  return found && { ...found, file: withoutMark(document.contents) }
}

/** The key or value that a position is on; undefined between them. */
export function placeUnder(text: string, at: number): { path: Path; from: number; to: number } | undefined {
  const document = parseDocument(text, { uniqueKeys: false })
  let found: { path: Path; from: number; to: number } | undefined
  visit(document, {
    Scalar(_role, node, ancestors) {
      const [from, end] = node.range ?? [0, 0]
      if (at < from || at > end) return undefined
      found = { path: pathOf(ancestors as readonly Node[], node), from, to: end }
      return visit.BREAK
    },
  })
  return found
}

/** What a text says, as far as it can be read. */
export function readLoosely(text: string): unknown {
  return withoutMark(parseDocument(text, { uniqueKeys: false }).contents)
}

function pathOf(ancestors: readonly (Node | Pair)[], last?: Node): (string | number)[] {
  const all = last ? [...ancestors, last] : ancestors
  return all.flatMap((node, i): (string | number)[] => {
    if (isPair(node)) return [isScalar(node.key) ? String(node.key.value) : '']
    if (!isSeq(node)) return []
    const next = all[i + 1]
    const index = node.items.indexOf(next)
    return index < 0 ? [] : [index]
  })
}

/** Plain data without what is being written. */
function withoutMark(node: unknown): unknown {
  if (isMap(node)) {
    const entries = node.items.flatMap(({ key, value }): [string, unknown][] => {
      const name = isScalar(key) ? String(key.value) : ''
      return name === '' || name.includes(MARK) ? [] : [[name, withoutMark(value)]]
    })
    return Object.fromEntries(entries)
  }
  if (isSeq(node)) return node.items.map(withoutMark)
  if (isScalar(node)) return typeof node.value === 'string' ? node.value.replace(MARK, '') : node.value
  return isAlias(node) ? {} : null
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}
