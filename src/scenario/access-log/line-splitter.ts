/** Cuts chunks of bytes into lines: each is handed on in place, and only one that spans chunks is copied. */

/** Longer lines are not looked into. */
export const LONGEST_LINE = 65536

export interface LineHandler {
  /** A line without its end (LF or CRLF): bytes[from, to), valid during the call. */
  line(bytes: Uint8Array, from: number, to: number): void
  /** A line of more than LONGEST_LINE bytes, of which these are the first. */
  tooLong(bytes: Uint8Array, from: number, to: number): void
}

export interface LineSplitter {
  push(chunk: Uint8Array): void
  /** Hands on a last line that has no line end. */
  end(): void
}

const LF = 0x0a
const CR = 0x0d

export function lineSplitter(into: LineHandler): LineSplitter {
  const carry = new Uint8Array(LONGEST_LINE + 1)
  let carried = 0
  let isSkipping = false
  let isFirst = true

  function whole(bytes: Uint8Array, from: number, to: number): void {
    if (isFirst) {
      isFirst = false
      if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3
    }
    if (to > from && bytes[to - 1] === CR) to--
    if (to - from > LONGEST_LINE) into.tooLong(bytes, from, to)
    else into.line(bytes, from, to)
  }

  /** Keeps the beginning of a line whose end is in a later chunk. */
  function keep(bytes: Uint8Array, from: number, to: number): void {
    if (isSkipping) return
    const room = carry.length - carried
    carry.set(bytes.subarray(from, Math.min(to, from + room)), carried)
    carried += Math.min(room, to - from)
    if (to - from > room) {
      into.tooLong(carry, 0, carried)
      isSkipping = true
    }
  }

  return {
    push(chunk) {
      let from = 0
      for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
        if (carried === 0) whole(chunk, from, at)
        else {
          keep(chunk, from, at)
          if (!isSkipping) whole(carry, 0, carried)
          carried = 0
          isSkipping = false
        }
        from = at + 1
      }
      if (from < chunk.length) keep(chunk, from, chunk.length)
    },
    end() {
      if (carried > 0 && !isSkipping) whole(carry, 0, carried)
      carried = 0
      isSkipping = false
    },
  }
}
