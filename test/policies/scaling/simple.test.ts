/** Simple scaling and its pause. */

import { describe, expect, test } from 'vitest'
import { begins, decideSimply, type Pause } from '../../../src/policies/scaling/simple.ts'

const settings = { above: 0.8, below: 0.3, add: 2, remove: 1, cooldown: 300 }
const bounds = { min: 1, max: 10 }

function deciding(pause: Pause = { rests: false, until: 0 }) {
  const at = (now: number, load: number, current: number) =>
    decideSimply(pause, load, current, now, settings, bounds)
  return { at, pause }
}

describe('simple scaling', () => {
  test('adds beyond one threshold and removes beyond the other, within its bounds', () => {
    expect(deciding().at(0, 0.81, 4)).toBe(6)
    expect(deciding().at(0, 0.8, 4)).toBe(4)
    expect(deciding().at(0, 0.29, 4)).toBe(3)
    expect(deciding().at(0, 0.9, 9)).toBe(10)
    expect(deciding().at(0, 0, 1)).toBe(1)
  })

  test('knows nothing where nobody serves', () => expect(deciding().at(0, NaN, 3)).toBe(3))

  test('then rests for its cool-down, from the end of the change on', () => {
    const { at, pause } = deciding()
    expect(at(0, 0.9, 2)).toBe(4)
    begins(pause, 50, settings)
    expect(at(349, 0.9, 4)).toBe(4)
    expect(at(350, 0.9, 4)).toBe(6)
  })

  test('does not rest where nothing could be changed', () => {
    const { at, pause } = deciding()
    expect(at(0, 0.9, 10)).toBe(10)
    expect(pause.rests).toBe(false)
  })
})
