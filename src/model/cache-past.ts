/**
 * Requests that go past a cache, neither looked up nor kept: a share of all, and those that change something.
 * What such a write does to the object that it changes is up to the cache: at the node that it passed at
 * once, and at the other nodes of the tier when the news has reached them.
 *
 * An object changes at its origin when the answer to the write reaches the cache nearest to that. An answer
 * to a read that is on its way meanwhile counts as new.
 *
 * Source: RFC 9111, 4.4.
 */

import { addRow, findRow, type KeyedRows, NO_ROW, removeRow } from '../base/keyed-rows.ts'
import { schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import {
  noteAsOf,
  noteChange,
  purge,
  refresh,
  slotOf,
  storedAt,
  writtenAt,
} from '../policies/caching/cache-node.ts'
import { isAmong } from '../policies/caching/origin.ts'
import { type FixedCache, NEWS_WIDTH } from './cache-state.ts'
import { type Cluster, draw } from './cluster.ts'
import { NEWS_ARRIVES } from './event-kinds.ts'
import { INVALIDATED, OK, WENT_PAST } from './facts.ts'
import { KEY, REQUEST, SERIAL } from './tables.ts'
import { tryRow, WRITES } from './tries-table.ts'

/** So that other requests pass than those of other draws. */
const SALT = 0x7a55

/** Of news under way: the key, and when it was changed. */
const NEWS_KEY = 0
const NEWS_OF = 1

/** Whether a request changes something. */
export function isWrite({ tries }: Cluster, request: number): boolean {
  return tries !== undefined && tries.int[tryRow(request) | WRITES] === 1
}

/** Whether a call has nothing to do with the cache that it comes to. */
export function goesPast(c: Cluster, call: number, { bypass, writes }: FixedCache): boolean {
  if (bypass === 0 && writes === undefined) return false
  const request = c.calls.int[(call << 3) | REQUEST]!
  if (isWrite(c, request)) return true
  return isAmong(Math.floor(c.requests.num[request * c.requests.stride + SERIAL]!), bypass, SALT)
}

/** A call that goes past a cache sets out. */
export function notePassing(c: Cluster, call: number, node: number): void {
  const request = c.calls.int[(call << 3) | REQUEST]!
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, WENT_PAST + (isWrite(c, request) ? 256 : 0), node, serial, 0)
}

/** A call that went past a cache is answered. */
export function wentPast(c: Cluster, call: number, node: number, cache: FixedCache, outcome: number): void {
  const { writes } = cache
  const request = c.calls.int[(call << 3) | REQUEST]!
  if (writes === undefined || outcome !== OK || !isWrite(c, request)) return
  const { index, first, count } = c.fixed.tierOf[node]!
  const key = c.requests.num[request * c.requests.stride + KEY]!
  if (index === c.caches!.innermost) changeAtOrigin(c, key)
  if (writes.effect === 'none') return
  act(c, node, cache, key, c.now)
  if (writes.delay === undefined) return
  for (let other = first; other < first + count; other++) {
    if (other !== node) sendNews(c, other, key, draw(writes.delay, c.caches!.random[node]!))
  }
}

/** An object has changed at its origin: whatever caches hold of it is old. */
export function changeAtOrigin(c: Cluster, key: number): void {
  const { nodes, written } = c.caches!
  let row = findRow(written, key)
  if (row === NO_ROW) row = addRow(written, key)
  written.values[row] = c.now
  for (const [node, mind] of nodes.entries()) {
    if (mind === undefined) continue
    const { variants } = c.fixed.tierOf[node]!.cache!
    for (let v = 0; v < variants; v++) {
      const slot = slotOf(mind, variants === 1 ? key : key * variants + v)
      if (slot !== NO_ROW) noteChange(mind, slot, c.now)
    }
  }
}

/** When an object was last written, or -Infinity. */
export function lastWrite(written: KeyedRows, key: number): number {
  const row = findRow(written, key)
  return row === NO_ROW ? -Infinity : written.values[row]!
}

/** A node hears that an object has changed. */
export function newsArrives(c: Cluster, node: number, row: number): void {
  const { news } = c.caches!
  const at = row * NEWS_WIDTH
  const key = news.values[at + NEWS_KEY]!
  const of = news.values[at + NEWS_OF]!
  removeRow(news, row)
  act(c, node, c.fixed.tierOf[node]!.cache!, key, of)
}

function sendNews(c: Cluster, node: number, key: number, delay: number): void {
  const caches = c.caches!
  const row = addRow(caches.news, caches.newsSent++)
  caches.news.values[row * NEWS_WIDTH + NEWS_KEY] = key
  caches.news.values[row * NEWS_WIDTH + NEWS_OF] = c.now
  schedule(c.queue, c.now + delay, NEWS_ARRIVES, node, row)
}

/** What a node holds of an object is taken out, or is as it was at `of` from now on. */
function act(
  c: Cluster,
  node: number,
  { settings, variants, writes, life }: FixedCache,
  key: number,
  of: number,
): void {
  const mind = c.caches!.nodes[node]!
  const updates = writes!.effect === 'update'
  let n = 0
  for (let v = 0; v < variants; v++) {
    const object = variants === 1 ? key : key * variants + v
    const slot = slotOf(mind, object)
    if (slot === NO_ROW) continue
    // Older news changes nothing of what is newer.
    if (updates && storedAt(mind, slot) >= of && writtenAt(mind, slot) > of && of < c.now) continue
    n++
    if (!updates) purge(mind, settings, object)
    else {
      refresh(mind, slot, life, c.now)
      noteAsOf(mind, slot, of)
      const last = lastWrite(c.caches!.written, key)
      if (last > of) noteChange(mind, slot, last)
    }
  }
  if (n > 0) record(c.fixed.log, c.now, INVALIDATED + (updates ? 256 : 0), node, n, 0)
}
