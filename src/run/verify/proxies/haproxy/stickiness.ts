/** HAProxy's `cookie`, `stick-table` and `stick on`: how later requests of a client find its server. */

import { Unfit } from '../../unfit.ts'
import type { Line } from './sections.ts'
import { milliseconds } from './times.ts'

export interface CookieRule {
  readonly name: string
  readonly mode: 'insert' | 'rewrite'
  /** A server's own cookie of that name is left alone. */
  readonly preserves: boolean
  /** What stands behind `path=/`. */
  readonly attributes: string
}

export interface StickRule {
  /** The header whose value is the key; "": the client's address. */
  readonly header: string
  /** ms after its last use at which an entry ends; 0: never. */
  readonly expire: number
  /** Entries that there may be. */
  readonly size: number
  /** Characters of a key that count. */
  readonly length: number
}

/** @throws Unfit when a word is not known */
export function cookieRuleOf({ words: [, name, ...options] }: Line): CookieRule {
  if (name === undefined) throw new Unfit('"cookie" has no name')
  const has = (word: string) => options.includes(word)
  let domain = ''
  options.forEach((word, i) => {
    if (options[i - 1] === 'domain') domain += `; domain=${word}`
    else if (!COOKIE_WORDS.has(word)) throw new Unfit(`unknown option "${word}" of "cookie"`)
  })
  if (has('insert') === has('rewrite')) throw new Unfit('"cookie" must have one of "insert" and "rewrite"')
  return {
    name,
    mode: has('insert') ? 'insert' : 'rewrite',
    preserves: has('preserve'),
    attributes: `${domain}${has('httponly') ? '; HttpOnly' : ''}${has('secure') ? '; Secure' : ''}`,
  }
}

const COOKIE_WORDS = new Set([
  ...['insert', 'rewrite', 'indirect', 'nocache', 'preserve', 'httponly', 'secure', 'domain'],
])

/** No recording fills more. */
const LARGEST = 1_000_000

const SIZES: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** @throws Unfit when a word is not known */
export function stickRuleOf(table: Line | undefined, on: Line): StickRule {
  const rule = on.words.join(' ')
  const header = /^stick on (?:req\.)?hdr\(([^)]+)\)$/.exec(rule)?.[1]
  if (header === undefined && !/^stick on src$/.test(rule)) throw new Unfit(`unknown "${rule}"`)
  if (table === undefined) throw new Unfit('"stick on" has no "stick-table"')
  const [, ...words] = table.words
  const options = new Map<string, string>()
  for (let i = 0; i < words.length; i += 2) {
    if (!TABLE_WORDS.has(words[i]!)) throw new Unfit(`unknown option "${words[i]}" of "stick-table"`)
    options.set(words[i]!, words[i + 1] ?? '')
  }
  const size = /^(\d+)([kmg]?)$/.exec(options.get('size') ?? '')
  if (!size) throw new Unfit('"stick-table" has no size')
  const expire = options.get('expire')
  return {
    header: header ?? '',
    expire: expire === undefined ? 0 : milliseconds(expire),
    size: Math.min(LARGEST, Number(size[1]) * SIZES[size[2]!]!),
    length: Number(options.get('len') ?? 32),
  }
}

const TABLE_WORDS = new Set(['type', 'len', 'size', 'expire'])
