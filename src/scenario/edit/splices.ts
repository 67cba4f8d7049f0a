/**
 * The changes of a text that turn what it says into something else, and touch nothing beside it: comments,
 * blank lines and the way things are written stay. Not everything can be done so; see `revise`.
 */

import { type Document, isCollection, isMap, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml'
import { styleOf } from './inline.ts'
import { isSame } from './same.ts'

/** `text` in the place of what stands from `start` to `end`. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

type Plain = Readonly<Record<string, unknown>>
type Entry = Pair<ParsedNode, ParsedNode | null>

/** Top-level keys in their usual order: a new one goes after those that come before it. */
export type Order = readonly string[]

/** The splices that make `before` (what the document says) into `after`; undefined when it takes more than that. */
export function splices(
  text: string,
  document: Document,
  before: Plain,
  after: Plain,
  order: Order,
): Splice[] | undefined {
  const made: Splice[] = []
  const inline = styleOf(text)
  return changeMap(document.contents as ParsedNode, before, after, true) ? made : undefined

  function change(node: ParsedNode | null, before: unknown, after: unknown): boolean {
    if (isSame(before, after)) return true
    if (node === null) return false
    if (isMap(node) && isPlain(before) && isPlain(after)) return changeMap(node, before, after, false)
    if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) return changeList(node, before, after)
    return replace(node, after)
  }

  function replace(node: ParsedNode, value: unknown): boolean {
    const [start, end] = node.range
    const isBlock = isCollection(node) && !node.flow
    // A block ends with the line break of its last line, which stays.
    const last = isBlock ? trimmedEnd(start, end) : end
    made.push({ start, end: last, text: start === end ? ` ${inline(value)}` : inline(value) })
    return true
  }

  function changeMap(node: ParsedNode, before: Plain, after: Plain, isTop: boolean): boolean {
    if (!isMap(node)) return false
    const entries = node.items as Entry[]
    const keys = entries.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
    const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
    if (entries.length === 0) return added.length === 0 || replace(node, after)
    const left = keys.filter((key) => Object.hasOwn(after, key))
    if (left.length < keys.length && node.flow) return replace(node, after)
    if (left.length === 0) return added.length === 0 && !isTop && emptied(node, '{}')
    return (
      entries.every((entry, i) => {
        const key = keys[i]!
        if (!Object.hasOwn(after, key)) return cutLines(entry.key.range[0], endOf(entry))
        return change(entry.value, before[key], after[key])
      }) && added.every((key) => addEntry(node, entries, keys, key, after[key], isTop))
    )
  }

  /** Takes whole lines out, from the one that begins at `start`; false when something else stands before it. */
  function cutLines(start: number, end: number): boolean {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1
    if (text.slice(lineStart, start).trim() !== '') return false
    const lineEnd = text.indexOf('\n', end)
    made.push({ start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1, text: '' })
    return true
  }

  /** Nothing is left of a block: `{}` or `[]` beside its key; comments stay below. */
  function emptied(node: ParsedNode, nothing: string): boolean {
    const [start, end] = node.range
    const above = text.slice(0, start).replace(/(?:\n[ \t]*(?:#.*)?\r?)*\n?[ \t]*$/, '')
    if (!above.endsWith(':') || text.slice(above.length, start).split('\n').length < 2)
      return replace(node, nothing === '[]' ? [] : {})
    made.push({ start: above.length, end: above.length, text: ` ${nothing}` })
    return cutLines(
      isSeq(node) ? text.lastIndexOf('-', (node.items[0] as ParsedNode).range[0] - 1) : start,
      trimmedEnd(start, end),
    )
  }

  function addEntry(
    node: ParsedNode & { flow?: boolean | undefined },
    entries: readonly Entry[],
    keys: readonly string[],
    key: string,
    value: unknown,
    isTop: boolean,
  ): boolean {
    const previous = isTop ? keys.findLastIndex((other) => order.indexOf(other) < order.indexOf(key)) : -1
    const after = entries[previous < 0 ? entries.length - 1 : previous]!
    const end = endOf(after)
    if (node.flow) {
      made.push({ start: end, end, text: `, ${inline(key)}: ${inline(value)}` })
      return true
    }
    const indent = ' '.repeat(columnOf(after.key.range[0]))
    const lineEnd = endOfLine(end)
    const isList = Array.isArray(value) && value.length > 0 && isTop
    const written = isList
      ? value.map((item) => `\n${indent}  - ${inline(item)}`).join('')
      : asNeighbour(value, after, indent)
    const gap = isList && text.includes('\n\n') ? '\n' : ''
    made.push({ start: lineEnd, end: lineEnd, text: `\n${gap}${indent}${inline(key)}:${written}` })
    return true
  }

  /** A map has a line for each of its keys where the one before it has. */
  function asNeighbour(value: unknown, { value: neighbour }: Entry, indent: string): string {
    const isBlock = neighbour !== null && isMap(neighbour) && !neighbour.flow
    if (!isBlock || !isPlain(value) || Object.keys(value).length === 0) return ` ${inline(value)}`
    const lines = Object.entries(value).map(([key, of]) => `\n${indent}  ${inline(key)}: ${inline(of)}`)
    return lines.join('')
  }

  function changeList(node: ParsedNode, before: readonly unknown[], after: readonly unknown[]): boolean {
    if (!isSeq(node)) return false
    const items = node.items as ParsedNode[]
    if (after.length === before.length) return items.every((item, i) => change(item, before[i], after[i]))
    if (after.length < before.length) return cutItems(node, items, before, after)
    if (after.length !== before.length + 1) return false
    const place = before.findIndex((item, i) => !isSame(item, after[i]))
    const index = place < 0 ? before.length : place
    if (!before.slice(index).every((item, i) => isSame(item, after[index + i + 1]))) return false
    return addItem(node, items, index, after[index])
  }

  /** Items go; all others stay as they are. */
  function cutItems(
    node: ParsedNode & { flow?: boolean | undefined },
    items: readonly ParsedNode[],
    before: readonly unknown[],
    after: readonly unknown[],
  ): boolean {
    let stays = 0
    const gone = before.flatMap((item, i) => {
      if (stays >= after.length || !isSame(item, after[stays])) return [i]
      stays++
      return []
    })
    if (stays < after.length) return false
    if (node.flow) return replace(node, after)
    if (after.length === 0) return emptied(node, '[]')
    return gone.every((i) => {
      const [start, end] = items[i]!.range
      const dash = text.lastIndexOf('-', start - 1)
      return cutLines(dash, trimmedEnd(start, end))
    })
  }

  function addItem(
    node: ParsedNode & { flow?: boolean | undefined },
    items: readonly ParsedNode[],
    index: number,
    value: unknown,
  ): boolean {
    const before = items[index - 1]
    const following = items[index]
    if (node.flow) {
      if (before) made.push({ start: before.range[1], end: before.range[1], text: `, ${inline(value)}` })
      else if (following)
        made.push({ start: following.range[0], end: following.range[0], text: `${inline(value)}, ` })
      else return emptyToBlock(node, value)
      return true
    }
    const neighbour = before ?? following
    if (!neighbour) return false
    const dash = text.lastIndexOf('-', neighbour.range[0] - 1)
    const line = `${' '.repeat(columnOf(dash))}- ${inline(value)}`
    if (before) {
      const end = endOfLine(trimmedEnd(before.range[0], before.range[1]))
      made.push({ start: end, end, text: `\n${line}` })
    } else {
      const start = dash - columnOf(dash)
      made.push({ start, end: start, text: `${line}\n` })
    }
    return true
  }

  /** `faults: []` becomes a list with a line for each item. */
  function emptyToBlock(node: ParsedNode, value: unknown): boolean {
    const [start, end] = node.range
    const lineStart = text.lastIndexOf('\n', start - 1) + 1
    const [, indent] = /^( *)[^\s{}[\],:]+: *$/.exec(text.slice(lineStart, start)) ?? []
    if (indent === undefined) return replace(node, [value])
    const from = lineStart + text.slice(lineStart, start).trimEnd().length
    made.push({ start: from, end, text: `\n${indent}  - ${inline(value)}` })
    return true
  }

  function endOf({ key, value }: Entry): number {
    const [start, end] = (value ?? key).range
    return value === null ? text.indexOf(':', end) + 1 : trimmedEnd(start, end)
  }

  function trimmedEnd(start: number, end: number): number {
    return start + text.slice(start, end).trimEnd().length
  }

  function endOfLine(at: number): number {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end
  }

  function columnOf(at: number): number {
    return at - (text.lastIndexOf('\n', at - 1) + 1)
  }
}

/** The text with all splices carried out; where two begin at one place, in their order. */
export function carryOut(text: string, splices: readonly Splice[]): string {
  let made = ''
  let done = 0
  for (const { start, end, text: written } of splices.toSorted((a, b) => a.start - b.start)) {
    if (start < done) return ''
    made += text.slice(done, start) + written
    done = end
  }
  return made + text.slice(done)
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
