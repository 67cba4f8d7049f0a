import { expect, test } from 'vitest'
import { readSources, readStyles } from './source.ts'

const mostLines = 300
const mostLinesInMedian = 100

/** Files that may be longer, each with its reason. */
const allowed: Readonly<Record<string, string>> = {}

const files = readSources()

test('every file is one idea', () => {
  expect(files.length).toBeGreaterThan(0)
  const tooLong = [...files, ...readStyles()].filter(
    ({ path, lines }) => lines > mostLines && !(path in allowed),
  )
  expect(
    tooLong.map(({ path, lines }) => `${path} has ${lines} lines; split it (at most ${mostLines})`),
  ).toEqual([])
})

test('most files are small', () => {
  const lengths = files.map(({ lines }) => lines).sort((a, b) => a - b)
  expect(lengths[lengths.length >> 1]).toBeLessThanOrEqual(mostLinesInMedian)
})

test('every allowed exception is still needed', () => {
  const needed = new Set(files.filter(({ lines }) => lines > mostLines).map(({ path }) => path))
  expect(Object.keys(allowed).filter((path) => !needed.has(path))).toEqual([])
})
