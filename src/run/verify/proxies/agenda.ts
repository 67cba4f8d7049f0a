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

/** Does all of it, and what is put down meanwhile. */
export function runAgenda(agenda: Agenda, until = Infinity): void {
  const { entries } = agenda
  while (entries.length > 0 && entries[0]!.at <= until) {
    const entry = entries.shift()!
    agenda.now = entry.at
    if (!entry.isOff) entry.run()
  }
}
