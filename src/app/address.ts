/**
 * Where one was: the address bar says which scenario and lanes, and the browser keeps the text and the instant, so
 * that a reload returns.
 */

import type { ReaderDoor } from '../worker/protocol.ts'
import { catalogue, type Entry, FIRST, loadCatalogue } from './catalogue.ts'
import { openFirst } from './edits.ts'
import { BASE } from './lanes/lane-key.ts'
import { loadAhead } from './parts/later.tsx'
import { loadReader } from './reader.ts'
import { restoreHistory, type Saved, save, savedHere, savedLast } from './saved.ts'
import { choice, choose, chosenFor } from './stores/choice.ts'
import { commit, type Draft, draft } from './stores/draft.ts'
import { notice } from './stores/notice.ts'
import { play, playhead } from './stores/playhead.ts'
import { drawn, runs } from './stores/runs.ts'

const EVERY_MS = 1000

/** Opens what the address asks for, or what was open before, or the calm scenario; then keeps both true. */
export async function startAddress(engine: ReaderDoor): Promise<void> {
  const address = new URLSearchParams(location.hash.slice(1))
  const asked = address.get('scenario')
  const here = savedHere()
  const saved = here ?? savedLast()
  const isHere = here !== undefined && (asked === null || here.id === asked)
  const { entries } = isHere || asked === null || asked === FIRST ? catalogue.getState() : await all()
  // A scenario of one's own is nowhere else; one of the list opens as it was shipped, unless this tab had it.
  const isOwn = asked === null || !entries.some(({ id }) => id === asked)
  const isBack = saved !== undefined && (isHere || (isOwn && (asked === null || saved.id === asked)))
  const entry = entries.find(({ id }) => id === (asked ?? FIRST)) ?? entries[0]
  if (isBack) await openAgain(engine, saved)
  else if (entry) await openFirst(engine, entry.id, entry.text, 0)
  const lanes = address.getAll('lane')
  if (lanes.length > 0) choose(draft.getState().id, lanes)
  if (!isBack || saved.playing) play()
  if (isBack && !here) {
    notice.setState({ text: 'This is your scenario as you left it; the list above has all others.' })
  }
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
  afterFirstPicture(() => {
    const isRead = here ? restoreHistory() : loadReader()
    void isRead.catch(() => undefined).then(loadAhead) // an edit tries again, and says so
  })
}

/** A text that was broken when the page was left shows the last good run again. */
async function openAgain(engine: ReaderDoor, { id, text, source, at, branch }: Saved): Promise<void> {
  await openFirst(engine, id, text, at, branch)
  if (draft.getState().scenario || !source) return
  const { scenario } = await engine.read(source, `${id}.yaml`)
  if (scenario) commit({ scenario, source }, true)
  playhead.setState({ duration: scenario?.duration ?? 0, at })
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
