/**
 * Where one was: the address bar says which scenario and lanes, and the browser keeps the text and the instant, so
 * that a reload returns.
 */

import type { ReaderDoor } from '../worker/protocol.ts'
import { catalogue, type Entry, FIRST, loadCatalogue } from './catalogue.ts'
import { openFirst } from './edits.ts'
import { BASE } from './lanes/lane-key.ts'
import { loadReader } from './reader.ts'
import { choice, choose, chosenFor } from './stores/choice.ts'
import { type Draft, draft } from './stores/draft.ts'
import { notice } from './stores/notice.ts'
import { play, playhead } from './stores/playhead.ts'
import { drawn, runs } from './stores/runs.ts'

const KEY = 'evenkeel-draft'
const EVERY_MS = 1000

interface Saved {
  readonly id: string
  readonly branch?: string | undefined
  readonly text: string
  readonly at: number
  readonly playing: boolean
}

/** Opens what the address asks for, or what was open before, or the calm scenario; then keeps both true. */
export async function startAddress(engine: ReaderDoor): Promise<void> {
  const address = new URLSearchParams(location.hash.slice(1))
  const asked = address.get('scenario')
  const saved = load()
  const isBack = saved !== undefined && (asked === null || saved.id === asked)
  const { entries } = isBack || asked === null || asked === FIRST ? catalogue.getState() : await all()
  const entry = entries.find(({ id }) => id === (asked ?? FIRST)) ?? entries[0]
  if (isBack) await openFirst(engine, saved.id, saved.text, saved.at, saved.branch)
  else if (entry) await openFirst(engine, entry.id, entry.text, 0)
  const lanes = address.getAll('lane')
  if (lanes.length > 0) choose(draft.getState().id, lanes)
  if (!isBack || saved.playing) play()
  draft.subscribe((now, before) => {
    if (now.id !== before.id || now.scenario !== before.scenario) show(now)
  })
  choice.subscribe(() => show(draft.getState()))
  show(draft.getState())
  setInterval(save, EVERY_MS)
  addEventListener('pagehide', save)
  // Another address typed or pasted; our own changes of it make no such event.
  addEventListener('hashchange', () => location.reload())
  void all()
  afterFirstPicture(() => void loadReader().catch(() => undefined)) // an edit tries again, and says so
}

function afterFirstPicture(then: () => void): void {
  const stop = runs.subscribe(({ lanes }) => {
    if (drawn(lanes).length === 0) return
    stop()
    requestAnimationFrame(then)
  })
}

/** The whole catalogue; only what is here when the rest cannot be loaded, and a word about that. */
async function all(): Promise<{ readonly entries: readonly Entry[] }> {
  try {
    return { entries: await loadCatalogue() }
  } catch {
    notice.setState({ text: 'The other scenarios could not be loaded: is the connection down?' })
    return catalogue.getState()
  }
}

function show({ id, scenario }: Draft): void {
  document.title = scenario ? `${scenario.name} – Evenkeel` : 'Evenkeel'
  const keys = chosenFor(choice.getState(), id)
  const lanes = keys.join() === BASE ? [] : keys
  const parts = [
    `scenario=${encodeURIComponent(id)}`,
    ...lanes.map((key) => `lane=${encodeURIComponent(key)}`),
  ]
  history.replaceState(null, '', `#${parts.join('&')}`)
}

let last = ''

function save(): void {
  const { id, branch, text } = draft.getState()
  const { at, playing } = playhead.getState()
  const kept = JSON.stringify({ id, branch, text, at: Math.round(at), playing } satisfies Saved)
  if (kept === last) return
  last = kept
  try {
    sessionStorage.setItem(KEY, kept)
  } catch {
    // Full or forbidden: a reload begins anew.
  }
}

function load(): Saved | undefined {
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    return isSaved(saved) ? saved : undefined
  } catch {
    return undefined
  }
}

function isSaved(value: unknown): value is Saved {
  const saved = value as Partial<Saved> | null
  return typeof saved?.id === 'string' && typeof saved.text === 'string' && Number.isFinite(saved.at)
}
