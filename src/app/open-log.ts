/**
 * A dropped access log becomes the arrivals of the cluster on show: as recorded, or faster when it is long. Where
 * the scenario on show waits for a log, the one that is dropped is taken for it.
 */

import { type Complaints, remarks } from '../scenario/access-log/complaints.ts'
import { AS_RECORDED } from '../scenario/access-log/log-options.ts'
import { readLog } from '../scenario/access-log/memory-log.ts'
import { replayLog } from './edits.ts'
import { runAgain } from './engine.ts'
import { grouped, span } from './format.ts'
import { keepLog, missingLog } from './logs.ts'
import { notice } from './stores/notice.ts'
import { runs } from './stores/runs.ts'

/** Bytes; the browser holds the whole log. */
const LARGEST = 512 * 1024 * 1024
/** Read from both ends to find out how long the log lasts. */
const ENDS = 256 * 1024
const NEWLINE = 10
/** A replay is to last about this long, ns. */
const LONG_ENOUGH = 600e9
const SPEEDS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400]

/** Reads an access log and replays it against the cluster on show; what is wrong is said in a notice. */
export async function openLog(file: File): Promise<void> {
  if (file.size > LARGEST) {
    return say(`“${file.name}” has more than 512 MB: replay it in a terminal, which reads it as a stream.`)
  }
  if (file.size === 0) return say(`“${file.name}” is empty: there is nothing to replay.`)
  const { length, records, complaints } = await glance(file)
  if (records === 0) {
    const first = remarks(complaints, file.name)[0]
    const why = first ? ` Line ${first.line} is ${first.message}.` : ''
    return say(`“${file.name}” holds no request in common or combined log format.${why}`)
  }
  const wanted = missingOnShow()
  if (wanted !== undefined) {
    keepLog(wanted, file)
    runAgain()
    const name = wanted === file.name ? `“${wanted}”` : `“${file.name}”, in place of “${wanted}”,`
    return say(`${name} is replayed as the scenario says; it lasts ${span(length)} as recorded.`)
  }
  const speed = SPEEDS.find((factor) => length / factor <= LONG_ENOUGH) ?? SPEEDS.at(-1)!
  keepLog(file.name, file)
  replayLog(file.name, speed, Math.max(1e9, Math.ceil(length / speed / 1e9 + 1) * 1e9))
  const faster = speed > 1 ? `, played ${grouped(speed)} times faster than recorded` : ''
  const where = file.size <= 2 * ENDS ? '' : 'Of its beginning and its end: '
  const left = complaints.malformed > 0 ? ` ${where}${remarks(complaints, file.name).at(-1)?.message}.` : ''
  say(`“${file.name}” lasts ${span(length)}${faster}; addresses, paths and sizes are its own.${left}`)
}

/** How long a log lasts, from its beginning and its end. */
async function glance(
  file: Blob,
): Promise<{ readonly length: number; readonly records: number; readonly complaints: Complaints }> {
  const ends = file.size <= 2 * ENDS ? [file] : [file.slice(0, ENDS), file.slice(-ENDS)]
  const parts = (await Promise.all(ends.map((end) => end.arrayBuffer()))).map((part) => new Uint8Array(part))
  // Where it was cut there is half a line on either side.
  const chunks =
    parts.length === 1
      ? parts
      : [
          parts[0]!.subarray(0, parts[0]!.lastIndexOf(NEWLINE) + 1),
          parts[1]!.subarray(parts[1]!.indexOf(NEWLINE) + 1),
        ]
  const { columns, complaints } = readLog(chunks, AS_RECORDED)
  return { length: columns.at.at(-1) ?? 0, records: columns.at.length, complaints }
}

/** The log that a lane on show waits for. */
function missingOnShow(): string | undefined {
  const { lanes } = runs.getState()
  return lanes.flatMap(({ scenario }) => (scenario ? [missingLog(scenario)] : [])).find(Boolean)
}

function say(text: string): void {
  notice.setState({ text })
}
