/** Replays the part of a run in which one request lived, and tells its story. */

import { CODE, type FactRows, OBJECT, SUBJECT, VALUE } from '../../base/fact-rows.ts'
import { flush, type Probe } from '../../engine/fact-log.ts'
import { runUntil, stepOnce } from '../../engine/simulation.ts'
import type { Cluster } from '../../model/cluster.ts'
import { ARRIVED, CANCELLED, FACT_NAMES, SETTLED } from '../../model/facts.ts'
import { rules } from '../../model/rules.ts'
import { PHASE, REQUEST, SERIAL } from '../../model/tables.ts'
import { bearerOf } from '../bearers.ts'
import type { Run } from '../run.ts'
import { restoreCluster } from '../saved.ts'
import type { Session } from '../session.ts'
import { attemptOf } from './attempt.ts'
import { causesOf } from './causes.ts'
import { type Chooser, chooser, listen, noteChoice } from './choices.ts'
import { legsOf, type RawFact } from './legs.ts'
import type { Leg, Story } from './story.ts'
import { type FactFilter, factsBetween, OF_OTHERS } from './window.ts'

/** Steps between two looks at whether a settled request still has calls. */
const LOOK_EVERY = 64
/** More requests than ever fail at the same instant at the end of a list. */
const AT_ONCE = 1000
/** Facts beyond which a request is followed no further. */
const MOST_FACTS = 5000

/**
 * The story of a request; undefined when it has not been born in what is computed of the run.
 * @param replay a run of the session to look into; where it stands afterwards is not said
 */
export function explainRequest(session: Session, replay: Run, request: number): Story | undefined {
  const { cluster: computed } = session.run
  if (!Number.isInteger(request) || request < 0 || request >= computed.requests.born) return undefined
  const from = session.past.checkpoints.findLast(({ saved }) => saved.cluster.requests.born <= request)
  if (!from) return undefined
  const { cluster, scenario } = replay
  replay.log.probes = []
  restoreCluster(replay, from.saved)
  const end = computed.now
  // An event brings one request at most.
  while (cluster.requests.born < request && cluster.now < end)
    runUntil(cluster, rules, scenario.faults, end, request - cluster.requests.born)
  const facts: RawFact[] = []
  const choosing = chooser()
  flush(replay.log)
  replay.log.probes = [watcher(cluster, request, facts, choosing)]
  const stop = listen(cluster, choosing)
  try {
    follow(replay, request, facts, end)
  } finally {
    stop()
    replay.log.probes = []
  }
  return storyOf(session, cluster, facts, choosing)
}

function watcher(c: Cluster, request: number, facts: RawFact[], choosing: Chooser): Probe {
  return {
    consume({ num, int }: FactRows, count) {
      for (let row = 0; row < count; row++) {
        const whole = int[(row << 3) + CODE]!
        const subject = num[(row << 2) + SUBJECT]!
        if (Math.floor(subject) !== request || OF_OTHERS.has(whole & 255)) continue
        const fact: RawFact = {
          at: num[row << 2]!,
          code: whole & 255,
          detail: whole >> 8,
          subject,
          object: int[(row << 3) + OBJECT]!,
          value: num[(row << 2) + VALUE]!,
        }
        facts.push(fact)
        if (fact.code === ARRIVED) {
          choosing.address = fact.object | 0
          choosing.bearer = bearerOf(c, subject)
        }
        noteChoice(c, choosing, fact)
      }
    },
  }
}

/** Goes on until the request is settled and its last call has ended, or to the end of what is computed. */
function follow({ cluster, scenario, log }: Run, request: number, facts: RawFact[], end: number): void {
  let settled = false
  for (let steps = 0; facts.length < MOST_FACTS; steps++) {
    if (!stepOnce(cluster, rules, scenario.faults, end)) break
    flush(log)
    settled ||= facts.at(-1)?.code === SETTLED || (steps % LOOK_EVERY === 0 && facts.some(isEnd))
    if (settled && steps % LOOK_EVERY === 0 && !hasCalls(cluster, request)) break
  }
}

const isEnd = ({ code }: RawFact) => code === SETTLED

function hasCalls({ calls, requests }: Cluster, request: number): boolean {
  for (let call = 0; call < calls.used; call++) {
    if (calls.int[(call << 3) + PHASE]! < 0) continue
    const row = calls.int[(call << 3) + REQUEST]!
    if (Math.floor(requests.num[row * requests.stride + SERIAL]!) === request) return true
  }
  return false
}

function storyOf(session: Session, c: Cluster, facts: RawFact[], choosing: Chooser): Story | undefined {
  const birth = facts.find(({ code }) => code === ARRIVED)
  if (!birth) return undefined
  const last = facts.find(isEnd)
  const isOver = !hasCalls(c, birth.subject)
  const places = {
    tierOf: (node: number) => c.fixed.tierOf[node]!.index,
    tierOfPool: (pool: number) => c.pools[pool]!.tier.index,
    choiceOf: (fact: RawFact) => choosing.led.get(fact) ?? -1,
  }
  const legs = legsOf(facts, places, isOver ? facts.at(-1)!.at : c.now)
  const { scenario } = session.run
  const story = {
    request: birth.subject,
    client: scenario.clients[birth.detail]!.id,
    key: birth.value,
    address: birth.object >>> 0,
    bearer: choosing.bearer,
    born: birth.at,
    settled: last?.at ?? Number.NaN,
    outcome: last?.detail ?? -1,
    legs: isOver ? legs.map(ended) : legs,
    choices: choosing.choices,
    facts: facts.map(({ at, code, subject, object, value, detail }) => ({
      at,
      kind: FACT_NAMES[code]!,
      attempt: attemptOf(subject),
      object,
      value,
      detail,
    })),
  }
  const changes = session.run.recording.changes.slice(0, session.run.recording.state.changes)
  return { ...story, causes: causesOf(story, scenario, changes) }
}

/** A call of which no reply was noted, and that is gone, was called off on its way. */
function ended(leg: Leg): Leg {
  return leg.outcome < 0 && leg.tier >= 0 ? { ...leg, outcome: CANCELLED } : leg
}

/** The number of the n-th request (from 1) that failed; undefined when fewer did. */
export function failedRequest(session: Session, replay: Run, nth: number): number | undefined {
  const filter: FactFilter = { kinds: ['settled'], failures: true }
  const { now } = session.run.cluster
  return factsBetween(session, replay, 0, now, filter, nth + AT_ONCE).subject[nth - 1]
}
