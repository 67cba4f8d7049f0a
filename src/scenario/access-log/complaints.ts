/** What was wrong with a log, counted, with the first few of each kind by line number. */

import type { Problem } from '../problem.ts'
import { FLAWS, type Flaw } from './line.ts'
import { WINDOW } from './reorder.ts'

/** Plain data. */
export interface Complaints {
  /** Lines read, blank ones too. */
  lines: number
  /** Lines that are no log line; left out. */
  malformed: number
  /** Lines too late to be sorted in; they count as arriving when they were read. */
  late: number
  /** Records more than 104 days (of simulated time) after the first; left out. */
  beyond: number
  readonly first: {
    readonly line: number
    readonly flaw: Flaw
    /** The beginning of the line. */
    readonly text: string
  }[]
  /** The first late line, and by how many seconds it was late. */
  firstLate: { readonly line: number; readonly seconds: number } | undefined
}

/** So many malformed lines are shown; the rest are counted. */
const SHOWN = 5
const EXCERPT = 60

export function noComplaints(): Complaints {
  return { lines: 0, malformed: 0, late: 0, beyond: 0, first: [], firstLate: undefined }
}

/** Counts a malformed line. */
export function malformed(into: Complaints, flaw: Flaw, line: number, excerpt: () => string): void {
  into.malformed++
  if (into.first.length < SHOWN) into.first.push({ line, flaw, text: excerpt() })
}

/** The beginning of a line as printable text. */
export function excerptOf(bytes: Uint8Array, from: number, to: number): string {
  const text = new TextDecoder().decode(bytes.subarray(from, Math.min(to, from + EXCERPT)))
  // Control characters could talk to the terminal.
  const printable = text.replace(/[\p{C}\ufffd]/gu, '·')
  return to - from > EXCERPT ? `${printable}…` : printable
}

/** The complaints as remarks for people; none is a reason not to run. */
export function remarks(found: Complaints, file: string): Problem[] {
  const { lines, malformed: bad, late, beyond, first, firstLate } = found
  const about = (line: number, message: string): Problem => {
    return { file, path: '', line, column: line > 0 ? 1 : 0, message, hint: '' }
  }
  const list = first.map(({ line, flaw, text }) =>
    about(line, `left out: ${FLAWS[flaw]}${text ? `: "${text}"` : ''}`),
  )
  if (lines === 0) list.push(about(0, 'the log is empty'))
  if (bad > 0) {
    const rest = bad > first.length ? ` (the first ${first.length} are named above)` : ''
    list.push(about(0, `${count(bad, 'line')} of ${lines} left out as malformed${rest}`))
  }
  if (firstLate) {
    const { line, seconds } = firstLate
    const which = late === 1 ? 'this line comes' : `the first of ${late} lines that come`
    const how = `${seconds} s too late to be sorted in (${WINDOW / 60} minutes can be)`
    list.push(about(line, `${which} ${how}: taken to be of the time of the lines around it`))
  }
  if (beyond > 0)
    list.push(about(0, `${count(beyond, 'request')} left out: later than 104 days, the longest run`))
  return list
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
