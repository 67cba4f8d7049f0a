/**
 * Replicas that come and go: one that is wanted boots, starts and serves; one that shall go is taken from the
 * registry and told to stop at the same instant, as Kubernetes does: whoever hears of it late finds its door
 * shut. Room for them all is there from the beginning.
 *
 * Source: Kubernetes 1.30, "Pod Lifecycle" (termination: preStop hook, SIGTERM, grace period, SIGKILL).
 * Limit of realism: one that is told to stop looks every 100 ms whether it has finished.
 */

import { stream } from '../base/stream.ts'
import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import type { Tier } from '../scenario/scenario.ts'
import { breakAll } from './breaking.ts'
import { type Cluster, draw } from './cluster.ts'
import { lieDown, setRate } from './condition.ts'
import { list } from './discovery.ts'
import { LIFE_GOES_ON, ROOM_IS_TOLD, TIER_TURNS } from './event-kinds.ts'
import { HEALTH_CRASHED, HEALTH_UP } from './facts.ts'
import { change, note } from './faults/befall.ts'
import { containerIsBack } from './health/kubelet.ts'
import { forgetStart, isStarting, speedNow } from './health/start-up.ts'
import { BELOW, BUSY, CRASHES, ERRORS, HEALTH, NODE_INT, NODE_NUM, SPEED, WAITING } from './nodes.ts'
import {
  ABSENT,
  BOOTING,
  LEAVING,
  type Members,
  nodesIn,
  REFUSES_ALL,
  RUNNING,
  SHUT,
  STARTING,
} from './outside.ts'

const LOOKS = 100e6
/** Kubernetes' `terminationGracePeriodSeconds`, where a tier says nothing. */
const GRACE = 30e9

/** Who is there; from the scenario until something has changed. */
export function membersOf(c: Cluster): Members {
  c.outside.members ??= atFirst(c)
  return c.outside.members
}

/** Replicas for which there is only room do not exist when the run begins. */
export function leaveRoom(c: Cluster): void {
  const spares = c.fixed.scenario.tiers.flatMap(({ replicas }) => replicas).map(({ spare }) => spare === true)
  if (!spares.includes(true)) return
  membersOf(c)
  for (const [node, isSpare] of spares.entries()) {
    if (!isSpare) continue
    c.nodes.int[(node << NODE_INT) | HEALTH] = HEALTH_CRASHED
    setRate(c, node, 0)
  }
  schedule(c.queue, 0, ROOM_IS_TOLD, 0, 0)
}

/** Replicas of a tier that there is only room for. */
export function sparesOf({ replicas }: Tier): number[] {
  return [...replicas.keys()].filter((i) => replicas[i]!.spare)
}

/** At time 0: who does not exist. */
export function tellRoom(c: Cluster): void {
  const { stage } = membersOf(c)
  for (let node = 0; node < stage.length; node++) if (stage[node] === ABSENT) note(c, node, 0)
}

/** One that does not exist is made. @param isHeld true: the registry is not told until `show` */
export function make(c: Cluster, node: number, version: number, isHeld: boolean): void {
  const m = membersOf(c)
  const tier = c.fixed.tierOf[node]!
  const { speed = 1, errors = 0 } = version === 0 ? {} : versionOf(c, version)
  m.stage[node] = BOOTING
  m.version[node] = version
  m.isHeld[node] = isHeld ? 1 : 0
  m.since[node] = c.now
  m.errors[node] = errors
  const { replicas } = c.fixed.scenario.tiers[tier.index]!
  c.nodes.num[(node << NODE_NUM) | SPEED] = replicas[node - tier.first]!.speed * speed
  note(c, node, 0)
  m.boots[tier.index] ??= stream(c.fixed.scenario.seed, `boot/${tier.id}`)
  const boots = tier.life === undefined ? 0 : draw(tier.life.boot, m.boots[tier.index]!)
  m.timer[node] = schedule(c.queue, c.now + boots, LIFE_GOES_ON, node, 0)
}

/** One that was held back is shown to the balancers. */
export function show(c: Cluster, node: number): void {
  const m = membersOf(c)
  m.isHeld[node] = 0
  list(c, m, node, true)
}

/** One shall go. */
export function retire(c: Cluster, node: number): void {
  const m = membersOf(c)
  const { life } = c.fixed.tierOf[node]!
  const stage = m.stage[node]!
  if (stage === ABSENT || stage >= LEAVING) return
  cancel(c.queue, m.timer[node]!)
  m.timer[node] = NO_TIMER
  list(c, m, node, false)
  if (stage < RUNNING) {
    vanish(c, m, node)
    return
  }
  m.stage[node] = LEAVING
  const grace = life?.grace ?? GRACE
  const preStop = Math.min(life?.preStop ?? 0, grace)
  m.killAt[node] = c.now + grace
  if (preStop === 0) shut(c, m, node)
  else m.timer[node] = schedule(c.queue, c.now + preStop, LIFE_GOES_ON, node, 0)
}

