/**
 * An access log from bytes to arrivals: pushed in chunks, read line by line, put into order, spread over
 * its seconds. Memory does not grow with the log. Nothing in a log makes it throw.
 */

import { LONGEST } from '../../base/time.ts'
import { type Complaints, excerptOf, malformed, noComplaints } from './complaints.ts'
import { instants } from './instants.ts'
import { BLANK, FINE, type Flaw, type Line, parseLine, STRAY, TOO_LONG } from './line.ts'
import { lineSplitter } from './line-splitter.ts'
import type { LogOptions } from './log-options.ts'
import { reorder, WINDOW } from './reorder.ts'

/** Takes the records in order of time: see `LogRecord`. */
export type RecordSink = (at: number, address: number, key: number, size: number) => void

export interface LogReader {
  /** The next bytes of the log; the chunk may be used again afterwards. */
  push(chunk: Uint8Array): void
  /** The log is over: hands on what was still being sorted. */
  end(): void
  /** Of the lines read so far. */
  readonly complaints: Complaints
}

/** A line that runs this far ahead of all before it (seconds) is believed when the next line agrees. */
const LEAP = 3600

export function logReader(options: LogOptions, sink: RecordSink): LogReader {
  const complaints = noComplaints()
  const clock = instants(options)
  let inSecond = 0
  const sorted = reorder({
    enter(second, count) {
      clock.enter(second, count)
      inSecond = 0
    },
    record(address, key, size) {
      const at = clock.at(inSecond++)
      if (at <= LONGEST) sink(at, address, key, size)
      else complaints.beyond++
    },
  })

  const line: Line = { second: 0, address: 0, key: 0, size: 0 }
  let newest = -Infinity
  /** A line whose time leapt ahead, until the next one shows whether its clock was right. */
  let leap: (Line & { number: number; text: string }) | undefined

  function accept({ second, address, key, size }: Line, number: number): void {
    if (second > newest) newest = second
    const late = sorted.add(second, address, key, size)
    if (late === 0) return
    complaints.late++
    complaints.firstLate ??= { line: number, seconds: late }
  }

  function settleLeap(next: number): void {
    if (leap === undefined) return
    if (next >= leap.second - WINDOW) accept(leap, leap.number)
    else {
      const { text, number } = leap
      malformed(complaints, STRAY, number, () => text)
    }
    leap = undefined
  }

  function refuse(flaw: Flaw, bytes: Uint8Array, from: number, to: number): void {
    malformed(complaints, flaw, complaints.lines, () => excerptOf(bytes, from, to))
  }

  const lines = lineSplitter({
    line(bytes, from, to) {
      const number = ++complaints.lines
      const flaw = parseLine(bytes, from, to, line)
      if (flaw === BLANK) return
      if (flaw !== FINE) return refuse(flaw, bytes, from, to)
      settleLeap(line.second)
      if (line.second <= newest + LEAP) accept(line, number)
      else leap = { ...line, number, text: excerptOf(bytes, from, to) }
    },
    tooLong(bytes, from, to) {
      complaints.lines++
      refuse(TOO_LONG, bytes, from, to)
    },
  })

  return {
    push: lines.push,
    end() {
      lines.end()
      settleLeap(Infinity)
      sorted.end()
    },
    complaints,
  }
}
