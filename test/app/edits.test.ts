import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadCatalogue } from '../../src/app/catalogue.ts'
import {
  editText,
  openFirst,
  pickScenario,
  replayLog,
  setSeed,
  setStrategy,
  touchReplica,
} from '../../src/app/edits.ts'
import { loadReader } from '../../src/app/reader.ts'
import { draft, history } from '../../src/app/stores/draft.ts'
import { playhead } from '../../src/app/stores/playhead.ts'
import { runs } from '../../src/app/stores/runs.ts'
import type { Change } from '../../src/measure/series.ts'
import { doorOf } from '../../src/worker/door.ts'

const catalogue = await loadCatalogue()
const TEXT = `# my notes
clients: { users: { rate: 100/s } }
tiers:
  web: { replicas: 3, balancing: { strategy: random } }
duration: 1m
`

/** The run of the draft's scenario as it is now, as far as clicks need it. */
function asRun(changes: readonly Change[] = []) {
  const { scenario } = draft.getState()
  const lane = { key: 'base', scenario, current: { scenario, changes } }
  runs.setState({ lanes: [lane as never] })
}

await loadReader()

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  await openFirst(doorOf(), 'mine', TEXT, 12.3456e9)
  asRun()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const { undo, redo } = history.getState()

test('what was there first cannot be undone', () => {
  undo()
  expect(draft.getState().text).toBe(TEXT)
})

test('a strategy is a line of the text; all else stays; undo and redo', () => {
  setStrategy('web', 'two-choices')
  expect(draft.getState().scenario?.tiers[0]?.strategy.policy).toBe('two-choices')
  expect(draft.getState().text).toContain('# my notes')
  expect(draft.getState().change).toBe('two-choices in web')
  undo()
  expect(draft.getState().text).toBe(TEXT)
  expect(draft.getState().scenario?.tiers[0]?.strategy.policy).toBe('random')
  redo()
  expect(draft.getState().scenario?.tiers[0]?.strategy.policy).toBe('two-choices')
})

test.each([
  ['42', 42],
  ['spring', 'spring'],
])('a seed may be %s', (typed, seed) => {
  setSeed(typed)
  expect(draft.getState().scenario?.seed).toBe(seed)
})

describe('a click on a replica', () => {
  test('crashes it now: rounded down, so that it has happened at the playhead', () => {
    touchReplica('base', 1)
    const [fault] = draft.getState().scenario!.faults
    expect(fault).toMatchObject({ at: 12.345e9, kind: 'crash', tier: 0, replica: 1 })
    expect(draft.getState().change).toBe('crash web/2 at 0:12.3')
  })
  test('revives it when it is down at this time', () => {
    asRun([{ at: 5e9, kind: 'truth', node: 1, balancer: -1, value: 1, rate: 0, errors: 0 }])
    touchReplica('base', 1)
    expect(draft.getState().scenario!.faults[0]).toMatchObject({ kind: 'recover' })
    playhead.setState({ at: 4e9 })
    touchReplica('base', 1)
    expect(draft.getState().scenario!.faults[0]).toMatchObject({ at: 4e9, kind: 'crash' })
  })
  test('that is not there does nothing', () => {
    touchReplica('base', 99)
    expect(draft.getState().text).toBe(TEXT)
  })
})

describe('typing', () => {
  test('is read when it comes to rest, and is one step', () => {
    editText(TEXT.replace('3', '4'))
    vi.advanceTimersByTime(100)
    editText(TEXT.replace('3', '42'))
    expect(draft.getState().scenario?.tiers[0]?.replicas).toHaveLength(3)
    vi.advanceTimersByTime(1000)
    expect(draft.getState().scenario?.tiers[0]?.replicas).toHaveLength(42)
    undo()
    expect(draft.getState().text).toBe(TEXT)
    expect(draft.getState().scenario?.tiers[0]?.replicas).toHaveLength(3)
  })
  test('something broken keeps the last right scenario and lists what is wrong', () => {
    const { scenario } = draft.getState()
    editText(TEXT.replace('duration', 'duratoin'))
    vi.advanceTimersByTime(1000)
    expect(draft.getState().scenario).toBe(scenario)
    expect(draft.getState().problems[0]).toMatchObject({ line: 5, column: 1 })
    undo()
    expect(draft.getState().problems).toEqual([])
  })
})

test('a long text is read by the engine, and only when nobody typed on', async () => {
  const asked: string[] = []
  const engine = doorOf()
  const read = (text: string, file: string) => {
    asked.push(text)
    return engine.read(text, file)
  }
  await openFirst({ read }, 'mine', TEXT, 0)
  const long = `${TEXT}${'# nothing\n'.repeat(4000)}`
  asked.length = 0
  editText(long.replace('3', '5'))
  vi.advanceTimersByTime(1000)
  editText(long.replace('3', '6'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toEqual([long.replace('3', '5'), long.replace('3', '6')])
  expect(draft.getState().scenario?.tiers[0]?.replicas).toHaveLength(6)
  undo()
  expect(draft.getState().scenario?.tiers[0]?.replicas).toHaveLength(3)
})

test('another scenario begins at its beginning and plays', () => {
  const other = catalogue.at(-1)!
  pickScenario(other.id)
  expect(draft.getState()).toMatchObject({ id: other.id, text: other.text, problems: [] })
  expect(playhead.getState()).toMatchObject({ at: 0, playing: true })
  undo()
  expect(draft.getState()).toMatchObject({ id: 'mine', text: TEXT })
})

test('a log takes the place of the clients; the cluster stays', () => {
  replayLog('access log: "1".log', 60, 90e9)
  const { scenario, problems } = draft.getState()
  expect(problems).toEqual([])
  expect(scenario).toMatchObject({ name: 'Replay of access log: "1".log', duration: 90e9 })
  expect(scenario?.clients.map(({ arrivals }) => arrivals.params)).toMatchObject([
    { file: 'access log: "1".log', speed: 60 },
  ])
  expect(scenario?.tiers[0]?.replicas).toHaveLength(3)
})

test('every shipped scenario is in the menu, the calm one first, with a title and a summary', () => {
  expect(catalogue.length).toBeGreaterThan(10)
  expect(catalogue[0]?.id).toBe('calm')
  for (const { id, title, summary } of catalogue) {
    expect(title, id).not.toBe(id)
    expect(summary, id).toMatch(/\w.*[.?]$/)
  }
})
