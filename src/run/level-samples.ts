/**
 * How full everything is, looked at in even steps while a window of the trace is replayed: queues, slots, the
 * lines at balancers in front, open connections, caches, and why balancers leave replicas out.
 */

import type { Cluster } from '../model/cluster.ts'
import { highest } from '../model/front-choice.ts'
import { BUSY, NODE_INT, WAITING } from '../model/nodes.ts'
import { DOWN, DRAINING, EJECTED, MAINTENANCE, OUTSIDE, UNKNOWN } from '../policies/upstream/standing.ts'

/** Columns of equal length: value[frame * nodes + node]; see worker/protocol.ts. */
export interface LevelColumns {
  readonly step: number
  readonly frames: number
  readonly nodes: number
  readonly queued: Uint16Array
  readonly busy: Uint16Array
  readonly held: Uint16Array
  readonly standing: Uint8Array
  readonly fronts: Uint8Array
  readonly open?: Uint32Array
  readonly filled?: Uint8Array
}

/** Of `standing`, beyond the reasons of policies/upstream: it gets less than its share; it is on trial. */
const SLOW_START = 64
const ON_TRIAL = 128
const REASONS = DOWN | EJECTED | DRAINING | MAINTENANCE | UNKNOWN | OUTSIDE
/** Of `fronts`. */
const DEAD = 1
const HAS_ADDRESS = 2
const NOT_IN_DNS = 4
/** A cache that is full. */
const FULL = 255

const MOST_LEVELS = 1_000_000
const MOST_FRAMES = 480
/** Of a replica as a balancer sees it, in all frames; beyond, not every balancer is looked at. */
const MOST_VIEWS = 3_000_000

/** Empty columns for a window from `from` to `to`. */
export function levelColumns(c: Cluster, from: number, to: number): LevelColumns {
  const nodes = c.nodes.heaps.length
  const frames = Math.max(2, Math.min(MOST_FRAMES, Math.floor(MOST_LEVELS / nodes)))
  const { fronts, tiers } = c.fixed
  return {
    step: (to - from) / (frames - 1),
    frames,
    nodes,
    queued: new Uint16Array(frames * nodes),
    busy: new Uint16Array(frames * nodes),
    held: new Uint16Array(frames * fronts),
    standing: new Uint8Array(frames * nodes),
    fronts: new Uint8Array(frames * fronts),
    ...(tiers.some(({ transport, kept }) => (transport ?? kept) !== undefined) && {
      open: new Uint32Array(frames * nodes),
    }),
    ...(c.caches !== undefined && { filled: new Uint8Array(frames * nodes) }),
  }
}

/** Writes down how a cluster is now. */
export function sample(c: Cluster, levels: LevelColumns, frame: number): void {
  const { nodes, queued, busy, held, open, filled } = levels
  const { int } = c.nodes
  const first = frame * nodes
  for (let node = 0; node < nodes; node++) {
    queued[first + node] = Math.min(65535, int[(node << NODE_INT) + WAITING]!)
    busy[first + node] = Math.min(65535, int[(node << NODE_INT) + BUSY]!)
  }
  const { fronts, tiers } = c.fixed
  for (let front = 0; front < fronts; front++) {
    held[frame * fronts + front] = Math.min(65535, c.pools[front]!.upstream.line.waiting)
    levels.fronts[frame * fronts + front] = stateOfFront(c, front)
  }
  sampleStanding(c, levels, first)
  if (open !== undefined) {
    for (const tier of tiers) {
      const { transport, kept } = c.tiers[tier.index]!
      if (transport !== undefined) open.set(transport.open, first + tier.first)
      if (kept === undefined) continue
      // By balancer and replica: all that lead to a replica.
      for (const [pair, many] of kept.open.entries()) {
        open[first + tier.first + (pair % tier.count)]! += many
      }
    }
  }
  if (filled === undefined) return
  for (const [node, cache] of c.caches!.nodes.entries()) {
    if (cache === undefined) continue
    const { used, capacity } = cache.held.shelf
    filled[first + node] = Math.min(FULL, Math.ceil((FULL * used) / capacity))
  }
}

function stateOfFront({ fixed: { front }, outside }: Cluster, number: number): number {
  let state = outside.dead?.[number] === 1 ? DEAD : 0
  if (outside.unlisted?.[number] === 1) state |= NOT_IN_DNS
  if (front?.by !== 'vrrp') return state
  const owner = outside.pair === undefined ? highest(front) : outside.pair.owner
  return owner === number ? state | HAS_ADDRESS : state
}

/** What any of its balancers holds against a replica. */
function sampleStanding(c: Cluster, { standing, frames }: LevelColumns, first: number): void {
  let views = MOST_VIEWS / frames
  for (const { tier, upstream, health } of c.pools) {
    views -= tier.count
    if (views < 0) break
    const { out, upSince, fixed } = upstream
    const { slowStart } = fixed.settings
    for (let replica = 0; replica < tier.count; replica++) {
      let why = out[replica]! & REASONS
      if (slowStart !== undefined && c.now - upSince[replica]! < slowStart.window) why |= SLOW_START
      standing[first + tier.first + replica]! |= why
    }
    const watches = tier.health?.watches
    if (watches === undefined) continue
    for (let i = 0; i < watches.length; i++) {
      const { isOnTrial } = watches[i]!.rule
      if (isOnTrial === undefined) continue
      const { memory } = health.watching[i]!
      for (let replica = 0; replica < tier.count; replica++) {
        if (isOnTrial(memory, replica, c.now)) standing[first + tier.first + replica]! |= ON_TRIAL
      }
    }
  }
}
