/**
 * Who decides how many replicas a tier has, and of which version: what is wanted is made or retired, and a
 * deploy replaces one version by another. Looked at whenever a replica has come, is ready, or has gone.
 *
 * Source: Kubernetes 1.30, "Deployments" (replicas that are stopping count no more; those that are not
 * available go first).
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import type { Fault } from '../scenario/fault.ts'
import { leeway, type Rollout } from '../scenario/membership.ts'
import type { Cluster, FixedTier } from './cluster.ts'
import { CANARY_GOES_ON } from './event-kinds.ts'
import { HAPPENED, HAPPENINGS } from './facts.ts'
import { isAvailable, make, membersOf, retire, show } from './membership.ts'
import { ABSENT, type Deploys, LEAVING, type Members } from './outside.ts'

const SECOND = 1e9
/** Answers before a canary is judged. */
const ENOUGH = 20

/** Changes of the number of replicas that are remembered. */
const MOST_SCALED = 10_000

/** A tier shall have so many replicas. @param why see `BY_HAND` @param load of rules that go by it: see `Scaled` */
export function want(c: Cluster, tier: number, replicas: number, why: number, load = NaN): void {
  const m = membersOf(c)
  const { count } = c.fixed.tiers[tier]!
  const wanted = Math.min(replicas, count)
  if (m.wanted[tier] === wanted) return
  c.outside.scaled ??= []
  if (c.outside.scaled.length < MOST_SCALED) {
    c.outside.scaled.push({ at: c.now, tier, from: m.wanted[tier]!, to: wanted, why, load })
  }
  m.wanted[tier] = wanted
  happens(c, 'scale', tier, wanted)
  tierTurns(c, tier)
}

/** A new version comes; a deploy that is still going on is overtaken. */
export function deploy(c: Cluster, { tier, rollout }: Fault): void {
  membersOf(c)
  const d = deploysOf(c)
  const { version } = rollout!
  const before = d.to[tier]!
  d.speed.push((before === 0 ? 1 : d.speed[before - 1]!) * version.speed)
  d.errors.push(version.errors)
  d.before[tier] = before
  d.to[tier] = ++d.versions
  d.entry[tier] = c.scriptDone - 1
  d.isOn[tier] = 1
  happens(c, 'deploy begins', tier, d.versions)
  beginStep(c, d, tier, rollout!.strategy === 'canary' ? 0 : -1)
  tierTurns(c, tier)
}

/** A canary has stood long enough, or has failed too often. */
export function canaryGoesOn(c: Cluster, tier: number): void {
  const d = deploysOf(c)
  const rollout = rolloutOf(c, d, tier)
  const step = rollout.steps[d.step[tier]!]!
  d.timer[tier] = NO_TIMER
  const answers = d.answers[tier]!
  if (answers >= ENOUGH && d.failures[tier]! > rollout.rollbackAbove * answers) {
    happens(c, 'deploy rolls back', tier, d.before[tier]!)
    const bad = d.to[tier]!
    d.to[tier] = d.before[tier]!
    d.before[tier] = bad
    d.step[tier] = -1
    tierTurns(c, tier)
    return
  }
  const rest = d.stepEnds[tier]! - c.now
  if (rest > 0) d.timer[tier] = schedule(c.queue, c.now + Math.min(SECOND, rest), CANARY_GOES_ON, tier, 0)
  else {
    const next = d.step[tier]! + 1
    beginStep(c, d, tier, step === rollout.steps.at(-1) ? -1 : next)
    tierTurns(c, tier)
  }
}

/** Makes and retires what is to be made and retired now. */
export function tierTurns(c: Cluster, index: number): void {
  const m = c.outside.members
  if (m === undefined) return
  const tier = c.fixed.tiers[index]!
  const d = c.outside.deploys
  if (d?.isOn[index] !== 1) fill(c, m, tier, d?.to[index] ?? 0)
  else {
    const rollout = rolloutOf(c, d, index)
    if (rollout.strategy === 'recreate') recreate(c, m, d, tier)
    else if (rollout.strategy === 'blue-green') switchOver(c, m, d, tier)
    else roll(c, m, d, tier, rollout)
    endIfDone(c, m, d, tier)
  }
}

/** No deploy: as many as are wanted. Those that are not available go first, then the youngest. */
function fill(c: Cluster, m: Members, tier: FixedTier, version: number): void {
  const live = liveIn(m, tier)
  const wanted = m.wanted[tier.index]!
  if (live.length < wanted) makeSome(c, m, tier, wanted - live.length, version, false)
  const order = live.toSorted(
    (a, b) => Number(isAvailable(c, a)) - Number(isAvailable(c, b)) || m.since[b]! - m.since[a]! || b - a,
  )
  for (const node of order.slice(0, Math.max(0, live.length - wanted))) retire(c, node)
}

