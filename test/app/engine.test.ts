import { beforeEach, describe, expect, test, vi } from 'vitest'
import { onDeath, startRuns, stepEvent } from '../../src/app/engine.ts'
import { choice } from '../../src/app/stores/choice.ts'
import { begin, commit } from '../../src/app/stores/draft.ts'
import { notice } from '../../src/app/stores/notice.ts'
import { playhead } from '../../src/app/stores/playhead.ts'
import { runs } from '../../src/app/stores/runs.ts'
import type { EngineDoor, RunUpdate } from '../../src/worker/protocol.ts'
import { fakeEngine } from './fake-engine.ts'
import { fakeScenario } from './fake-scenario.ts'

/** The first lane. */
const shown = () => runs.getState().lanes[0]!
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
const other = { ...fakeScenario, seed: 8, name: 'Another' }

beforeEach(() => {
  begin({ id: 'fake', text: 'one', source: 'one', scenario: fakeScenario, problems: [], change: '' })
  runs.setState({ lanes: [] })
  choice.setState({ lanes: {} })
})

/** An engine whose updates come when the test says so. */
function slowEngine() {
  const sinks: ((update: RunUpdate) => void)[] = []
  const fake = fakeEngine()
  const door: EngineDoor = {
    ...fake,
    open: (run, scenario, onUpdate) =>
      new Promise((resolve) => {
        sinks.push(() => void fake.open(run, scenario, onUpdate).then(resolve))
      }),
  }
  return { door, sinks, calls: fake.calls }
}

describe('the engine', () => {
  test('computes the draft, and again when its scenario changes; the run before stays as a ghost', async () => {
    const fake = fakeEngine()
    const stop = startRuns(fake)
    await settled()
    const first = shown().current!
    expect(shown().status).toBe('done')
    expect(first.report?.seed).toBe(7)
    commit({ text: 'two', source: 'two', scenario: other })
    expect(shown().status).toBe('computing')
    await settled()
    expect(shown()).toMatchObject({ status: 'done', previous: { number: first.number } })
    expect(shown().current?.scenario).toBe(other)
    expect(playhead.getState()).toMatchObject({ duration: 120e9, frontier: 120e9 })
    // The old run is let go only when the new one could have continued it.
    expect(fake.calls.filter((call) => !call.startsWith('trace'))).toEqual([
      `open ${first.number}`,
      `open ${first.number + 1}`,
      `close ${first.number}`,
    ])
    stop()
  })

  test('shows nothing of a run that was overtaken by the next', async () => {
    const { door, sinks } = slowEngine()
    const stop = startRuns(door)
    await settled()
    commit({ text: 'two', source: 'two', scenario: other })
    await settled()
    sinks[0]!({} as RunUpdate)
    await settled()
    expect(shown().current).toBeUndefined()
    sinks[1]!({} as RunUpdate)
    await settled()
    expect(shown().current?.scenario).toBe(other)
    stop()
  })

  test('says why a run failed, and keeps the one before', async () => {
    const fake = fakeEngine()
    const stop = startRuns(fake)
    await settled()
    const good = shown().current
    vi.spyOn(fake, 'open').mockRejectedValue(new Error('no memory is left'))
    commit({ text: 'two', source: 'two', scenario: other })
    await settled()
    expect(shown()).toMatchObject({ status: 'failed', failure: 'no memory is left', current: good })
    stop()
  })

  test('runs again after it died, and leaves it to the person when it dies again at once', async () => {
    const fake = fakeEngine()
    const stop = startRuns(fake)
    await settled()
    const { number } = shown().current!
    onDeath('out of memory')
    expect(notice.getState().text).toMatch(/started again: out of memory/)
    await settled()
    expect(shown()).toMatchObject({ status: 'done', current: { number: number + 1 } })
    onDeath('out of memory')
    await settled()
    expect(shown()).toMatchObject({ status: 'failed', current: { number: number + 1 } })
    stop()
  })

  test('steps to the next event and stands there', async () => {
    const stop = startRuns(fakeEngine())
    await settled()
    playhead.setState({ at: 1e9, playing: true })
    await stepEvent(1)
    expect(playhead.getState()).toMatchObject({ at: 1e9 + 500_000, playing: false })
    stop()
  })
})
