/** Everything that a person can change. Each is one step of the history, and a change of the scenario's text. */

import type { Change } from '../measure/series.ts'
import { addFault, formatDuration, parse, type Scenario, setValue } from '../scenario/index.ts'
import type { Problem } from '../scenario/problem.ts'
import { catalogue } from './catalogue.ts'
import { clock } from './format.ts'
import { begin, commit, draft } from './stores/draft.ts'
import { play, playhead, seek } from './stores/playhead.ts'
import { runs } from './stores/runs.ts'
import { view } from './stores/view.ts'

/** Keystrokes nearer than this are one step, and one run. */
const PAUSE_MS = 400

let typing: ReturnType<typeof setTimeout> | undefined
let lastTyped = { at: 0, text: '' }

/** Opens the first scenario; there is nothing to undo yet. */
export function openFirst(id: string, text: string, at: number): void {
  const { scenario, problems } = read(id, text)
  begin({ id, text, scenario, source: text, problems, change: '' })
  playhead.setState({ duration: scenario?.duration ?? 0, at })
}

/** Takes another scenario from the catalogue and plays it from its beginning. */
export function pickScenario(id: string): void {
  const entry = catalogue.getState().entries.find((other) => other.id === id)
  if (!entry) return
  replace(id, entry.text, `open “${entry.title}”`)
  seek(0)
  play()
}

/** Typing in the text: read when it comes to rest. */
export function editText(text: string): void {
  clearTimeout(typing)
  const at = performance.now()
  const isSameStep = lastTyped.text === draft.getState().text && at - lastTyped.at < 2 * PAUSE_MS
  commit({ text, change: 'edit the text' }, isSameStep)
  lastTyped = { at, text }
  typing = setTimeout(() => {
    commit(accepted(text, read(draft.getState().id, text)), true)
  }, PAUSE_MS)
}

export function setSeed(seed: string): void {
  const value = /^\d{1,15}$/.test(seed) ? Number(seed) : seed
  set('seed', value, `seed ${seed}`)
}

export function setStrategy(tier: string, strategy: string): void {
  set(`tiers.${tier}.balancing`, { strategy }, `${strategy} in ${tier}`)
}

/** A click on a replica in a lane: crashes it at the playhead in all lanes, or revives it when it is down there. */
export function touchReplica(lane: string, node: number): void {
  const { current, scenario } = runs.getState().lanes.find(({ key }) => key === lane) ?? {}
  const { text, id } = draft.getState()
  if (!current || !scenario) return
  const target = scenario.tiers.flatMap((tier) => tier.replicas)[node]?.id
  if (!target) return
  // Whole milliseconds are easier to read in the file; rounded down, it has happened at the playhead.
  const at = Math.floor(playhead.getState().at / 1e6) * 1e6
  const kind = isDown(current.changes, node, playhead.getState().at) ? 'recover' : 'crash'
  const change = `${kind === 'crash' ? 'crash' : 'revive'} ${target} at ${clock(at, 1)}`
  replace(id, addFault(text, { at, kind, target }), change)
  view.setState({ hasTouched: true })
}

/** The cluster on show gets its requests from a log that was dropped on the page. */
export function replayLog(file: string, speed: number, duration: number): void {
  const { text } = draft.getState()
  const settings: [path: string, value: unknown][] = [
    ['name', `Replay of ${file}`],
    ['summary', `The cluster on show before, with the requests of ${file}.`],
    ['clients', { visitors: { arrivals: { log: { file, speed } } } }],
    ['duration', formatDuration(duration)],
    ['warmUp', '0s'],
  ]
  const replay = settings.reduce((old, [path, value]) => setValue(old, path, value), text)
  replace('log', replay, `replay ${file}`)
  seek(0)
  play()
}

function isDown(changes: readonly Change[], node: number, at: number): boolean {
  let health = 0
  for (const change of changes) {
    if (change.at > at) break
    if (change.kind === 'truth' && change.node === node) health = change.value
  }
  return health !== 0
}

function set(path: string, value: unknown, change: string): void {
  const { id, text } = draft.getState()
  replace(id, setValue(text, path, value), change)
}

function replace(id: string, text: string, change: string): void {
  clearTimeout(typing)
  commit({ id, text, change, ...accepted(text, read(id, text)) })
}

interface Reading {
  readonly scenario: Scenario | undefined
  readonly problems: readonly Problem[]
}

/** Where only variants are wrong the scenario itself is right, and runs. */
function read(id: string, text: string): Reading {
  const file = `${id}.yaml`
  const { scenario, problems } = parse(text, file)
  return { scenario: scenario ?? parse(text, file, { alone: true }).scenario, problems }
}

/** A broken text keeps the last scenario that was right. */
function accepted(text: string, { scenario, problems }: Reading) {
  return scenario ? { scenario, source: text, problems } : { problems }
}
