import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadCatalogue } from '../../src/app/catalogue.ts'
import { openFirst, setSeed, setStrategy } from '../../src/app/edits.ts'
import { loadReader } from '../../src/app/reader.ts'
import { restoreHistory, save, savedHere, savedLast } from '../../src/app/saved.ts'
import { draft, history } from '../../src/app/stores/draft.ts'
import { notice } from '../../src/app/stores/notice.ts'
import { playhead } from '../../src/app/stores/playhead.ts'
import { view } from '../../src/app/stores/view.ts'
import { doorOf } from '../../src/worker/door.ts'

const [calm] = await loadCatalogue()
await loadReader()

const storage = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, to: string) => kept.set(key, to),
  }
}

beforeEach(async () => {
  vi.stubGlobal('sessionStorage', storage())
  vi.stubGlobal('localStorage', storage())
  await openFirst(doorOf(), 'calm', calm!.text, 5e9)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('text, instant and history come back; undo and redo lead where they led', async () => {
  setSeed('4')
  setStrategy('web', 'random')
  setSeed('6')
  history.getState().undo()
  const { text } = draft.getState()
  save()
  expect(savedHere()).toMatchObject({ id: 'calm', text, at: 5e9 })

  await openFirst(doorOf(), 'calm', text, 5e9)
  expect(history.getState().pastStates).toEqual([])
  await restoreHistory()
  expect(draft.getState()).toMatchObject({ text, change: 'random in web' })
  history.getState().undo()
  expect(draft.getState()).toMatchObject({ change: 'seed 4', scenario: { seed: 4 } })
  history.getState().undo()
  expect(draft.getState()).toMatchObject({ text: calm!.text, scenario: { seed: 1 } })
  history.getState().redo()
  history.getState().redo()
  history.getState().redo()
  expect(draft.getState()).toMatchObject({ change: 'seed 6', scenario: { seed: 6 } })
})

test('a history of another text is left alone, and so is one that something was done after', async () => {
  setSeed('4')
  save()
  await openFirst(doorOf(), 'calm', calm!.text, 0)
  await restoreHistory()
  expect(history.getState().pastStates).toEqual([])
})

test('what was changed is somebody’s work and outlives the tab; what was shipped is not', () => {
  save()
  expect(savedLast()).toBeUndefined()
  setSeed('4')
  save()
  expect(savedLast()).toMatchObject({ id: 'calm', text: draft.getState().text, at: 0, playing: true })
})

test('nothing kept, and nonsense, are as a first visit', () => {
  expect(savedHere()).toBeUndefined()
  sessionStorage.setItem('evenkeel-draft', '{"id":3}')
  localStorage.setItem('evenkeel-last', '{')
  expect([savedHere(), savedLast()]).toEqual([undefined, undefined])
})

test('while it plays only the instant is written; the text when it is another', () => {
  const written: string[] = []
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: (key: string) => written.push(key) })
  setSeed('41')
  save()
  written.length = 0
  for (const at of [6e9, 7e9, 7e9]) {
    playhead.setState({ at })
    save()
  }
  expect(written).toEqual(['evenkeel-place', 'evenkeel-place'])
  setSeed('42')
  save()
  expect(written).toContain('evenkeel-draft')
})

test('where the browser keeps nothing all goes on, and once there is something to lose it is said, once', async () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  vi.stubGlobal('sessionStorage', full)
  vi.stubGlobal('localStorage', full)
  vi.stubGlobal('document', {})
  notice.setState({ text: '' })
  await openFirst(doorOf(), 'calm', calm!.text, 5e9)
  save()
  expect(notice.getState().text).toBe('')
  setSeed('4')
  save()
  expect(notice.getState().text).toMatch(/^This browser keeps nothing: /)
  notice.setState({ text: '' })
  view.setState({ theme: 'dark' })
  setSeed('5')
  save()
  expect(notice.getState().text).toBe('')
  expect([view.getState().theme, draft.getState().scenario?.seed]).toEqual(['dark', 5])
})
