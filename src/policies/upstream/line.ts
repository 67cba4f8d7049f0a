/**
 * Requests that wait at a balancer for a free place: one line for all replicas and one for each, first come
 * first served. A replica with a free place takes whoever has waited longer, of its own line and the common.
 *
 * Source: HAProxy 2.6.12, queue.c. A ticket is any whole number by which the caller knows a request.
 */

/** No place, no group, no replica. */
export const NIL = -1

/** The line for every replica; a replica's own is `COMMON` + 1 + its number. */
export const COMMON = 0

export interface Line {
  /** By place: the ticket, which line, when it joined in the order of all, and its neighbours. */
  ticket: Float64Array
  order: Float64Array
  which: Int32Array
  next: Int32Array
  previous: Int32Array
  /** By line. */
  readonly first: Int32Array
  readonly last: Int32Array
  readonly length: Int32Array
  /** Places that are free, places ever used, requests that wait, and that ever joined. */
  free: number
  used: number
  waiting: number
  joined: number
}

export function emptyLine(replicas: number): Line {
  const lines = replicas + 1
  return {
    ticket: new Float64Array(16),
    order: new Float64Array(16),
    which: new Int32Array(16),
    next: new Int32Array(16),
    previous: new Int32Array(16),
    first: new Int32Array(lines).fill(NIL),
    last: new Int32Array(lines).fill(NIL),
    length: new Int32Array(lines),
    free: NIL,
    used: 0,
    waiting: 0,
    joined: 0,
  }
}

/** Puts a ticket at the end. @returns its place, by which it can leave */
export function join(line: Line, ticket: number, which: number): number {
  let place = line.free
  if (place === NIL) {
    if (line.used === line.ticket.length) widen(line)
    place = line.used++
  } else line.free = line.next[place]!
  line.ticket[place] = ticket
  line.which[place] = which
  line.order[place] = line.joined++
  const last = line.last[which]!
  line.previous[place] = last
  line.next[place] = NIL
  if (last === NIL) line.first[which] = place
  else line.next[last] = place
  line.last[which] = place
  line.length[which]!++
  line.waiting++
  return place
}

/** Takes whoever stands at a place out of the line. @returns the ticket */
export function quit(line: Line, place: number): number {
  const which = line.which[place]!
  const next = line.next[place]!
  const previous = line.previous[place]!
  if (previous === NIL) line.first[which] = next
  else line.next[previous] = next
  if (next === NIL) line.last[which] = previous
  else line.previous[next] = previous
  line.length[which]!--
  line.waiting--
  line.next[place] = line.free
  line.free = place
  return line.ticket[place]!
}

/** The place of whoever is next for a replica: of its own line and the common one, who joined first. */
export function nextFor(line: Line, replica: number): number {
  const own = line.first[COMMON + 1 + replica]!
  const common = line.first[COMMON]!
  if (own === NIL || common === NIL) return own === NIL ? common : own
  return line.order[own]! < line.order[common]! ? own : common
}

function widen(line: Line): void {
  const size = line.ticket.length * 2
  for (const name of ['ticket', 'order'] as const) line[name] = grown(line[name], new Float64Array(size))
  for (const name of ['which', 'next', 'previous'] as const)
    line[name] = grown(line[name], new Int32Array(size))
}

function grown<T extends Float64Array | Int32Array>(old: T, wide: T): T {
  wide.set(old)
  return wide
}
