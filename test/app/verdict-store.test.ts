/** How replications are begun, paused, given up and gone on with. */
import { beforeEach, expect, test } from 'vitest'
import {
  cancelVerdict,
  compareLanes,
  FEW,
  goOn,
  leaveVerdict,
  pauseVerdict,
  resumeVerdict,
  takeDoor,
  verdict,
} from '../../src/app/compare/verdict-store.ts'
import type { Lane } from '../../src/app/stores/runs.ts'
import type { Comparison, ComparisonDoor } from '../../src/worker/protocol.ts'
import { fakeScenario } from './fake-scenario.ts'

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
const lane = (key: string, name = key) =>
  ({ key, set: {}, scenario: { ...fakeScenario, name } }) as unknown as Lane

/** Replications are done when the test says so. */
function slowDoor() {
  const calls: string[] = []
  let done: ((count: number) => void) | undefined
  let fail: ((why: Error) => void) | undefined
  const door: ComparisonDoor = {
    addLog: async () => undefined,
    compare: (contenders, wanted, onResult) =>
      new Promise((resolve, reject) => {
        const names = contenders.map(({ name }) => name)
        calls.push(`compare ${names.join(' ')} ${wanted}`)
        fail = reject
        done = (replications) => {
          onResult({
            replications,
            partial: replications < wanted,
            variants: names.map((name) => ({ name })),
          } as unknown as Comparison)
          if (replications === wanted) resolve()
        }
      }),
    hold: async (isHeld) => void calls.push(isHeld ? 'hold' : 'go'),
    stop: async () => void calls.push('stop'),
  }
  return {
    door,
    calls,
    done: (count: number) => done?.(count),
    fail: (why: string) => fail?.(new Error(why)),
  }
}

const one = lane('base')
const two = lane('variant:b')
let slow: ReturnType<typeof slowDoor>

beforeEach(() => {
  slow = slowDoor()
  takeDoor(slow.door)
  leaveVerdict()
  slow.calls.length = 0
})

test('they wait for the runs on the screen, then fill in', async () => {
  compareLanes([one, two], false)
  expect(verdict.getState().progress).toBe('waiting')
  compareLanes([one, two], true)
  await settled()
  expect(slow.calls).toEqual(['stop', `compare base variant:b ${FEW}`])
  slow.done(1)
  expect(verdict.getState()).toMatchObject({ progress: 'running', result: { replications: 1 } })
  slow.done(FEW)
  await settled()
  expect(verdict.getState()).toMatchObject({ progress: 'done', result: { replications: FEW } })
})

test('one lane that can run is nothing to compare', async () => {
  compareLanes([one, { ...two, scenario: undefined }], true)
  await settled()
  expect(slow.calls).toEqual(['stop'])
})

test('pause and resume hold them where they are', async () => {
  compareLanes([one, two], true)
  await settled()
  pauseVerdict()
  expect(verdict.getState().progress).toBe('paused')
  resumeVerdict()
  expect(verdict.getState().progress).toBe('running')
  expect(slow.calls.slice(-2)).toEqual(['hold', 'go'])
})

test('what is given up keeps what is finished, and goes on from there', async () => {
  compareLanes([one, two], true)
  await settled()
  slow.done(5)
  cancelVerdict()
  slow.done(6)
  expect(verdict.getState()).toMatchObject({ progress: 'cancelled', result: { replications: 5 } })
  goOn()
  await settled()
  // The first five come back at once, and are no news.
  slow.done(1)
  expect(verdict.getState()).toMatchObject({ progress: 'running', result: { replications: 5 } })
  slow.done(FEW)
  await settled()
  goOn(FEW)
  await settled()
  expect(slow.calls.at(-1)).toBe(`compare base variant:b ${2 * FEW}`)
})

test('a lane that changed begins anew: nothing of the old one is shown', async () => {
  compareLanes([one, two], true)
  await settled()
  slow.done(9)
  const late = slow.done
  compareLanes([one, lane('variant:b', 'changed')], false)
  late(10)
  expect(verdict.getState()).toMatchObject({ progress: 'waiting', result: undefined })
  compareLanes([one, lane('variant:b', 'changed again')], true)
  await settled()
  slow.done(1)
  expect(verdict.getState().result?.replications).toBe(1)
})

test('a worker that dies says why, and may try again', async () => {
  compareLanes([one, two], true)
  await settled()
  slow.done(3)
  slow.fail('no memory is left')
  await settled()
  expect(verdict.getState()).toMatchObject({
    progress: 'failed',
    failure: 'no memory is left',
    result: { replications: 3 },
  })
  goOn()
  await settled()
  expect(verdict.getState().progress).toBe('running')
})
