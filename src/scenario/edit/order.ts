/** Changes the order of a map's entries in a text, and their names; the lines themselves stay as they are. */

import { type Document, isMap, isScalar, type Pair, type ParsedNode, parseDocument } from 'yaml'
import { plain } from '../source/tree.ts'
import type { EditPath } from './at-path.ts'
import { styleOf } from './inline.ts'
import { treeIn } from './revise.ts'
import { isSame } from './same.ts'

type Entry = Pair<ParsedNode, ParsedNode | null>

/** The text in which the entry `key` of the map at `path` stands at place `to`, from 0. */
export function moveEntry(text: string, path: EditPath, key: string, to: number): string {
  const document = parseDocument(text, { uniqueKeys: false })
  const entries = entriesAt(document, path)
  const from = entries?.findIndex((entry) => keyOf(entry) === key) ?? -1
  if (!entries || from < 0 || to < 0 || to >= entries.length || to === from) return text
  const wanted = entries.map(keyOf)
  wanted.splice(to, 0, ...wanted.splice(from, 1))
  const moved = moveLines(text, entries, from, to)
  if (moved !== undefined && isMovedOnly(text, moved, path, wanted)) return moved
  const [entry] = entries.splice(from, 1)
  entries.splice(to, 0, entry!)
  const written = document.toString({ lineWidth: 0 })
  return isMovedOnly(text, written, path, wanted) ? written : text
}

/** The text in which the entry `key` of the map at `path` is called `name`; nothing else changes. */
export function renameKey(text: string, path: EditPath, key: string, name: string): string {
  const entry = entriesAt(parseDocument(text, { uniqueKeys: false }), path)?.find((one) => keyOf(one) === key)
  if (!entry) return text
  const [start, end] = entry.key.range
  return text.slice(0, start) + styleOf(text)(name) + text.slice(end)
}

function entriesAt(document: Document, path: EditPath): Entry[] | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  return isMap(node) ? (node.items as Entry[]) : undefined
}

/** Undefined where the entries are not lines of their own. */
function moveLines(text: string, entries: readonly Entry[], from: number, to: number): string | undefined {
  const whole = text.endsWith('\n') ? text : `${text}\n`
  const ranges = entries.map((entry, i) => linesOf(whole, entry, entries[i + 1]))
  if (ranges.some((range) => range === undefined)) return undefined
  const lines = (ranges as [number, number][]).map(([start, end]) => whole.slice(start, end))
  lines.splice(to, 0, ...lines.splice(from, 1))
  const [begin] = ranges[0]!
  const [, end] = ranges.at(-1)!
  return whole.slice(0, begin) + lines.join('') + whole.slice(end)
}

/** With the comments right above it; up to where the next entry's begin, or to its own last line. */
function linesOf(text: string, { key, value }: Entry, next: Entry | undefined): [number, number] | undefined {
  const start = withComments(text, key)
  if (start === undefined) return undefined
  if (next) {
    const end = withComments(text, next.key)
    return end === undefined ? undefined : [start, end]
  }
  const [from, to] = (value ?? key).range
  const last = from + text.slice(from, to).trimEnd().length
  const end = text.indexOf('\n', last)
  return [start, end < 0 ? text.length : end + 1]
}

function withComments(text: string, key: ParsedNode): number | undefined {
  const [at] = key.range
  let start = text.lastIndexOf('\n', at - 1) + 1
  if (text.slice(start, at).trim() !== '') return undefined
  for (;;) {
    const above = text.lastIndexOf('\n', start - 2) + 1
    if (start === 0 || !/^[ \t]*#/.test(text.slice(above, start))) return start
    start = above
  }
}

function isMovedOnly(before: string, after: string, path: EditPath, wanted: readonly string[]): boolean {
  const [old, now] = [treeIn(before), treeIn(after)]
  if (!old || !now || !isSame(plain(old), plain(now))) return false
  const entries = entriesAt(parseDocument(after, { uniqueKeys: false }), path)
  return entries?.map(keyOf).join('\n') === wanted.join('\n')
}

function keyOf({ key }: Entry): string {
  return isScalar(key) ? String(key.value) : ''
}
