/**
 * An access log read from its file as the run asks for it, in memory that does not grow with the log. Going
 * back begins again at the top; `count` and `end` cost a pass of their own, once, when they are asked for.
 */

import { closeSync, openSync, readSync } from 'node:fs'
import { type Complaints, noComplaints } from '../scenario/access-log/complaints.ts'
import type { LogOptions } from '../scenario/access-log/log-options.ts'
import { type LogReader, logReader, type RecordSink } from '../scenario/access-log/log-reader.ts'
import type { LogSource } from '../scenario/access-log/log-source.ts'
import { type RecordQueue, recordQueue } from './record-queue.ts'

export interface LogFile extends LogSource {
  /** As it was opened. */
  readonly path: string
  /** Of the lines read so far, by the pass that came farthest. */
  readonly complaints: Complaints
  /**
   * Reads on, for about so many milliseconds, to know count, end and all complaints.
   * @returns true when they are known
   */
  scan(milliseconds: number): boolean
  close(): void
}

const CHUNK = 256 * 1024

/** @throws Error of node:fs when the file cannot be read, here or later */
export function logFile(path: string, options: LogOptions): LogFile {
  const buffer = new Uint8Array(CHUNK)
  let farthest = noComplaints()
  let pass = begin()
  const total = { count: 0, end: 0 }
  let scanning: Reading | undefined

  function begin(): Pass {
    const queue = recordQueue()
    return { queue, ...openPass(path, options, queue.add) }
  }

  function readOn(reading: Reading): void {
    const length = readSync(reading.fd, buffer, 0, CHUNK, null)
    if (length > 0) reading.reader.push(buffer.subarray(0, length))
    else finish(reading)
    if (reading.reader.complaints.lines >= farthest.lines) farthest = reading.reader.complaints
  }

  function scan(milliseconds: number): boolean {
    scanning ??= openPass(path, options, (at) => {
      total.count++
      total.end = at
    })
    const until = performance.now() + milliseconds
    while (!scanning.isOver && performance.now() < until) readOn(scanning)
    return scanning.isOver
  }

  return {
    path,
    get count() {
      scan(Infinity)
      return total.count
    },
    get end() {
      scan(Infinity)
      return total.end
    },
    get complaints() {
      return farthest
    },
    read(index, into) {
      if (index < pass.queue.first) {
        close(pass)
        pass = begin()
      }
      while (index >= pass.queue.end && !pass.isOver) readOn(pass)
      if (index >= pass.queue.end) return false
      pass.queue.read(index, into)
      return true
    },
    scan,
    close() {
      close(pass)
      if (scanning) close(scanning)
    },
  }
}

interface Reading {
  readonly fd: number
  readonly reader: LogReader
  isOver: boolean
}

interface Pass extends Reading {
  readonly queue: RecordQueue
}

function openPass(path: string, options: LogOptions, sink: RecordSink): Reading {
  return { reader: logReader(options, sink), fd: openSync(path, 'r'), isOver: false }
}

function finish(reading: Reading): void {
  reading.reader.end()
  close(reading)
}

function close(reading: Reading): void {
  if (!reading.isOver) closeSync(reading.fd)
  reading.isOver = true
}
