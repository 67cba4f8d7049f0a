/** The model's one table: which function handles which kind of event. */

import type { Handler, Rules } from '../engine/simulation.ts'
import { ERRED, PASSED, REFUSED } from '../policies/health/active/check-rule.ts'
import type { Fault } from '../scenario/scenario.ts'
import { refreshes, weighs } from './balancer.ts'
import { lookAgain } from './cache-flow.ts'
import { newsArrives } from './cache-past.ts'
import {
  answered,
  answeredAtHome,
  clientTryIsLate,
  freeIfDone,
  reachesFront,
  sessionGoesOn,
  settle,
  tryAgain,
  userWakes,
} from './clients.ts'
import type { Cluster } from './cluster.ts'
import { canaryGoesOn, tierTurns } from './deploys.ts'
import { hears } from './discovery.ts'
import * as kind from './event-kinds.ts'
import { OK, TIMED_OUT } from './facts.ts'
import { started, warmer } from './faults/befall.ts'
import { enact } from './faults/enact.ts'
import { dnsHears } from './faults/front-dns.ts'
import { takesOver } from './faults/front-pair.ts'
import { breaks, repaired } from './faults/random.ts'
import { spikeArrival } from './faults/spikes.ts'
import { flapTurns, pauseTurns } from './faults/troubles.ts'
import { callOffRequest, leave, lineTimesOut, replyArrives, resumes, tryIsLate, ways } from './flow.ts'
import { connected } from './gate.ts'
import { agentAnswered, agentArrives, agentAsks } from './health/agents.ts'
import { checkArrives, checkStarts } from './health/checks.ts'
import { containerIsBack, containerIsDead, probeEnds, probeStarts } from './health/kubelet.ts'
import { looksAgain, sweeps } from './health/passive.ts'
import { checkTimesOut, conclude } from './health/results.ts'
import { shutSessions } from './health/shut.ts'
import { keptIdles } from './kept-connections.ts'
import { judgeOn } from './limits.ts'
import { probeAnswered } from './load-reports.ts'
import { hasStarted, lifeGoesOn, tellRoom } from './membership.ts'
import { arrive, goesOn, noteWaste, patienceEnds, setUpEnds } from './replica.ts'
import { sampleLoad, scales, scheduleScales } from './scaling.ts'
import { shareEnds, stopShare } from './sharing.ts'
import { comes } from './straight/comes.ts'
import { isServed } from './straight/is-served.ts'
import { CLIENT, HOLDS } from './tables.ts'
import { idles } from './transport.ts'

function clientTimeout(c: Cluster, request: number): void {
  const { int } = c.requests
  const r = request << 3
  int[r | HOLDS]!++
  settle(c, request, TIMED_OUT)
  if (c.fixed.clients[int[r | CLIENT]!]!.cancels) callOffRequest(c, request)
  c.requests.int[r | HOLDS]!--
  freeIfDone(c, request)
}

function shareIsDone(c: Cluster, node: number): void {
  const call = shareEnds(c, node)
  noteWaste(c, call, node)
  stopShare(c, call, node)
  leave(c, call, OK)
}

const handlers: Handler<Cluster>[] = []
handlers[kind.ARRIVAL] = comes
handlers[kind.USER_WAKES] = userWakes
handlers[kind.REACHES_FRONT] = reachesFront
handlers[kind.ANSWERED] = answered
handlers[kind.CLIENT_TIMEOUT] = clientTimeout
handlers[kind.CALL_ARRIVES] = arrive
handlers[kind.SERVICE_ENDS] = isServed
handlers[kind.PATIENCE_ENDS] = patienceEnds
handlers[kind.SHARE_ENDS] = shareIsDone
handlers[kind.REPLY_ARRIVES] = replyArrives
handlers[kind.SET_UP_ENDS] = setUpEnds
handlers[kind.CHECK_STARTS] = checkStarts
handlers[kind.CHECK_ARRIVES] = checkArrives
handlers[kind.CHECK_PASSES] = (c, pool, replica) => conclude(c, pool, replica, PASSED)
handlers[kind.CHECK_REFUSED] = (c, pool, replica) => conclude(c, pool, replica, REFUSED)
handlers[kind.CHECK_ERRS] = (c, pool, replica) => conclude(c, pool, replica, ERRED)
handlers[kind.CHECK_TIMES_OUT] = checkTimesOut
handlers[kind.BREAKS] = breaks
handlers[kind.REPAIRED] = repaired
handlers[kind.LINE_TIMES_OUT] = lineTimesOut
handlers[kind.FETCH_IS_OVER] = (c, call, failedAs) => lookAgain(c, call, failedAs, ways)
handlers[kind.NEWS_ARRIVES] = newsArrives
handlers[kind.ANSWERED_AT_HOME] = answeredAtHome
handlers[kind.REFRESHES] = refreshes
handlers[kind.WEIGHS] = weighs
handlers[kind.SESSION_GOES_ON] = sessionGoesOn
handlers[kind.PROBE_ANSWERED] = probeAnswered
handlers[kind.RESUMES] = resumes
handlers[kind.TRY_IS_LATE] = tryIsLate
handlers[kind.CLIENT_TRIES] = (c, request) => tryAgain(c, request, false)
handlers[kind.CLIENT_TRY_LATE] = clientTryIsLate
handlers[kind.HEDGES] = (c, request) => tryAgain(c, request, true)
handlers[kind.LOOKS_AGAIN] = looksAgain
handlers[kind.SWEEPS] = sweeps
handlers[kind.SESSIONS_SHUT] = shutSessions
handlers[kind.AGENT_ASKS] = agentAsks
handlers[kind.AGENT_ARRIVES] = agentArrives
handlers[kind.AGENT_ANSWERED] = agentAnswered
handlers[kind.PROBE_STARTS] = probeStarts
handlers[kind.PROBE_ENDS] = probeEnds
handlers[kind.CONTAINER_STOPS] = containerIsDead
handlers[kind.CONTAINER_STARTS] = containerIsBack
handlers[kind.START_UP_ENDS] = (c, node) => {
  started(c, node)
  hasStarted(c, node)
}
handlers[kind.WARMS] = warmer
handlers[kind.LIMIT_GOES_ON] = (c, call) => goesOn(c, call, judgeOn)
handlers[kind.CONNECTION_OPENS] = (c, call) => goesOn(c, call, connected)
handlers[kind.CONNECTION_IDLES] = idles
handlers[kind.KEPT_IDLES] = keptIdles
handlers[kind.LIFE_GOES_ON] = lifeGoesOn
handlers[kind.HEARS] = hears
handlers[kind.ROOM_IS_TOLD] = tellRoom
handlers[kind.PAUSE_TURNS] = pauseTurns
handlers[kind.FLAP_TURNS] = flapTurns
handlers[kind.SPIKE_ARRIVAL] = spikeArrival
handlers[kind.PASSES_AGAIN] = arrive
handlers[kind.CANARY_GOES_ON] = canaryGoesOn
handlers[kind.LOAD_IS_SAMPLED] = sampleLoad
handlers[kind.SCALES] = scales
handlers[kind.SCHEDULE_SCALES] = scheduleScales
handlers[kind.TIER_TURNS] = tierTurns
handlers[kind.TAKES_OVER] = takesOver
handlers[kind.DNS_HEARS] = dnsHears

export const rules: Rules<Cluster, Fault> = { handlers, enact }