function recreate(c: Cluster, m: Members, d: Deploys, tier: FixedTier): void {
  const to = d.to[tier.index]!
  for (const node of liveIn(m, tier)) if (m.version[node] !== to) retire(c, node)
  const isGone = nodesOf(tier).every((node) => m.stage[node] === ABSENT || m.version[node] === to)
  if (isGone) makeSome(c, m, tier, m.wanted[tier.index]! - liveIn(m, tier).length, to, false)
}

function switchOver(c: Cluster, m: Members, d: Deploys, tier: FixedTier): void {
  const to = d.to[tier.index]!
  const wanted = m.wanted[tier.index]!
  const news = liveIn(m, tier).filter((node) => m.version[node] === to)
  if (news.length < wanted) makeSome(c, m, tier, wanted - news.length, to, true)
  const isReady = news.length >= wanted && news.every((node) => isAvailable(c, node))
  if (!isReady || !news.some((node) => m.isHeld[node] === 1)) return
  for (const node of news) show(c, node)
  for (const node of liveIn(m, tier)) if (m.version[node] !== to) retire(c, node)
}

function roll(c: Cluster, m: Members, d: Deploys, tier: FixedTier, rollout: Rollout): void {
  const { index } = tier
  const to = d.to[index]!
  const wanted = m.wanted[index]!
  const step = d.step[index]!
  const newWanted = step < 0 ? wanted : Math.min(wanted, rollout.steps[step]!.replicas)
  const live = liveIn(m, tier)
  const news = live.filter((node) => m.version[node] === to)
  const { surge, unavailable } = leeway(rollout, wanted)
  let more = Math.min(newWanted - news.length, wanted + surge - live.length)
  if (more > 0) more = makeSome(c, m, tier, more, to, false)
  const olds = live.filter((node) => m.version[node] !== to)
  let available = live.filter((node) => isAvailable(c, node)).length
  let left = olds.length
  for (const node of olds.toSorted(
    (a, b) => Number(isAvailable(c, a)) - Number(isAvailable(c, b)) || a - b,
  )) {
    if (left <= wanted - newWanted) break
    if (isAvailable(c, node)) {
      if (available <= wanted - unavailable) break
      available--
    }
    retire(c, node)
    left--
  }
}

function endIfDone(c: Cluster, m: Members, d: Deploys, tier: FixedTier): void {
  const { index } = tier
  const to = d.to[index]!
  const all = nodesOf(tier).filter((node) => m.stage[node] !== ABSENT)
  const isDone =
    all.length === m.wanted[index] && all.every((node) => m.version[node] === to && isAvailable(c, node))
  if (!isDone || d.step[index]! >= 0) return
  d.isOn[index] = 0
  happens(c, 'deploy ends', index, to)
}

function beginStep(c: Cluster, d: Deploys, tier: number, step: number): void {
  cancel(c.queue, d.timer[tier]!)
  d.timer[tier] = NO_TIMER
  d.step[tier] = step
  d.answers[tier] = 0
  d.failures[tier] = 0
  if (step < 0) return
  const { replicas, for: lasts } = rolloutOf(c, d, tier).steps[step]!
  d.stepEnds[tier] = c.now + lasts
  d.timer[tier] = schedule(c.queue, c.now + Math.min(SECOND, lasts), CANARY_GOES_ON, tier, 0)
  happens(c, 'canary step', tier, replicas)
}

/** @returns how many there was room for */
function makeSome(c: Cluster, m: Members, tier: FixedTier, more: number, version: number, held: boolean) {
  let made = 0
  for (const node of nodesOf(tier)) {
    if (made >= more) break
    if (m.stage[node] !== ABSENT) continue
    make(c, node, version, held)
    made++
  }
  return made
}

function liveIn(m: Members, tier: FixedTier): number[] {
  return nodesOf(tier).filter((node) => m.stage[node] !== ABSENT && m.stage[node]! < LEAVING)
}

function nodesOf({ first, count }: FixedTier): number[] {
  return Array.from({ length: count }, (_, i) => first + i)
}

function rolloutOf(c: Cluster, d: Deploys, tier: number): Rollout {
  return c.fixed.scenario.faults[d.entry[tier]!]!.rollout!
}

function happens(c: Cluster, what: (typeof HAPPENINGS)[number], subject: number, value: number): void {
  record(c.fixed.log, c.now, HAPPENED + (HAPPENINGS.indexOf(what) << 8), -1, subject, value)
}

function deploysOf(c: Cluster): Deploys {
  const count = c.fixed.tiers.length
  c.outside.deploys ??= {
    versions: 0,
    speed: [],
    errors: [],
    to: new Int32Array(count),
    before: new Int32Array(count),
    entry: new Int32Array(count),
    step: new Int32Array(count).fill(-1),
    stepEnds: new Float64Array(count),
    isOn: new Uint8Array(count),
    timer: new Float64Array(count),
    answers: new Float64Array(count),
    failures: new Float64Array(count),
  }
  return c.outside.deploys
}
