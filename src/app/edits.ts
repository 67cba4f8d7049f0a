/** Everything that a person can change. Each is one step of the history, and a change of the scenario's text. */

import type { Change } from '../measure/series.ts'
import type { Reading } from '../scenario/reading.ts'
import type { ReaderDoor } from '../worker/protocol.ts'
import { catalogue } from './catalogue.ts'
import { clock } from './format.ts'
import { kindOf } from './lanes/lane-key.ts'
import { loadReader, type Reader, withReader } from './reader.ts'
import { abilities } from './stores/abilities.ts'
import { begin, commit, draft } from './stores/draft.ts'
import { notice } from './stores/notice.ts'
import { play, playhead, seek } from './stores/playhead.ts'
import { runs } from './stores/runs.ts'
import { view } from './stores/view.ts'

/** As in the facts: up; crashed or hung. Others come and go by themselves. */
const UP = 0
const DOWN: readonly number[] = [1, 2]
/** Keystrokes nearer than this are one step, and one run. */
const PAUSE_MS = 400

/** Characters of a text that is read between two frames. */
const MOST_AT_ONCE = 30_000

/** Reads without keeping the page waiting. */
let elsewhere: ReaderDoor | undefined
let typing: ReturnType<typeof setTimeout> | undefined
let lastTyped = { at: 0, text: '' }

/** Opens the first scenario, as the engine reads it; there is nothing to undo yet. */
export async function openFirst(
  engine: ReaderDoor,
  id: string,
  text: string,
  at: number,
  branch?: string,
): Promise<void> {
  elsewhere = engine
  const file = fileOf(id)
  const { scenario, problems, strategies, profiles } = await engine
    .read(text, file)
    .catch(async () => (await loadReader()).firstReading(text, file))
  abilities.setState({ strategies, profiles })
  begin({ id, branch, text, scenario, source: text, problems, change: '' })
  playhead.setState({ duration: scenario?.duration ?? 0, at })
}

/** Takes another scenario from the catalogue and plays it from its beginning. */
export function pickScenario(id: string): void {
  const entry = catalogue.getState().entries.find((other) => other.id === id)
  if (!entry) return
  withReader((reader) => replace(reader, id, entry.text, `open “${entry.title}”`))
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
    if (text.length > MOST_AT_ONCE && elsewhere) void readElsewhere(elsewhere, text)
    else withReader(({ readDraft }) => take(text, (file) => readDraft(text, file)))
  }, PAUSE_MS)
}

/** A long text is read by the engine, so that the page goes on meanwhile. */
async function readElsewhere({ read }: ReaderDoor, text: string): Promise<void> {
  try {
    const reading = await read(text, fileOf(draft.getState().id))
    take(text, () => reading)
  } catch {
    withReader(({ readDraft }) => take(text, (file) => readDraft(text, file)))
  }
}

/** What was typed has been read; nothing happens when somebody went on typing. */
function take(text: string, read: (file: string) => Reading): void {
  const { id, text: now } = draft.getState()
  if (now === text) commit(accepted(text, read(fileOf(id))), true)
}

export function setSeed(seed: string): void {
  const value = /^\d{1,15}$/.test(seed) ? Number(seed) : seed
  set('seed', value, `seed ${seed}`)
}

export function setStrategy(tier: string, strategy: string): void {
  set(`tiers.${tier}.balancing`, { strategy }, `${strategy} in ${tier}`)
}

/** A click on a replica in a lane: crashes it at the playhead in all lanes, revives it when it is down there, else nothing. */
export function touchReplica(lane: string, node: number): void {
  if (kindOf(lane)?.kind === 'branch') {
    notice.setState({ text: 'That lane is another branch: go to it first, to change it.' })
    return
  }
  const { current, scenario } = runs.getState().lanes.find(({ key }) => key === lane) ?? {}
  if (!current || !scenario) return
  const target = scenario.tiers.flatMap((tier) => tier.replicas)[node]?.id
  if (!target) return
  const at = instantNow()
  const health = healthAt(current.changes, node, playhead.getState().at)
  if (health !== UP && !DOWN.includes(health)) return
  const kind = health === UP ? 'crash' : 'recover'
  const change = `${kind === 'crash' ? 'crash' : 'revive'} ${target} at ${clock(at, 1)}`
  revise(change, (reader, before) => reader.addFault(before, { at, kind, target }))
  view.setState({ hasTouched: true })
}

/** The playhead, in whole milliseconds: easier to read in the file; rounded down, it has happened by then. */
export function instantNow(): number {
  return Math.floor(playhead.getState().at / 1e6) * 1e6
}

/** Another text altogether takes the place of the one on show: that of a branch. */
export function editDraft(text: string, change: string, branch: string): void {
  withReader((reader) => {
    commit({ branch, text, change, ...accepted(text, reader.readDraft(text, fileOf(draft.getState().id))) })
  })
}

/** Changes a setting of the file; `change` is what undo calls it. */
export function setSetting(path: string, value: unknown, change: string): void {
  set(path, value, change)
}

/** The cluster on show gets its requests from a log that was dropped on the page. */
export function replayLog(file: string, speed: number, duration: number): void {
  revise(
    `replay ${file}`,
    ({ formatDuration, setValue }, text) => {
      const settings: [path: string, value: unknown][] = [
        ['name', `Replay of ${file}`],
        ['summary', `The cluster on show before, with the requests of ${file}.`],
        ['clients', { visitors: { arrivals: { log: { file, speed } } } }],
        ['duration', formatDuration(duration)],
        ['warmUp', '0s'],
      ]
      return settings.reduce((old, [path, value]) => setValue(old, path, value), text)
    },
    'log',
  )
  seek(0)
  play()
}

function healthAt(changes: readonly Change[], node: number, at: number): number {
  let health = UP
  for (const change of changes) {
    if (change.at > at) break
    if (change.kind === 'truth' && change.node === node) health = change.value
  }
  return health
}

function set(path: string, value: unknown, change: string): void {
  revise(change, ({ setValue }, text) => setValue(text, path, value))
}

/**
 * Takes a change of the text on show as it is then: at once, or as soon as the reader is here.
 * @param merge true: a part of the step before
 */
export function revise(
  change: string,
  make: (reader: Reader, text: string) => string,
  id = draft.getState().id,
  merge = false,
): void {
  withReader((reader) => replace(reader, id, make(reader, draft.getState().text), change, merge))
}

function replace(reader: Reader, id: string, text: string, change: string, merge = false): void {
  clearTimeout(typing)
  const before = draft.getState()
  const of = id === before.id ? {} : { branch: undefined, branches: undefined }
  commit({ id, ...of, text, change, ...accepted(text, reader.readDraft(text, fileOf(id))) }, merge)
}

/** A broken text keeps the last scenario that was right. */
function accepted(text: string, { scenario, problems }: Reading) {
  return scenario ? { scenario, source: text, problems } : { problems }
}

const fileOf = (id: string) => `${id}.yaml`
