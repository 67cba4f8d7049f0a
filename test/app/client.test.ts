import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expose } from 'comlink'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect } from '../../src/worker/client.ts'

/** A worker that answers nothing and dies when it is told to. */
class SilentWorker {
  static readonly all: SilentWorker[] = []
  onerror: ((event: { message: string }) => void) | undefined
  isEnded = false
  constructor() {
    SilentWorker.all.push(this)
  }
  addEventListener() {}
  removeEventListener() {}
  postMessage() {}
  terminate() {
    this.isEnded = true
  }
}

beforeEach(() => {
  SilentWorker.all.length = 0
  vi.stubGlobal('Worker', SilentWorker)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('a worker begins with the first call, not before', () => {
  const door = connect(() => undefined)
  expect(SilentWorker.all).toHaveLength(0)
  void door.close(1)
  void door.close(2)
  expect(SilentWorker.all).toHaveLength(1)
})

test('a worker that dies rejects what was asked, says why once, and is replaced at the next call', async () => {
  const deaths: string[] = []
  const door = connect((why) => deaths.push(why))
  const asked = [door.trace(1, 0, 1, 1), door.close(1)]
  SilentWorker.all[0]!.onerror?.({ message: 'out of memory' })
  SilentWorker.all[0]!.onerror?.({ message: 'again' })
  for (const answer of asked) await expect(answer).rejects.toThrow('out of memory')
  expect(deaths).toEqual(['out of memory'])
  expect(SilentWorker.all[0]!.isEnded).toBe(true)
  void door.close(1)
  expect(SilentWorker.all).toHaveLength(2)
})

describe('a worker that does not answer', () => {
  const page = { hidden: false }
  const seconds = (n: number) => vi.advanceTimersByTime(n * 1000)

  beforeEach(() => {
    page.hidden = false
    vi.stubGlobal('document', page)
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('is told after ten seconds in sight in which something was asked, and can be ended', async () => {
    const onSilence = vi.fn<(end?: () => void) => void>()
    const deaths: string[] = []
    const door = connect((why) => deaths.push(why), onSilence)
    const asked = door.close(1)
    seconds(6)
    page.hidden = true
    seconds(100)
    page.hidden = false
    seconds(4)
    expect(onSilence).not.toHaveBeenCalled()
    seconds(1)
    const [end] = onSilence.mock.lastCall!
    end!()
    await expect(asked).rejects.toThrow('did not answer')
    expect(deaths).toHaveLength(1)
    expect(SilentWorker.all[0]!.isEnded).toBe(true)
    expect(onSilence).toHaveBeenLastCalledWith(undefined)
    seconds(100)
    expect(onSilence).toHaveBeenCalledTimes(2)
  })

  test('is no longer told of when it answers after all', async () => {
    const { port1, port2 } = new MessageChannel()
    vi.stubGlobal('Worker', function withPort() {
      return port1
    })
    const onSilence = vi.fn()
    const door = connect(() => undefined, onSilence)
    const asked = door.close(1)
    seconds(20)
    expect(onSilence).toHaveBeenCalledTimes(1)
    expose({ close() {}, alive() {} }, port2)
    await asked
    await expect.poll(() => onSilence.mock.lastCall).toEqual([undefined])
    seconds(20) // nothing is asked any more
    expect(onSilence).toHaveBeenCalledTimes(2)
    port1.close()
    port2.close()
  })
})

test('an answer is not kept as long as the worker lives', async () => {
  const { port1, port2 } = new MessageChannel()
  expose({ facts: () => ({ rows: [1, 2, 3] }) }, port2)
  vi.stubGlobal('Worker', function withPort() {
    return port1
  })
  const door = connect(() => undefined)
  const answer = new WeakRef(await door.facts(1, 0, 1, {}, 1))
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const isKept = () => {
    collect()
    return answer.deref() !== undefined
  }
  await expect.poll(isKept).toBe(false)
  port1.close()
  port2.close()
})
