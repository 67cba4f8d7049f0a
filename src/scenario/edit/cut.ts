/** Takes an item out of a list of a text, and leaves all else as it is written. */

import { isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml'

type List = ParsedNode & { flow?: boolean | undefined; items: ParsedNode[] }

/** The text without the n-th item of a top-level list; undefined when it takes more than cutting lines. */
export function cutItem(text: string, key: string, index: number): string | undefined {
  const document = parseDocument(text, { uniqueKeys: false })
  const top = document.contents
  const pair = isMap(top)
    ? top.items.find((entry) => isScalar(entry.key) && entry.key.value === key)
    : undefined
  const list = pair?.value
  if (!isSeq(list)) return undefined
  const nodes = list as unknown as List
  return nodes.flow ? cutFlow(text, nodes, index) : cutBlock(text, nodes, index, pair!.key as ParsedNode)
}

function cutFlow(text: string, { items }: List, index: number): string | undefined {
  const item = items[index]
  const next = items[index + 1]
  const before = items[index - 1]
  if (!item) return undefined
  const start = next ? item.range[0] : before ? before.range[1] : item.range[0]
  return text.slice(0, start) + text.slice(next ? next.range[0] : item.range[1])
}

function cutBlock(text: string, { items }: List, index: number, key: ParsedNode): string | undefined {
  const item = items[index]
  if (!item) return undefined
  const dash = text.lastIndexOf('-', item.range[0] - 1)
  const start = text.lastIndexOf('\n', dash) + 1
  if (text.slice(start, dash).trim() !== '') return undefined
  const written = text.slice(item.range[0], item.range[1]).trimEnd()
  const end = nextLine(text, item.range[0] + written.length)
  if (items.length > 1) return text.slice(0, start) + text.slice(end)
  // The last one: its list says that it is empty where comments stay in it, else it goes as a whole.
  const from = text.lastIndexOf('\n', key.range[0]) + 1
  const head = text.slice(key.range[1], start)
  if (head.trim() !== ':') {
    const colon = text.indexOf(':', key.range[1]) + 1
    return `${text.slice(0, colon)} []${text.slice(colon, start)}${text.slice(end)}`
  }
  const gap =
    /\n\r?\n$/.test(text.slice(0, from)) && /^\r?\n/.test(text.slice(end)) ? nextLine(text, end) : end
  return text.slice(0, from) + text.slice(gap)
}

/** Where the line after this place begins. */
function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}
