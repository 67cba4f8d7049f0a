/**
 * What a reload finds again: text, instant and history of this tab, and for a later visit the last text that was
 * somebody's own. Where the browser keeps nothing, all of it is as on a first visit.
 */

import { catalogue, type Entry } from './catalogue.ts'
import { loadReader } from './reader.ts'
import { type Branch, type Draft, draft, history } from './stores/draft.ts'
import { keep, tellThatNothingIsKept } from './stores/kept.ts'
import { playhead } from './stores/playhead.ts'

const TAB = 'evenkeel-draft'
/** Where one is in the run: apart from the text, as it changes all the time. */
const PLACE = 'evenkeel-place'
const STEPS = 'evenkeel-history'
const LAST = 'evenkeel-last'

/** More steps, or more text, are not worth their room. */
const MOST_STEPS = 40
const MOST_TEXT = 400_000

export interface Saved {
  readonly id: string
  readonly branch?: string | undefined
  readonly text: string
  /** The last text that could be run, where that is another. */
  readonly source?: string | undefined
  readonly at: number
  readonly playing: boolean
}

type Step = Pick<Draft, 'id' | 'branch' | 'branches' | 'text' | 'change'>

interface Steps {
  readonly past: readonly Step[]
  readonly future: readonly Step[]
  /** The text between them. */
  readonly text: string
  /** What led to it. */
  readonly change: string
  readonly branches?: readonly Branch[] | undefined
}

/** What was kept last. */
let last: { draft?: Draft; entries?: unknown; place?: string } = {}

/** Keeps what is on show. */
export function save(): void {
  const { at, playing } = playhead.getState()
  const place = JSON.stringify({ at: Math.round(at), playing })
  if (place !== last.place) keep(() => sessionStorage, PLACE, place)
  const now = draft.getState()
  const { entries } = catalogue.getState()
  // A text may be long: it is written when it is another, not every second.
  if (now !== last.draft || entries !== last.entries) saveText(now, entries)
  last = { draft: now, entries, place }
}

function saveText(now: Draft, entries: readonly Entry[]): void {
  const { id, branch, branches, text, source, change } = now
  const { pastStates, futureStates } = history.getState()
  const good = source === text ? undefined : source
  const saved = JSON.stringify({ id, branch, text, source: good } satisfies Omit<Saved, 'at' | 'playing'>)
  const steps: Steps = { past: latest(pastStates), future: latest(futureStates), text, change, branches }
  const isKept = keep(() => sessionStorage, TAB, saved)
  if (isKept) keep(() => sessionStorage, STEPS, JSON.stringify(steps))
  else if (pastStates.length > 0) tellThatNothingIsKept()
  // A file as it was shipped is nobody's work; before the whole list is here nobody knows.
  const isOwn = entries.length > 1 && entries.find((entry) => entry.id === id)?.text !== text
  if (isOwn) keep(() => localStorage, LAST, saved)
}

/** Of this tab, before it was loaded again. */
export function savedHere(): Saved | undefined {
  const saved = read(() => sessionStorage, TAB)
  if (!isSaved(saved)) return undefined
  const { at, playing } = (read(() => sessionStorage, PLACE) ?? {}) as Partial<Saved>
  return { ...saved, at: Number.isFinite(at) ? at! : 0, playing: playing ?? true }
}

/** The last work of any tab. */
export function savedLast(): Saved | undefined {
  const saved = read(() => localStorage, LAST)
  return isSaved(saved) ? { ...saved, at: 0, playing: true } : undefined
}

/** Brings back what undo and redo led to, as soon as the texts can be read; one at a time, so that nothing waits. */
export async function restoreHistory(): Promise<void> {
  const steps = read(() => sessionStorage, STEPS) as Steps | undefined
  if (!Array.isArray(steps?.past) || steps.text !== draft.getState().text) return
  const { readDraft } = await loadReader()
  const whole = async (list: readonly Step[]) => {
    const states: Draft[] = []
    for (const { id, branch, branches, text, change } of list) {
      await new Promise((resolve) => setTimeout(resolve))
      const { scenario, problems } = readDraft(String(text), `${id}.yaml`)
      states.push({ id, branch, branches, text, change, scenario, problems, source: scenario ? text : '' })
    }
    return states
  }
  const [past, future] = [await whole(steps.past), await whole(steps.future)]
  const isUntouched = draft.getState().text === steps.text && history.getState().pastStates.length === 0
  if (!isUntouched) return
  history.getState().pause()
  draft.setState({ change: steps.change, branches: steps.branches })
  history.getState().resume()
  history.setState({ pastStates: past, futureStates: future })
}

/** The last steps that there is room for. */
function latest(states: readonly Partial<Draft>[]): Step[] {
  let room = MOST_TEXT
  const found: Step[] = []
  for (const { id = '', branch, branches, text = '', change = '' } of states
    .slice(-MOST_STEPS)
    .toReversed()) {
    room -= text.length + (branches ?? []).reduce((sum, one) => sum + one.text.length, 0)
    if (room < 0) break
    found.unshift({ id, branch, branches, text, change })
  }
  return found
}

function read(storage: () => Storage, key: string): unknown {
  try {
    return JSON.parse(storage().getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

function isSaved(value: unknown): value is Omit<Saved, 'at' | 'playing'> {
  const saved = value as Partial<Saved> | undefined
  return typeof saved?.id === 'string' && typeof saved.text === 'string'
}
