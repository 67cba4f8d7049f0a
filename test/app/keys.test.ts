import { describe, expect, test } from 'vitest'
import { commandOf } from '../../src/app/controls/shortcuts.ts'
import { placeOf, SPEED_STEPS, speedAt } from '../../src/app/controls/speeds.ts'
import { move } from '../../src/app/parts/picker-keys.ts'
import { keyTarget } from '../../src/app/timeline/keys.ts'

const press = (key: string, more = {}) =>
  commandOf({ key, code: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

describe('a key', () => {
  test.each([
    [' ', {}, { do: 'toggle' }],
    ['?', { shiftKey: true }, { do: 'help' }],
    ['ArrowLeft', {}, { do: 'step', direction: -1 }],
    ['ArrowRight', { shiftKey: true }, { do: 'second', direction: 1 }],
    ['Home', {}, { do: 'seek', share: 0 }],
    ['z', { ctrlKey: true }, { do: 'undo' }],
    ['Z', { metaKey: true, shiftKey: true }, { do: 'redo' }],
    ['.', {}, { do: 'toggle' }],
    ['p', {}, { do: 'present' }],
    ['L', { shiftKey: true }, { do: 'loop' }],
    ['PageDown', {}, { do: 'page', direction: 1 }],
  ])('%s %o does %o', (key, more, command) => expect(press(key, more)).toEqual(command))

  test('is a digit by its place, also where shift is needed to write one', () =>
    expect(press('&', { code: 'Digit1' })).toEqual({ do: 'speed', speed: 0.01 }))
  test('without a meaning does nothing', () => {
    expect(press('x')).toBeUndefined()
    expect(press(' ', { ctrlKey: true })).toBeUndefined()
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined()
  })
})

describe('the speed slider', () => {
  test('goes from a thousandth to as fast as it goes, each tenth of a decade a step', () =>
    expect([0, 10, 20, 30, SPEED_STEPS].map(speedAt)).toEqual([0.001, 0.01, 0.1, 1, 1000]))
  test('stands where its speed is', () => {
    for (let step = 0; step <= SPEED_STEPS; step++) expect(placeOf(speedAt(step))).toBe(step)
  })
})

describe('on the timeline', () => {
  const key = (name: string, shiftKey = false) => keyTarget({ key: name, shiftKey }, 50, 100)
  test('arrows go a hundredth of the run, with shift a tenth', () =>
    expect([key('ArrowRight'), key('ArrowLeft'), key('ArrowRight', true)]).toEqual([51, 49, 60]))
  test('Home and End go to the ends', () => expect([key('Home'), key('End')]).toEqual([0, 100]))
  test('other keys go on to the page', () => expect(key(' ')).toBeUndefined())
})

describe('in a list of choices', () => {
  const choices = ['Bursts', 'Calm', 'Crash', 'Day'].map((title) => ({ title }))
  const none = { ctrlKey: false, metaKey: false, altKey: false }
  const go = (key: string, active: number, chosen = 1) => move({ key, ...none }, active, chosen, choices)

  test('arrows open it on what is chosen, and go no further than its ends', () => {
    expect(go('ArrowDown', -1)?.active).toBe(1)
    expect(go('ArrowDown', -1, -1)?.active).toBe(0)
    expect(go('ArrowDown', 3)?.active).toBe(3)
    expect(go('ArrowUp', 0)?.active).toBe(0)
  })
  test('Enter takes, Escape leaves, Tab takes and goes on', () => {
    expect(go('Enter', 2)).toEqual({ active: -1, take: 2, handled: true })
    expect(go('Escape', 2)).toEqual({ active: -1, handled: true })
    expect(go('Tab', 2)).toEqual({ active: -1, take: 2, handled: false })
  })
  test('a letter goes to the next title that begins with it, round and round', () => {
    expect(go('c', 0)?.active).toBe(1)
    expect(go('c', 1)?.active).toBe(2)
    expect(go('c', 2)?.active).toBe(1)
    expect(go('x', 2)?.active).toBe(2)
  })
  test('a closed one leaves all other keys alone', () => {
    expect(go('Home', -1)).toBeUndefined()
    expect(move({ key: 'Enter', ...none, ctrlKey: true }, 1, 1, choices)).toBeUndefined()
  })
})

test('Ctrl with a letter or an arrow: the palette, and from change to change', () => {
  expect(press('k', { ctrlKey: true })).toEqual({ do: 'palette' })
  expect(press('K', { metaKey: true })).toEqual({ do: 'palette' })
  expect(press('ArrowRight', { ctrlKey: true })).toEqual({ do: 'change', direction: 1 })
  expect(press('ArrowLeft', { ctrlKey: true })).toEqual({ do: 'change', direction: -1 })
})
