/** Players of Varnish recordings. */

import { letIn, takeOut } from '../../../../policies/upstream/membership.ts'
import { DOWN } from '../../../../policies/upstream/standing.ts'
import type { Upstream } from '../../../../policies/upstream/upstream.ts'
import { Unfit } from '../../unfit.ts'
import { allowOnly, countOf, textOf, textsOf } from '../case-fields.ts'
import { ANY, ask, keyed, open } from '../driven.ts'
import { compared, type Outcome } from '../outcome.ts'
import type { Player } from '../player.ts'
import { isFields } from '../read-recording.ts'
import { type Scene, scene as sceneOf } from '../recording.ts'
import { idleCounts, judged } from '../statistics/draws.ts'
import { cachesPlayer } from './caching/player.ts'
import { choiceOf, type Director, directorsOf, isHashing, routesOf } from './directors.ts'
import { evictionPlayer } from './eviction.ts'
import { type HealthStep, healthScript } from './health-script.ts'
import { limitsPlayer } from './limits.ts'
import { probesPlayer } from './probes.ts'
import { readVcl } from './vcl.ts'

/** A director as a test asks it. */
interface Asked {
  readonly director: Director
  readonly alternative: number
}

/** Picks with these backends sick; by the keys of requests where the director hashes. */
const directorPlayer: Player = {
  needs: ['test'],
  play(scene, { seed }) {
    allowOnly(scene, ['test', 'sick', 'urls', 'requests'], ['weights'])
    const vcl = readVcl(scene.recording.config)
    if (textOf(scene, 'test') === 'all_sick') return playAllSick(scene, directorsOf(vcl))
    const asked = askedIn(scene)
    const { director } = asked
    if (isFields(scene.observed)) return playDraws(scene, asked, seed)
    if (director.kind === 'random') throw new Unfit('picks by chance must be counted')
    const upstream = opened(asked)
    if (isHashing(director)) {
      setSick(upstream, director, sickIn(scene))
      const numbers = textsOf(scene, 'urls').map((url) => ask(upstream, keyed(url)) + 1 || 503)
      return compared(scene.observed, numbers)
    }
    return compared(scene.observed, afterEarlier(scene, upstream, asked))
  },
}

/** A director goes on where the tests before have left it. */
function afterEarlier(scene: Scene, upstream: Upstream, { director }: Asked): readonly unknown[] {
  let picks: readonly unknown[] = []
  for (let index = 0; index <= scene.index; index++) {
    const other = sceneOf(scene.recording, index)
    const { test } = other.fields
    if (typeof test !== 'string' || test === 'all_sick' || !Array.isArray(other.observed)) continue
    if (askedIn(other).director.name === director.name) picks = turns(other, upstream, director)
  }
  return picks
}

function turns(scene: Scene, upstream: Upstream, director: Director): readonly unknown[] {
  const { notes } = scene.recording
  const count = (scene.observed as readonly unknown[]).length
  const told = healthScript(notes, textOf(scene, 'test'))
  const steps: readonly HealthStep[] = told ?? [{ backend: undefined, isSick: false, picks: count }]
  setSick(upstream, director, sickIn(scene))
  return steps.flatMap(({ backend, isSick, picks }) => {
    if (backend !== undefined) setHealth(upstream, numberOf(director, backend), !isSick)
    return Array.from({ length: picks }, () => director.backends[ask(upstream)]?.label ?? 503)
  })
}

/** One request to each director, none of whose backends is healthy. */
function playAllSick(scene: Scene, directors: readonly Director[]): Outcome {
  const count = Array.isArray(scene.observed) ? scene.observed.length : 0
  const kinds = directors.filter(({ isSticky }) => !isSticky)
  if (count > kinds.length) throw new Unfit(`there are ${count} answers of ${kinds.length} directors`)
  const answers = kinds.slice(0, count).map((director) => {
    const upstream = opened({ director, alternative: 0 })
    director.backends.forEach((_, backend) => {
      takeOut(upstream, backend, DOWN)
    })
    const picked = ask(upstream, isHashing(director) ? keyed('/') : ANY)
    return director.backends[picked]?.label ?? 503
  })
  return compared(scene.observed, answers)
}

function playDraws(scene: Scene, asked: Asked, seed: string): Outcome {
  const labels = asked.director.backends.map(({ label }) => label)
  const requests = countOf(scene, 'requests')
  const runs = Object.entries(scene.observed as object)
  for (const [name] of runs)
    if (!/^counts/.test(name)) throw new Unfit(`nothing is known of observed "${name}"`)
  const upstream = opened(asked, seed)
  setSick(upstream, asked.director, sickIn(scene))
  return judged(runs.map(([name, counts]) => idleCounts(`.${name}`, counts, requests, labels, upstream)))
}

/**
 * A test's name begins with that of the director: the value of the header by which vcl_recv finds it, its
 * own name, or its kind; further words say that it is sticky, or which alternative is asked for.
 */
function askedIn(scene: Scene): Asked {
  const vcl = readVcl(scene.recording.config)
  const directors = directorsOf(vcl)
  const routes = routesOf(vcl)
  const test = textOf(scene, 'test')
  const alternative = Number(/_alt(\d+)/.exec(test)?.[1] ?? 0)
  const isSticky = /_sticky\b|_sticky_/.test(test)
  const fits = (name: string) => test === name || test.startsWith(`${name}_`)
  const route = routes.find(({ value, director }) => fits(value) || fits(director))
  const director =
    directors.find(({ name }) => name === route?.director) ??
    directors.find((one) => fits(one.kind) && one.isSticky === isSticky)
  if (!director) throw new Unfit(`nothing says which director "${test}" asks`)
  const asked = routes.filter((one) => one.director === director.name)
  const isRouted = asked.some((one) => one.alternative === alternative && one.isByUrl === isHashing(director))
  if (!isRouted) throw new Unfit(`vcl_recv does not ask "${director.name}" as "${test}" would`)
  return { director, alternative }
}

function opened({ director, alternative }: Asked, seed?: string): Upstream {
  const members = director.backends.map(({ name, weight }) => {
    return { name, weight, priority: 0, maxConnections: 0 }
  })
  const choice = choiceOf(director, alternative)
  return open({ choice, members, levels: 'strict', waits: false }, seed)
}

function sickIn({ fields: { sick } }: Scene): readonly string[] {
  if (sick === undefined || sick === null) return []
  const list: readonly unknown[] = Array.isArray(sick) ? sick : [sick]
  if (!list.every((name) => typeof name === 'string')) throw new Unfit('"sick" must name backends')
  return list as readonly string[]
}

/** Exactly these are sick. */
function setSick(upstream: Upstream, director: Director, sick: readonly string[]): void {
  const numbers = sick.map((name) => numberOf(director, name))
  for (const backend of director.backends.keys()) setHealth(upstream, backend, !numbers.includes(backend))
}

function setHealth(upstream: Upstream, backend: number, isHealthy: boolean): void {
  if (isHealthy) letIn(upstream, backend, DOWN, 0)
  else takeOut(upstream, backend, DOWN)
}

function numberOf({ backends }: Director, name: string): number {
  const number = backends.findIndex(({ label }) => label === name)
  if (number < 0) throw new Unfit(`there is no backend "${name}"`)
  return number
}

export const varnishPlayers: readonly Player[] = [
  directorPlayer,
  limitsPlayer,
  evictionPlayer,
  probesPlayer,
  cachesPlayer,
]
