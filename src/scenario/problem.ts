/** What is wrong with something a user gave: where, what, and what would be right. */

export interface Problem {
  /** File name, flag or "scenario". */
  readonly file: string
  /** Dotted path of the offender, `tiers.web.balancing.strategy`; "" for the whole. */
  readonly path: string
  /** 1-based; 0 when there is no text to point into. */
  readonly line: number
  readonly column: number
  /** Quotes the offender and says what is allowed; a sentence without its full stop. */
  readonly message: string
  /** The nearest right name (`did you mean "web"?`) or a cure; "" when there is none. */
  readonly hint: string
}

/** `file:line:column: path: message; hint` on one line. */
export function describe(problem: Problem): string {
  const place = problem.line > 0 ? `${problem.file}:${problem.line}:${problem.column}` : problem.file
  const where = problem.path ? ` ${problem.path}:` : ''
  return `${place}:${where} ${problem.message}${problem.hint ? `; ${problem.hint}` : ''}`
}
