/** What HAProxy makes of an agent's words, of sessions at a server that is marked down, and of errors of traffic. */

import { haproxy } from '../../../../../policies/health/active/haproxy.ts'
import { type AgentSays, heard, NOTHING_SAID } from '../../../../../policies/health/agent-words.ts'
import { observes } from '../../../../../policies/health/passive/haproxy-observe.ts'
import { ERRED } from '../../../../../policies/health/passive/watch.ts'
import { Unfit } from '../../../unfit.ts'
import { emptyAgenda } from '../../agenda.ts'
import { allowOnly, textOf } from '../../case-fields.ts'
import { ANY } from '../../driven.ts'
import { compared, type Outcome } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import type { Scene } from '../../recording.ts'
import { backendOf } from '../backend.ts'
import { statusOf } from '../checks.ts'
import { heldRequest } from '../held-request.ts'
import { ended, type HaproxyProxy, mark, placeRequest, proxy } from '../proxy.ts'
import { readSections } from '../sections.ts'
import type { CheckTimes } from '../server-line.ts'

/** By what the test is said to be. */
const TESTS: readonly [words: RegExp, play: (scene: Scene) => Outcome][] = [
  [/^agent replies in order; status and weight two agent checks later$/, agentSpeaks],
  [/^a request is held open while the server is marked down by checks$/, sessionsAreHeld],
  [/^s1 answers 500 to traffic, its checks stay ok \(\d+ s apart\)$/, trafficFails],
]

export const carePlayer: Player = {
  needs: ['listen', 'test'],
  play(scene) {
    const test = TESTS.find(([words]) => words.test(textOf(scene, 'test')))
    if (!test) throw new Unfit(`nothing is known of the test "${textOf(scene, 'test')}"`)
    return test[1](scene)
  },
}

/** What the agent said is in the recording itself; status and weight are what comes of it. */
function agentSpeaks(scene: Scene): Outcome {
  allowOnly(scene, ['listen', 'test'], ['weight'])
  const p = sectionsIn(scene)[0]!
  const [server] = p.backend.servers
  if (p.backend.servers.length !== 1 || !server!.care.hasAgent || server!.check !== undefined) {
    throw new Unfit('there must be one server, with an agent and without checks')
  }
  let says = NOTHING_SAID
  const played = listIn(scene).map(([text]) => {
    says = heard(says, String(text))
    return [text, agentStatus(says), Math.trunc((server!.weight * says.percent) / 100)]
  })
  return compared(scene.observed, played)
}

/** As the statistics socket shows a server without checks. */
function agentStatus({ isInMaintenance, isDown, drains }: AgentSays): string {
  if (isInMaintenance) return 'MAINT'
  if (isDown) return 'DOWN (agent)'
  return drains ? 'DRAIN (agent)' : 'no check'
}

function sessionsAreHeld(scene: Scene): Outcome {
  allowOnly(scene, ['listen', 'test'], [])
  const list = listIn(scene)
  const played = sectionsIn(scene).map(({ backend: { servers, checksHttp } }, i) => {
    const [server] = servers
    if (servers.length !== 1 || server!.check === undefined || !checksHttp) {
      throw new Unfit('there must be one server, with checks over HTTP')
    }
    const { isClosed, statuses } = heldRequest(server!.check, server!.care.shutsSessions)
    const [name, status, meaning] = isClosed
      ? ['shutdown-sessions', 502, 'closed while held']
      : ['default', 200, 'stays open until the back-end answers']
    // When it was looked at is not said; where the request was closed, that was the instant.
    const seen: unknown = list[i]?.[3]
    const may = isClosed ? statuses.slice(-1) : statuses
    return [name, status, meaning, may.find((one) => one === seen) ?? may.at(-1)]
  })
  return compared(scene.observed, played)
}

/** One request after the other; what the check rule makes of errors of traffic. */
function trafficFails(scene: Scene): Outcome {
  allowOnly(scene, ['listen', 'test'], ['limit', 'mode'])
  const p = sectionsIn(scene)[0]!
  const { servers } = p.backend
  const watched = servers.findIndex(({ care }) => care.observe !== undefined)
  const { check, care, name } = servers[watched] ?? servers[0]!
  if (watched < 0 || check === undefined || name !== 's1')
    throw new Unfit('"s1" must be observed and checked')
  if (p.backend.method.hashed !== 'nothing') throw new Unfit('the requests have nothing to be hashed')
  const memory = new Int32Array(haproxy.figures)
  const errors = new Int32Array(servers.length)
  const rule = ruleOf(check)
  haproxy.begin(rule, memory, 0)
  const played = listIn(scene).map(() => {
    const picked = pick(p)
    if (picked < 0) return [503, null, statusOf(memory[0]!, check)]
    const isError = picked === watched
    const wasUp = haproxy.isUp(rule, memory, 0)
    if (isError && observes(errors, picked, ERRED, care.observe!)) {
      haproxy.blame!(rule, memory, 0, care.observe!.onError)
    }
    const isUp = haproxy.isUp(rule, memory, 0)
    if (isUp !== wasUp) mark(p, watched, isUp)
    return [isError ? 500 : 200, servers[picked]!.name, statusOf(memory[0]!, check)]
  })
  return compared(scene.observed, played)
}

function pick(p: HaproxyProxy): number {
  let picked = -1
  const go = (server: number) => {
    picked = server
  }
  const placed = placeRequest(p, ANY, -1, -1, go, () => {})
  if (placed === 'sent') ended(p, picked)
  return picked
}

function ruleOf({ inter, fastinter, downinter, rise, fall }: CheckTimes) {
  const ns = (ms: number) => ms * 1e6
  return {
    interval: ns(inter),
    fastInterval: ns(fastinter),
    downInterval: ns(downinter),
    rise,
    fall,
  }
}

/** The sections that a case is about: "lb, lc". */
function sectionsIn(scene: Scene): readonly HaproxyProxy[] {
  const { sections } = readSections(scene.recording.config)
  return textOf(scene, 'listen')
    .split(',')
    .map((name) => proxy(backendOf(sections, name.trim()), emptyAgenda()))
}

function listIn({ observed }: Scene): readonly (readonly unknown[])[] {
  if (!Array.isArray(observed) || !observed.every((entry) => Array.isArray(entry))) {
    throw new Unfit('"observed" must be a list of lists')
  }
  return observed
}
