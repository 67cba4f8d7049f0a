/** A log held in memory as columns, 20 bytes a record: for the browser, whose columns pass to a worker as they are. */

import type { Complaints } from './complaints.ts'
import type { LogOptions } from './log-options.ts'
import { logReader } from './log-reader.ts'
import type { LogSource } from './log-source.ts'
import { longer } from './longer.ts'

/** Plain data, in order of time; see `LogRecord`. */
export interface LogColumns {
  readonly at: Float64Array
  readonly address: Uint32Array
  readonly key: Uint32Array
  readonly size: Uint32Array
}

/** Reads a whole log: its text, or its bytes in chunks. */
export function readLog(
  from: string | Iterable<Uint8Array>,
  options: LogOptions,
): { readonly columns: LogColumns; readonly complaints: Complaints } {
  let capacity = 1024
  let count = 0
  let at = new Float64Array(capacity)
  let [address, key, size] = [new Uint32Array(capacity), new Uint32Array(capacity), new Uint32Array(capacity)]

  const reader = logReader(options, (when, who, what, bytes) => {
    if (count === capacity) {
      capacity *= 2
      at = longer(at, capacity)
      address = longer(address, capacity)
      key = longer(key, capacity)
      size = longer(size, capacity)
    }
    at[count] = when
    address[count] = who
    key[count] = what
    size[count++] = bytes
  })
  for (const chunk of typeof from === 'string' ? [new TextEncoder().encode(from)] : from) reader.push(chunk)
  reader.end()
  const columns = {
    at: at.slice(0, count),
    address: address.slice(0, count),
    key: key.slice(0, count),
    size: size.slice(0, count),
  }
  return { columns, complaints: reader.complaints }
}

/** Columns as the engine reads them. */
export function sourceOf({ at, address, key, size }: LogColumns): LogSource {
  return {
    count: at.length,
    end: at.at(-1) ?? 0,
    read(index, into) {
      if (index >= at.length) return false
      into.at = at[index]!
      into.address = address[index]!
      into.key = key[index]!
      into.size = size[index]!
      return true
    },
  }
}
