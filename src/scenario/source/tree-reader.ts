/** Turns YAML nodes into trees, in the order of the text, with aliases replaced by what they stand for. */

import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml'
import { complain, type Spot, within } from './problem-list.ts'
import type { PlaceOf } from './read-yaml.ts'
import { type Entry, list, map, type Scalar, scalar, type Tree } from './tree.ts'

/** Deepest nesting; a scenario needs about ten. */
export const DEEPEST = 32
/** Most values, counting what aliases stand for at each use. */
const MOST_VALUES = 250_000
const LONGEST_KEY = 200

/** Reads nodes of one text; gives undefined where reading has to stop. */
export function treeReader(
  text: string,
  placeOf: PlaceOf,
): (node: ParsedNode, spot: Spot) => Tree | undefined {
  const anchors = new Map<string, Tree>()
  let values = 0

  function read(node: ParsedNode | null, start: number, depth: number, spot: Spot): Tree | undefined {
    const place = placeOf(node?.range[0] ?? start)
    if (depth > DEEPEST)
      return complain(spot, place, `nested more than ${DEEPEST} levels deep, the most allowed`)
    if (node !== null && isAlias(node)) return readAlias(node.source, place, spot)
    if (++values > MOST_VALUES) return tooMany(place, spot)
    const tree = readNode(node, start, depth, spot)
    if (tree && node?.anchor) anchors.set(node.anchor, tree)
    return tree
  }

  function readAlias(name: string, place: Tree['place'], spot: Spot): Tree | undefined {
    const target = anchors.get(name)
    if (!target) return complain(spot, place, `"*${name}" stands for nothing; no "&${name}" ends before it`)
    values += target.size
    return values > MOST_VALUES ? tooMany(place, spot) : target
  }

  function tooMany(place: Tree['place'], spot: Spot): undefined {
    const message = `more than ${MOST_VALUES} values, counting what aliases stand for: the most allowed`
    return complain({ ...spot, path: '' }, place, message)
  }

  function readNode(node: ParsedNode | null, start: number, depth: number, spot: Spot): Tree | undefined {
    if (node === null) return scalar(null, placeOf(start), '')
    const place = placeOf(node.range[0])
    const source = text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 200))
    if (isMap(node)) {
      const entries = readEntries(node.items as Pair<ParsedNode, ParsedNode | null>[], depth, spot)
      return entries && map(entries, place, source)
    }
    if (isSeq(node)) {
      const items: Tree[] = []
      for (const [i, item] of (node.items as ParsedNode[]).entries()) {
        const tree = read(item, node.range[0], depth + 1, within(spot, i + 1))
        if (!tree) return undefined
        items.push(tree)
      }
      return list(items, place, source)
    }
    const value = isScalar(node) ? node.value : null
    const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
    return scalar(isPlain ? (value as Scalar) : source, place, source)
  }

  function readEntries(
    pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
    depth: number,
    spot: Spot,
  ): Entry[] | undefined {
    const entries = new Map<string, Entry>()
    for (const { key, value } of pairs) {
      const start = key?.range[0] ?? value?.range[0] ?? 0
      const place = placeOf(start)
      if (!isScalar(key) || (value !== null && String(key.value).length > LONGEST_KEY)) {
        complain(spot, place, `a key must be a plain text of at most ${LONGEST_KEY} characters`)
        continue
      }
      const name = String(key.value ?? '')
      const tree = read(value, start, depth + 1, within(spot, name))
      if (!tree) return undefined
      const first = entries.get(name)
      if (first) {
        const where = first.place.line > 0 ? ` (first in line ${first.place.line})` : ''
        complain(within(spot, name), place, `"${name}" is given twice${where}`)
      } else entries.set(name, { key: name, place, value: tree })
    }
    return [...entries.values()]
  }

  return (node, spot) => read(node, 0, 1, spot)
}
