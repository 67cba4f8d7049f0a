/** What is to be done, in order of time; of equal times in the order in which it was put down. */

interface Entry {
  readonly at: number
  readonly run: () => void
  isOff: boolean
}

export interface Agenda {
  /** ms since the recording's time 0. */
  now: number
  readonly entries: Entry[]
}

export function emptyAgenda(): Agenda {
  return { now: 0, entries: [] }
}

/** @returns how to call it off */
export function plan(agenda: Agenda, at: number, run: () => void): () => void {
  const { entries } = agenda
  const entry: Entry = { at, run, isOff: false }
  let place = entries.length
  while (place > 0 && entries[place - 1]!.at > at) place--
  entries.splice(place, 0, entry)
  return () => {
    entry.isOff = true
  }
}

/** Does what is to be done up to a time, what is put down meanwhile included; then it is that time. */
export function runUntil(agenda: Agenda, until: number): void {
  while (agenda.entries.length > 0 && agenda.entries[0]!.at <= until) step(agenda)
  agenda.now = until
}

/** Does one thing after the other until there is nothing left, or enough is done. */
export function runWhile(agenda: Agenda, isOpen: () => boolean): void {
  while (agenda.entries.length > 0 && isOpen()) step(agenda)
}

function step(agenda: Agenda): void {
  const { at, isOff, run } = agenda.entries.shift()!
  agenda.now = at
  if (!isOff) run()
}
