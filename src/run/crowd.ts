/**
 * Who comes between two instants of a session, and where they stick: a row for each stay of somebody at a replica.
 *
 * Where a tier counts sessions (or sticks to replicas for whole visitors) that is what it knows of them; of others
 * it is the replica of the first tier that their address was sent to last, for as long as they have asked lately.
 * It is looked at in even steps, so a stay begins and ends at one of them.
 */

import { CODE, type FactRows, OBJECT, SUBJECT } from '../base/fact-rows.ts'
import type { KeyedRows } from '../base/keyed-rows.ts'
import { flush, type Probe } from '../engine/fact-log.ts'
import { runUntil } from '../engine/simulation.ts'
import type { Cluster, FixedClient } from '../model/cluster.ts'
import { ARRIVED, FRONT, SENT, SETTLED } from '../model/facts.ts'
import { rules } from '../model/rules.ts'
import { VISIT_WIDTH } from '../model/session-state.ts'
import { numberOf, visitorOf } from '../model/session-table.ts'
import { NIL } from '../model/tables.ts'
import { addressOf } from '../model/visitors.ts'
import { populationOf, visitorIn } from './bearers.ts'
import type { Run } from './run.ts'
import { replayTo, type Session } from './session.ts'

/** Columns of equal length: a row for each stay. */
export interface CrowdColumns {
  readonly from: number
  readonly to: number
  readonly step: number
  /** The tier that they stick to, by its number. */
  readonly tier: number
  /** ns; above 0: nobody counts sessions, and these are the addresses that have asked so lately. */
  readonly lookBack: number
  /** How many more there were at one moment. */
  readonly omitted: number
  readonly count: number
  /** The session (or, below 0, the visitor); no more than a name for an address where nobody counts sessions. */
  readonly who: Float64Array
  /** Population, by its number. */
  readonly client: Uint16Array
  readonly address: Uint32Array
  /** The visitor's number where the address is its own; -1 - n: gateway n; of a log the address itself. */
  readonly place: Int32Array
  /** -1: not served yet. */
  readonly node: Int32Array
  /** The window's beginning stands for all before. */
  readonly since: Float64Array
  /** Infinity: it is there at the window's end. */
  readonly until: Float64Array
  /** 0 it began, or was there before; 1 it has moved here; 2 what was known of it is gone. */
  readonly change: Uint8Array
}

/** Of `change`: it is its first stay, it has moved here, what was known of it is gone. */
const FIRST = 0
const MOVED = 1
const LOST = 2

const MOST_STEPS = 60
const SHORTEST_STEP = 1e7
/** Who has not asked for so long is not there any more, where nobody counts sessions; ns. */
const LOOK_BACK = 5e9

/** What is seen of somebody at one moment. */
interface Seen {
  readonly who: number
  readonly client: number
  readonly address: number
  readonly place: number
  readonly node: number
  /** How often that node had crashed when it was there last. */
  readonly crashes: number
}

interface Stay extends Seen {
  readonly since: number
  until: number
  readonly change: number
  /** The step at which it was seen last. */
  step: number
}

/** @param most people at one moment; beyond that some are left out */
export function crowdBetween(
  session: Session,
  replay: Run,
  from: number,
  to: number,
  most: number,
): CrowdColumns {
  const { cluster, scenario, log } = replay
  const counting = cluster.tiers.findIndex(({ visits }) => visits !== undefined)
  const lately = latelySent(cluster)
  log.probes = []
  // Whoever is counted is known at any instant; of others it must be seen where they were sent.
  const isAllCounted = counting >= 0
  replayTo(session, isAllCounted ? from : Math.max(0, from - LOOK_BACK), replay)
  flush(log)
  log.probes = isAllCounted ? [] : [lately]
  const steps = Math.max(1, Math.min(MOST_STEPS, Math.floor((to - from) / SHORTEST_STEP)))
  const step = (to - from) / steps
  const stays: Stay[] = []
  const open = new Map<number, Stay>()
  let omitted = 0
  for (let n = 0; n <= steps; n++) {
    const at = Math.round(from + n * step)
    runUntil(cluster, rules, scenario.faults, at)
    flush(log)
    const seen = isAllCounted ? counted(cluster, counting) : lately.seen(at - LOOK_BACK)
    omitted = Math.max(omitted, seen.length - most)
    for (const one of seen.slice(0, most)) note(cluster, stays, open, one, at, n)
    for (const [key, stay] of open) {
      if (stay.step === n) continue
      stay.until = at
      open.delete(key)
    }
  }
  log.probes = []
  return {
    from,
    to,
    step,
    tier: Math.max(0, counting),
    lookBack: isAllCounted ? 0 : LOOK_BACK,
    omitted: Math.max(0, omitted),
    ...columns(stays),
  }
}

