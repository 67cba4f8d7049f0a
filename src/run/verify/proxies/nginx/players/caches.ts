/** proxy_cache: what each request is answered with, and what the origin was asked for. */

import { allowOnly, textOf } from '../../case-fields.ts'
import { compared, type Outcome } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { isFields } from '../../read-recording.ts'
import type { Scene } from '../../recording.ts'
import { requestRows } from '../../request-rows.ts'
import { cacheLocation } from '../caching/location.ts'
import { originFrom } from '../caching/origin.ts'
import { type Asked, playCache } from '../caching/playing.ts'
import { readDirectives } from '../directives.ts'
import { phaseIn } from '../setup.ts'

/** How far two runs of a recording were apart, s: of latencies, and of instants at the origin. */
const LATENCY = 0.08

/** Fields that only say whether a request has a body. */
const IDLE = ['content-length']

export const cachesPlayer: Player = {
  needs: ['cache_options', 'origin', 'requests'],
  play(scene) {
    allowOnly(scene, this.needs, ['zone'])
    const { recording, observed, index, fields } = scene
    const { tree } = readDirectives(recording.config)
    const location = cacheLocation(tree, index)
    const origin = originFrom(textOf(scene, 'origin'))
    const version = recording.system.replace(' ', '/')
    const requests = requestsOf(scene)
    const outcomes = managerPhases(location.inactive, requests).map((managerWakes) => {
      const circumstances = {
        phase: phaseIn(recording.notes),
        badGateway: badGateway(version),
        bodies: bodiesIn(observed),
        managerWakes,
      }
      const { responses, fetches } = playCache(location, origin, requests, circumstances)
      const played = { case: fields.case, responses, origin_fetches: fetches }
      return compared(observed, played, (expected, got, position) => {
        const isTime = /\.responses\[\d+\]\[3\]$|\.origin_fetches\[\d+\]\[0\]$/.test(position)
        return isTime ? Math.abs(expected - got) <= LATENCY : expected === got
      })
    })
    return outcomes.find(({ kind }) => kind === 'held') ?? furthest(outcomes)
  },
}

/**
 * When the cache manager first looks at the objects is not recorded; it sleeps for 10 s at most. Where it
 * matters all instants are tried, a quarter of a second apart: one of them must give what was recorded.
 */
function managerPhases(inactive: number, requests: readonly Asked[]): readonly number[] {
  const last = Math.max(...requests.map(({ at }) => at))
  return last <= inactive ? [0] : Array.from({ length: 40 }, (_, i) => 250 * i)
}

/** A body is sent once, and a 304 has none. */
function bodiesIn(observed: unknown): ReadonlySet<string> {
  const responses = isFields(observed) && Array.isArray(observed.responses) ? observed.responses : []
  return new Set(responses.map((response: unknown) => String(Array.isArray(response) ? response[2] : '')))
}

/** Of several that fail: the one that fails last. */
function furthest(outcomes: readonly Outcome[]): Outcome {
  const place = (of: Outcome) => (of.kind === 'failed' ? Number(/\d+/.exec(of.position)?.[0] ?? -1) : -1)
  return outcomes.toSorted((a, b) => place(b) - place(a))[0]!
}

function requestsOf(scene: Scene): readonly Asked[] {
  return requestRows(scene, 'path').map(({ at, target, method, headers }) => {
    const matter = [...headers].filter(([name]) => !IDLE.includes(name))
    return { at, path: target, method, headers: new Map(matter) }
  })
}

/** What nginx answers by itself when the origin does not. */
function badGateway(version: string): string {
  const title = '502 Bad Gateway'
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    `<hr><center>${version}</center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n')
}
