import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ahead, later, loadAhead } from '../../src/app/parts/later.tsx'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('code is loaded from the first picture on, one at a time, the last one last, whatever fails', async () => {
  const asked: string[] = []
  const named = (name: string) => async () => {
    asked.push(name)
    if (name === 'broken') throw new Error('no net')
    if (name === 'panel') ahead(named('its part'))
  }
  ahead(named('editor'), 'last')
  ahead(named('broken'))
  ahead(named('panel'))
  await vi.runAllTimersAsync()
  expect(asked).toEqual([])
  loadAhead()
  await vi.advanceTimersToNextTimerAsync()
  expect(asked).toEqual(['broken'])
  await vi.runAllTimersAsync()
  expect(asked).toEqual(['broken', 'panel', 'its part', 'editor'])
})

test('a part whose code is here is drawn at once, one whose code is not asks for it', async () => {
  const load = vi.fn(async () => ({ default: ({ word }: { word: string }) => createElement('p', {}, word) }))
  const Part = later(load)
  const draw = () => renderToStaticMarkup(createElement(Part, { word: 'here' }))
  expect(draw).toThrow(/suspended/)
  expect(load).toHaveBeenCalledTimes(1)
  await vi.runAllTimersAsync()
  expect(draw()).toBe('<p>here</p>')
})
