import { beforeEach, describe, expect, test } from 'vitest'
import { brush, look, lookAtAll, loopOf } from '../../src/app/stores/brush.ts'
import { toggleLoop } from '../../src/app/stores/loop.ts'
import { notice } from '../../src/app/stores/notice.ts'
import {
  advance,
  FASTEST,
  type Playhead,
  play,
  playhead,
  SLOWEST,
  seek,
  setExtent,
  setSpeed,
} from '../../src/app/stores/playhead.ts'

const standing: Playhead = {
  at: 10e9,
  speed: 2,
  playing: true,
  duration: 60e9,
  frontier: 60e9,
  limit: Number.POSITIVE_INFINITY,
}

describe('in a frame', () => {
  test('time passes by the wall time times the speed', () =>
    expect(advance(standing, 16)).toEqual({ at: 10e9 + 32e6 }))
  test('nothing passes while paused', () => expect(advance({ ...standing, playing: false }, 16)).toEqual({}))
  test('it waits where the run is not computed yet', () => {
    const waiting = { ...standing, frontier: 10e9 }
    expect(advance(waiting, 16)).toEqual({})
    expect(advance({ ...waiting, frontier: 5e9 }, 16)).toEqual({})
    expect(advance({ ...standing, limit: 10e9 + 5 }, 16)).toEqual({ at: 10e9 + 5 })
  })
  test('it goes no further than what is computed', () =>
    expect(advance({ ...standing, frontier: 10.01e9 }, 16)).toEqual({ at: 10.01e9 }))
  test('it stops at the end', () =>
    expect(advance({ ...standing, at: 59.99e9 }, 16)).toEqual({ at: 60e9, playing: false }))
  test('it stays at the beginning while there is no run', () =>
    expect(advance({ ...standing, at: 0, duration: 0, frontier: 0 }, 16)).toEqual({}))
})

describe('in a loop', () => {
  const loop = { from: 8e9, to: 12e9 }
  const from = (at: number, more = {}) => advance({ ...standing, at, ...more }, 16, loop)
  test('time passes as ever', () => expect(from(10e9)).toEqual({ at: 10e9 + 32e6 }))
  test('at its end it goes on from its beginning, however fast', () => {
    expect(from(12e9 - 2e6)).toEqual({ at: 8e9 + 30e6 })
    expect(from(10e9, { speed: 1000 })).toEqual({ at: 10e9 })
    expect(from(59e9)).toEqual({ at: 8e9 })
    const last = { ...standing, at: 60e9 - 2e6 }
    expect(advance(last, 16, { from: 50e9, to: 60e9 })).toEqual({ at: 50e9 })
  })
  test('who plays from elsewhere comes to its beginning', () => {
    expect(from(3e9)).toEqual({ at: 8e9 })
    expect(from(12e9)).toEqual({ at: 8e9 })
    expect(from(3e9, { playing: false })).toEqual({})
  })
  test('it waits where the run is not computed yet', () =>
    expect(from(11e9, { frontier: 11.01e9 })).toEqual({ at: 11.01e9 }))

  test('there is one only while a stretch is chosen', () => {
    lookAtAll()
    toggleLoop()
    expect(loopOf(brush.getState(), 60e9)).toBeUndefined()
    expect(notice.getState().text).toContain('choose a stretch')
    look(20e9, 40e9, 60e9)
    toggleLoop()
    expect(loopOf(brush.getState(), 60e9)).toEqual({ from: 20e9, to: 40e9 })
    look(30e9, 35e9, 60e9)
    expect(loopOf(brush.getState(), 32e9)).toEqual({ from: 30e9, to: 32e9 })
    expect(loopOf(brush.getState(), 10e9)).toBeUndefined()
    look(0, 60e9, 60e9)
    expect(brush.getState()).toMatchObject({ span: undefined, isLooped: false })
  })
})

describe('a person', () => {
  beforeEach(() => playhead.setState({ ...standing, playing: false }))

  test.each([
    [-5, 0],
    [30e9, 30e9],
    [1e15, 60e9],
    [Number.NaN, 10e9],
  ])('seeks to %d and comes to %d', (to, at) => {
    seek(to)
    expect(playhead.getState().at).toBe(at)
  })

  test('who plays at the end plays from the beginning', () => {
    seek(60e9)
    play()
    expect(playhead.getState()).toMatchObject({ at: 0, playing: true })
  })

  test('cannot set a speed beyond the slider', () => {
    setSpeed(0)
    expect(playhead.getState().speed).toBe(SLOWEST)
    setSpeed(1e9)
    expect(playhead.getState().speed).toBe(FASTEST)
  })

  test('stays at the same instant when the run changes, or at its end when that is earlier', () => {
    setExtent(20e9, 0)
    expect(playhead.getState().at).toBe(10e9)
    setExtent(5e9, 1e9)
    expect(playhead.getState().at).toBe(10e9)
    setExtent(5e9, 5e9)
    expect(playhead.getState().at).toBe(5e9)
  })
})
