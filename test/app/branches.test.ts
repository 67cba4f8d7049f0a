/** Forking: the past stays, futures stand side by side. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  deleteBranch,
  forkHere,
  goToBranch,
  renameBranch,
  startBranches,
} from '../../src/app/branches/fork.ts'
import { sharedPast } from '../../src/app/branches/shared-past.ts'
import { branches, branchesOf } from '../../src/app/branches/store.ts'
import { openFirst, setSeed, touchReplica } from '../../src/app/edits.ts'
import { happen } from '../../src/app/faults/happen.ts'
import { kindOf } from '../../src/app/faults/kinds.ts'
import { initially } from '../../src/app/faults/said.ts'
import { branchKey, rightKeys } from '../../src/app/lanes/lane-key.ts'
import { laneOf } from '../../src/app/lanes/lane-of.ts'
import { loadReader } from '../../src/app/reader.ts'
import { restoreHistory, save } from '../../src/app/saved.ts'
import { addLane, choice, chosenFor } from '../../src/app/stores/choice.ts'
import { draft, history } from '../../src/app/stores/draft.ts'
import { notice } from '../../src/app/stores/notice.ts'
import { doorOf } from '../../src/worker/door.ts'

const TEXT = 'clients: { users: { rate: 100/s } }\ntiers:\n  web: { replicas: 3 }\n'
await loadReader()
startBranches()

beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  branches.setState({ of: {} })
  choice.setState({ lanes: {} })
  await openFirst(doorOf(), 'mine', TEXT, 12.3456e9)
})

const all = () => branchesOf(branches.getState(), 'mine')
const crash = (target: string) =>
  happen(kindOf('crash'), initially(kindOf('crash'), target), draft.getState().scenario!)

describe('a fork', () => {
  test('keeps what was on show; what is changed is changed in the new branch', () => {
    forkHere()
    crash('web/2')
    expect(all()).toMatchObject([
      { id: 'main', text: TEXT, parent: undefined },
      { id: '2', name: 'Branch 2', at: 12.345e9, parent: 'main', text: draft.getState().text },
    ])
    goToBranch('main')
    expect(draft.getState().text).toBe(TEXT)
    crash('web/1')
    goToBranch('2')
    expect(draft.getState().text).toContain('crash: web/2')
    expect(draft.getState().text).not.toContain('web/1')
  })

  test('and every step after it can be undone and done again', () => {
    forkHere()
    crash('web/2')
    const { text } = draft.getState()
    goToBranch('main')
    const { undo, redo } = history.getState()
    undo()
    expect(draft.getState()).toMatchObject({ branch: '2', text })
    undo(2)
    expect(draft.getState()).toMatchObject({ branch: undefined, text: TEXT })
    for (let i = 0; i < 3; i++) redo()
    expect(draft.getState()).toMatchObject({ branch: 'main', text: TEXT })
    expect(all().find(({ id }) => id === '2')!.text).toBe(text)
  })

  test('names the lane on show, which is the file again once it is undone', () => {
    const before = laneOf('base', [], true)
    forkHere()
    const forked = laneOf('base', [before], true)
    history.getState().undo()
    expect([before, forked, laneOf('base', [forked], true)].map(({ name }) => name)).toEqual([
      'as written',
      'Branch 2',
      'as written',
    ])
  })

  test('of a fork hangs on it; deleted, on what is left', () => {
    forkHere()
    forkHere()
    renameBranch('2', '  without retries ')
    renameBranch('3', ' ')
    expect(all().map(({ name, parent }) => [name, parent])).toEqual([
      ['Main', undefined],
      ['without retries', 'main'],
      ['Branch 3', '2'],
    ])
    deleteBranch('3')
    expect(all()).toHaveLength(3)
    deleteBranch('2')
    expect(all().map(({ id, parent }) => [id, parent])).toEqual([
      ['main', undefined],
      ['3', 'main'],
    ])
  })

  test('made, named, deleted: each is a step that undo takes back and redo does again', () => {
    forkHere()
    crash('web/2')
    const { text } = draft.getState()
    goToBranch('main')
    renameBranch('2', 'one fewer')
    renameBranch('2', 'one fewer')
    deleteBranch('2')
    expect(all()).toEqual([])
    expect(draft.getState().change).toBe('delete “one fewer”')
    const { undo, redo } = history.getState()
    undo()
    expect(all()).toMatchObject([{ id: 'main' }, { id: '2', name: 'one fewer', parent: 'main', text }])
    undo()
    expect(all()).toMatchObject([{ id: 'main' }, { id: '2', name: 'Branch 2', text }])
    redo(2)
    expect(all()).toEqual([])
    undo(5)
    expect(all()).toEqual([])
    expect(draft.getState()).toMatchObject({ branch: undefined, text: TEXT })
    redo(4)
    expect(all()).toMatchObject([
      { id: 'main', text: TEXT },
      { id: '2', name: 'one fewer', text },
    ])
  })

  test('of another tab stays, whatever is taken back here', () => {
    forkHere()
    const other = { id: '7', name: 'from elsewhere', parent: 'main', at: 0, text: TEXT }
    branches.setState({ of: { mine: [...all(), other] } })
    history.getState().undo()
    expect(all()).toEqual([other])
    history.getState().redo()
    expect(all().map(({ id }) => id)).toEqual(['main', '2', '7'])
  })

  test('and the steps are there after the page was loaded again', async () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key),
      setItem: (key: string, to: string) => kept.set(key, to),
    }
    vi.stubGlobal('sessionStorage', storage)
    forkHere()
    goToBranch('main')
    save()
    deleteBranch('2')
    save()
    await openFirst(doorOf(), 'mine', TEXT, 0, 'main')
    await restoreHistory()
    expect(draft.getState().change).toBe('delete “Branch 2”')
    history.getState().undo()
    expect(all().map(({ name }) => name)).toEqual(['Main', 'Branch 2'])
  })
})

describe('as a lane', () => {
  test('it is its own text under its name; a click there changes nothing here', () => {
    forkHere()
    crash('web/2')
    expect(rightKeys(['base', branchKey('main')])).toEqual(['base', 'branch:main'])
    addLane('mine', branchKey('main'))
    const lane = laneOf('branch:main', [], false)
    expect(lane).toMatchObject({ name: 'Main', source: TEXT, problems: [] })
    expect(lane.scenario?.faults).toEqual([])
    expect(laneOf('base', [], false).name).toBe('Branch 2')
    expect(laneOf('branch:main', [lane], false)).toBe(lane)
    const { text } = draft.getState()
    touchReplica('branch:main', 0)
    expect(draft.getState().text).toBe(text)
    expect(notice.getState().text).toMatch(/another branch/)
    goToBranch('main')
    expect(chosenFor(choice.getState(), 'mine')).toEqual(['base'])
  })
  test('that is not in this browser says so', () => {
    expect(laneOf('branch:7', [], false).problems).toMatchObject([
      { message: expect.stringMatching(/not in/) },
    ])
  })
})

test('two branches have the same past up to the first timed entry that only one has, none when a setting differs', () => {
  const { scenario: before } = draft.getState()
  expect(sharedPast(before!, before!)).toBe(Number.POSITIVE_INFINITY)
  crash('web/2')
  expect(sharedPast(before!, draft.getState().scenario!)).toBe(12.345e9)
  setSeed('9')
  expect(sharedPast(before!, draft.getState().scenario!)).toBe(0)
})