function note(
  c: Cluster,
  stays: Stay[],
  open: Map<number, Stay>,
  seen: Seen,
  at: number,
  step: number,
): void {
  const before = open.get(seen.who)
  if (before?.node === seen.node && before.crashes === seen.crashes) {
    before.step = step
    return
  }
  if (before !== undefined) before.until = at
  const stay = { ...seen, since: at, until: Infinity, change: changeTo(c, before, seen), step }
  stays.push(stay)
  open.set(seen.who, stay)
}

function changeTo(c: Cluster, before: Seen | undefined, { node }: Seen): number {
  if (before === undefined || before.node === NIL) return FIRST
  if (c.fixed.tierOf[node]?.sessions?.state === 'replica') return LOST
  return before.node === node ? FIRST : MOVED
}

/** Everybody whom the tiers count, and whoever is in a session, served or not. */
function counted(c: Cluster, tier: number): Seen[] {
  const visits = c.tiers[tier]!.visits!
  const rowOf = new Map<number, number>()
  for (const place of visits.places) if (place > 0) rowOf.set(visits.keys[place - 1]!, place - 1)
  const seen: Seen[] = []
  const isKeptThere = c.fixed.tiers[tier]!.sessions?.state === 'replica'
  const add = (who: number, client: number, visitor: number) => {
    const fixed = c.fixed.clients[client]!
    const address = addressOf(fixed, visitor)
    const row = rowOf.get(who)
    const where = row === undefined ? NOWHERE : stayIn(visits, row, isKeptThere)
    seen.push({ who, client, address, place: placeOf(fixed, address), ...where })
  }
  for (const row of openSessions(c)) {
    const who = numberOf(c.sessions, row)
    add(who, populationOf(who), visitorOf(c.sessions, row))
  }
  for (const who of rowOf.keys()) if (who < 0) add(who, populationOf(who), visitorIn(who))
  return seen
}

const NOWHERE = { node: NIL, crashes: 0 }

/** Where nothing is kept, a crash is not noticed. */
function stayIn({ values }: KeyedRows, row: number, isKeptThere: boolean): Pick<Seen, 'node' | 'crashes'> {
  return { node: values[row * VISIT_WIDTH]!, crashes: isKeptThere ? values[row * VISIT_WIDTH + 1]! : 0 }
}

/** Rows of sessions under way: those that are in no list of free ones. */
function openSessions({ sessions }: Cluster): number[] {
  const free = new Set<number>()
  for (let row = sessions.free; row !== NIL; row = sessions.int[row << 2]!) free.add(row)
  return Array.from({ length: sessions.used }, (_, row) => row).filter((row) => !free.has(row))
}

/** A gateway is -1 - its number, a visitor of its own address its number; addresses of a log are their own number. */
function placeOf({ nat, firstAddress, source }: FixedClient, address: number): number {
  if (source !== undefined) return address | 0
  const network = Math.floor(address / 256)
  if (nat !== undefined && network >= nat.firstNetwork && network < nat.firstNetwork + nat.gateways)
    return -1 - (network - nat.firstNetwork)
  return address - firstAddress
}

interface Lately extends Probe {
  /** Addresses that have been sent on after an instant. */
  seen(after: number): Seen[]
}

/** Remembers where the requests of each address were sent last in the first tier. */
function latelySent(c: Cluster): Lately {
  const asks = new Map<number, number>()
  const last = new Map<number, Seen & { at: number }>()
  return {
    consume({ num, int }: FactRows, count) {
      for (let row = 0; row < count; row++) {
        const code = int[(row << 3) + CODE]!
        const kind = code & 255
        if (kind !== ARRIVED && kind !== SENT && kind !== SETTLED) continue
        const subject = num[(row << 2) + SUBJECT]!
        const object = int[(row << 3) + OBJECT]!
        if (kind === SETTLED) asks.delete(subject)
        else if (kind === ARRIVED) asks.set(subject, (code >> 8) * 2 ** 32 + (object >>> 0))
        else if (code >> 8 <= FRONT) {
          const who = asks.get(Math.floor(subject))
          if (who !== undefined) last.set(who, { ...sight(c, who, object), at: num[row << 2]! })
        }
      }
    },
    seen(after) {
      for (const [who, { at }] of last) if (at < after) last.delete(who)
      return [...last.values()]
    },
  }
}

/** @param who population times 2^32, plus an address */
function sight(c: Cluster, who: number, node: number): Seen {
  const client = Math.floor(who / 2 ** 32)
  const address = who - client * 2 ** 32
  return { who, client, address, place: placeOf(c.fixed.clients[client]!, address), node, crashes: 0 }
}

function columns(stays: readonly Stay[]) {
  return {
    count: stays.length,
    who: Float64Array.from(stays, ({ who }) => who),
    client: Uint16Array.from(stays, ({ client }) => client),
    address: Uint32Array.from(stays, ({ address }) => address),
    place: Int32Array.from(stays, ({ place }) => place),
    node: Int32Array.from(stays, ({ node }) => node),
    since: Float64Array.from(stays, ({ since }) => since),
    until: Float64Array.from(stays, ({ until }) => until),
    change: Uint8Array.from(stays, ({ change }) => change),
  }
}
