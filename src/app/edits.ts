/** Everything that a person can change. Each is one step of the history, and a change of the scenario's text. */

import type { Scenario } from '../scenario/scenario.ts'
import { catalogue } from './catalogue.ts'
import { clock } from './format.ts'
import { type Reading, read, withFault, withValue } from './scenario-file.ts'
import { begin, commit, draft } from './stores/draft.ts'
import { play, playhead, seek } from './stores/playhead.ts'
import { runs } from './stores/runs.ts'
import { view } from './stores/view.ts'

/** Keystrokes nearer than this are one step, and one run. */
const PAUSE_MS = 400

let typing: ReturnType<typeof setTimeout> | undefined
let lastKey = Number.NEGATIVE_INFINITY

/** Opens the first scenario; there is nothing to undo yet. */
export function openFirst(id: string, text: string, at: number): void {
  const reading = read(text, `${id}.yaml`)
  begin({ id, text, scenario: reading.scenario, problems: reading.problems, change: '' })
  playhead.setState({ duration: reading.scenario?.duration ?? 0, at })
}

/** Takes another scenario from the catalogue and plays it from its beginning. */
export function pickScenario(id: string): void {
  const entry = catalogue.find((other) => other.id === id)
  if (!entry) return
  replace(id, entry.text, `open “${entry.title}”`)
  seek(0)
  play()
}

/** Typing in the text: read when it comes to rest. */
export function editText(text: string): void {
  clearTimeout(typing)
  const now = performance.now()
  commit({ text, change: 'edit the text' }, now - lastKey < 2 * PAUSE_MS)
  lastKey = now
  typing = setTimeout(() => {
    const reading = read(text, `${draft.getState().id}.yaml`)
    commit(accepted(reading), true)
  }, PAUSE_MS)
}

export function setSeed(seed: string): void {
  const value = /^\d{1,15}$/.test(seed) ? Number(seed) : seed
  set('seed', value, `seed ${seed}`)
}

export function setStrategy(tier: string, strategy: string): void {
  set(`tiers.${tier}.balancing`, { strategy }, `${strategy} in ${tier}`)
}

/** A click on a replica: crashes it at the playhead, or revives it when it is down. */
export function touchReplica(node: number): void {
  const { current } = runs.getState()
  const { scenario, text, id } = draft.getState()
  if (!current || !scenario) return
  const place = placeOf(scenario, node)
  if (!place) return
  const at = Math.round(playhead.getState().at / 1e6) * 1e6
  const kind = isDown(node, playhead.getState().at) ? 'recover' : 'crash'
  const next = withFault(text, { at, kind, ...place, amount: 0 }, scenario)
  replace(id, next, `${kind === 'crash' ? 'crash' : 'revive'} ${place.name} at ${clock(at, 1)}`)
  view.setState({ hasTouched: true })
}

function isDown(node: number, at: number): boolean {
  let health = 0
  for (const change of runs.getState().current?.changes ?? []) {
    if (change.at > at) break
    if (change.kind === 'truth' && change.node === node) health = change.value
  }
  return health !== 0
}

function placeOf(scenario: Scenario, node: number) {
  let first = 0
  for (const [tier, { replicas }] of scenario.tiers.entries()) {
    const replica = replicas[node - first]
    if (replica) return { tier, replica: node - first, name: replica.id }
    first += replicas.length
  }
  return undefined
}

function set(path: string, value: unknown, change: string): void {
  const { id, text } = draft.getState()
  replace(id, withValue(text, path, value), change)
}

function replace(id: string, text: string, change: string): void {
  clearTimeout(typing)
  commit({ id, text, change, ...accepted(read(text, `${id}.yaml`)) })
}

/** A broken text keeps the last scenario that was right. */
function accepted({ scenario, problems }: Reading) {
  return scenario ? { scenario, problems } : { problems }
}
