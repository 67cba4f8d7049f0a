/** What is wrong with something a user gave: where, what, and what would be right. */

export interface Problem {
  /** File name, flag or "scenario". */
  readonly file: string
  /** Dotted path of the offender, `tiers.web.balancing.strategy`; "" for the whole. */
  readonly path: string
  /** 1-based; 0 when there is no text to point into. */
  readonly line: number
  readonly column: number
  /** One sentence that quotes the offender and says what is allowed. */
  readonly message: string
  /** The nearest right name (`Did you mean "web"?`) or a cure, as a sentence; "" when there is none. */
  readonly hint: string
}

/** `file:line:column: path: message; hint` on one line. */
export function describe({ file, path, line, column, message, hint }: Problem): string {
  const place = line > 0 ? `${file}:${line}:${column}` : file
  const where = path ? ` ${path}:` : ''
  if (hint === '') return `${place}:${where} ${message}`
  const isWord = /^[A-Z][a-z ]/.test(hint)
  const cure = isWord ? hint.charAt(0).toLowerCase() + hint.slice(1) : hint
  return `${place}:${where} ${message.replace(/\.$/, '')}; ${cure}`
}
