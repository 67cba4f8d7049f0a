/** HAProxy's configuration text as sections of lines, each a list of words. */

import type { Fault } from '../read-recording.ts'

export interface Line {
  readonly words: readonly string[]
  /** From 1. */
  readonly number: number
}

export interface Section {
  /** `global`, `defaults`, `listen`, `frontend`, `backend`, … */
  readonly kind: string
  /** "" when it has none. */
  readonly name: string
  /** Further words of the section's first line. */
  readonly words: readonly string[]
  readonly lines: readonly Line[]
}

export interface Sections {
  readonly sections: readonly Section[]
  readonly faults: readonly Fault[]
}

const KINDS = new Set(['global', 'defaults', 'listen', 'frontend', 'backend'])
/** Words that also mean something else inside a section. */
const OTHER_KINDS = new Set([
  ...['peers', 'resolvers', 'userlist', 'mailers', 'program', 'http-errors', 'ring', 'log-forward', 'cache'],
  ...['fcgi-app', 'crt-store', 'traces'],
])

/** Never throws. */
export function readSections(text: string): Sections {
  const faults: Fault[] = []
  const sections: (Section & { readonly lines: Line[] })[] = []
  text.split('\n').forEach((line, i) => {
    const number = i + 1
    const words = wordsOf(line)
    if (words === undefined) {
      faults.push({ line: number, message: 'a quote is not closed.' })
      return
    }
    const [first, name = '', ...rest] = words
    if (first === undefined) return
    if (KINDS.has(first) || (OTHER_KINDS.has(first) && !/^\s/.test(line)))
      sections.push({ kind: first, name, words: rest, lines: [] })
    else if (sections.length > 0) sections[sections.length - 1]!.lines.push({ words, number })
    else faults.push({ line: number, message: `"${first}" stands in no section.` })
  })
  return { sections, faults }
}

const WORD = /\s+|#.*$|((?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'#\\])+)|(["'])/gy

/** Quotes may stand anywhere in a word; undefined when one is not closed. */
function wordsOf(line: string): string[] | undefined {
  const words: string[] = []
  for (const [, word, quote] of line.matchAll(WORD)) {
    if (quote !== undefined) return undefined
    if (word === undefined) continue
    words.push(
      word.replace(/\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_, escaped, weak, strong) => {
        return escaped ?? strong ?? (weak as string).replace(/\\(.)/g, '$1')
      }),
    )
  }
  return words
}