/** The next step of a replica's life. */
export function lifeGoesOn(c: Cluster, node: number): void {
  const m = membersOf(c)
  m.timer[node] = NO_TIMER
  const stage = m.stage[node]!
  if (stage === BOOTING) boot(c, m, node)
  else if (stage === LEAVING) shut(c, m, node)
  else if (stage === SHUT) {
    if (isIdle(c, node) || c.now >= m.killAt[node]!) vanish(c, m, node)
    else lookLater(c, m, node)
  }
}

/** Its start-up is over. */
export function hasStarted(c: Cluster, node: number): void {
  const m = c.outside.members
  if (m?.stage[node] !== STARTING) return
  m.stage[node] = RUNNING
  if (m.isHeld[node] === 0) list(c, m, node, true)
  turnSoon(c, node)
}

/** True when a deploy may count on it. */
export function isAvailable(c: Cluster, node: number): boolean {
  const stage = c.outside.members!.stage[node]!
  if (stage === RUNNING) return c.nodes.int[(node << NODE_INT) | HEALTH] !== HEALTH_CRASHED
  return stage === STARTING && c.fixed.tierOf[node]!.life?.readiness === false
}

function boot(c: Cluster, m: Members, node: number): void {
  const tier = c.fixed.tierOf[node]!
  m.stage[node] = STARTING
  if (tier.life?.readiness === false && m.isHeld[node] === 0) list(c, m, node, true)
  if (tier.health?.probes !== undefined) containerIsBack(c, node)
  else change(c, node, 'recover', 0)
  if (isStarting(c, node)) turnSoon(c, node)
  else hasStarted(c, node)
}

/** SIGTERM: it finishes what it has. */
function shut(c: Cluster, m: Members, node: number): void {
  m.stage[node] = SHUT
  m.errors[node] = REFUSES_ALL
  c.nodes.num[(node << NODE_NUM) | ERRORS] = REFUSES_ALL
  const health = c.nodes.int[(node << NODE_INT) | HEALTH]!
  if (health === HEALTH_CRASHED || isIdle(c, node)) {
    vanish(c, m, node)
    return
  }
  if (health === HEALTH_UP) note(c, node, speedNow(c, node))
  lookLater(c, m, node)
}

/** It is no more; whatever it had breaks off. */
function vanish(c: Cluster, m: Members, node: number): void {
  const n = node << NODE_INT
  m.stage[node] = ABSENT
  m.errors[node] = 0
  c.nodes.int[n | HEALTH] = HEALTH_CRASHED
  c.nodes.int[n | CRASHES]!++
  c.nodes.num[(node << NODE_NUM) | ERRORS] = 0
  forgetStart(c, node)
  note(c, node, 0)
  breakAll(c, node)
  lieDown(c, node)
  setRate(c, node, 0)
  turnSoon(c, node)
}

function lookLater(c: Cluster, m: Members, node: number): void {
  const at = Math.min(c.now + LOOKS, Math.max(c.now, m.killAt[node]!))
  m.timer[node] = schedule(c.queue, at, LIFE_GOES_ON, node, 0)
}

function isIdle(c: Cluster, node: number): boolean {
  const { int } = c.nodes
  const n = node << NODE_INT
  return int[n | BUSY]! + int[n | WAITING]! + int[n | BELOW]! === 0
}

/** Whoever decides about the tier looks at it, when everything of this instant has happened. */
function turnSoon(c: Cluster, node: number): void {
  schedule(c.queue, c.now, TIER_TURNS, c.fixed.tierOf[node]!.index, 0)
}

function versionOf(c: Cluster, version: number): { readonly speed: number; readonly errors: number } {
  const { speed, errors } = c.outside.deploys!
  return { speed: speed[version - 1]!, errors: errors[version - 1]! }
}

function atFirst(c: Cluster): Members {
  const count = nodesIn(c)
  const { tiers } = c.fixed.scenario
  const exists = tiers.flatMap(({ replicas }) => replicas.map(({ spare }) => !spare))
  return {
    stage: Int32Array.from(exists, (is) => (is ? RUNNING : ABSENT)),
    version: new Int32Array(count),
    isListed: Uint8Array.from(exists, Number),
    isHeld: new Uint8Array(count),
    timer: new Float64Array(count),
    since: new Float64Array(count),
    killAt: new Float64Array(count),
    errors: new Float64Array(count),
    wanted: Int32Array.from(tiers, ({ replicas }) => replicas.filter(({ spare }) => !spare).length),
    boots: tiers.map(() => undefined),
    hearing: c.pools.map(() => undefined),
  }
}
