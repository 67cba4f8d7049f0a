/** What a visitor did, request by request, from the facts of its address. */

import { isServed } from '../../../policies/caching/verdicts.ts'
import type { FactColumns } from '../../../worker/protocol.ts'

export interface VisitorRow {
  readonly request: number
  readonly born: number
  readonly key: number
  /** Nodes that it was sent to, in order, those of further tries among them. */
  readonly nodes: readonly number[]
  /** -1 while it is under way. */
  readonly outcome: number
  /** ns; NaN while it is under way. */
  readonly latency: number
  /** What happened to its session and its connections, in order. */
  readonly notes: readonly string[]
}

const NOTES: Readonly<Partial<Record<FactColumns['kind'][number], string>>> = {
  'session-began': 'its session begins',
  'session-moved': 'its session moves here from another replica',
  'session-lost': 'what was known of its session is gone',
  'held-back': 'it is held back',
  retried: 'it is tried again',
}

/** Of a connection that is opened, by its detail. */
export const HANDSHAKES = ['a connection is opened', 'a full TLS handshake', 'a resumed TLS handshake']
export const FROM_CACHE = 'a cache answers'
export const NOT_IN_CACHE = 'not in the cache'
export const AT_HOME = 'its own cache answers'
/** Added to a verdict when a look-up has waited: it was told before. */
const WAITED = 16

/** In order of birth. */
export function visitorRows(facts: FactColumns): readonly VisitorRow[] {
  const rows = new Map<number, { -readonly [K in keyof VisitorRow]: VisitorRow[K] }>()
  for (let i = 0; i < facts.count; i++) {
    const kind = facts.kind[i]!
    const request = Math.floor(facts.subject[i]!)
    if (kind === 'arrived') {
      const born = { request, born: facts.at[i]!, key: facts.value[i]!, nodes: [], outcome: -1 }
      rows.set(request, { ...born, latency: Number.NaN, notes: [] })
    }
    const row = rows.get(request)
    if (!row) continue
    const note = NOTES[kind]
    if (kind === 'connection-opened') row.notes = [...row.notes, HANDSHAKES[facts.detail[i]!] ?? '']
    else if (kind === 'looked-up' && facts.detail[i]! < WAITED) {
      row.notes = [...row.notes, isServed(facts.detail[i]!) ? FROM_CACHE : NOT_IN_CACHE]
    } else if (kind === 'asked-at-home' && facts.detail[i] === 1) row.notes = [...row.notes, AT_HOME]
    else if (kind === 'sent') row.nodes = [...row.nodes, facts.object[i]!]
    else if (kind === 'settled') {
      row.outcome = facts.detail[i]!
      row.latency = facts.value[i]!
    } else if (note !== undefined && !row.notes.includes(note)) row.notes = [...row.notes, note]
  }
  return [...rows.values()]
}

/** What is asked of the engine for them. */
export const VISITOR_KINDS: readonly FactColumns['kind'][number][] = [
  'arrived',
  'sent',
  'settled',
  'connection-opened',
  'looked-up',
  'asked-at-home',
  ...(Object.keys(NOTES) as FactColumns['kind'][number][]),
]

/** An address as people write one: its 32 bits as four numbers. */
export function visitorName(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')
}
