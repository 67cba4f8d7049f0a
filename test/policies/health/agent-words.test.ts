/** What agents say, and the number by which it is handed on. */

import { expect, test } from 'vitest'
import {
  type AgentSays,
  effectBy,
  effectOf,
  heard,
  isAnswer,
} from '../../../src/policies/health/agent-words.ts'

const answers = [
  '50%',
  'drain',
  'maint',
  'ready',
  'up',
  'down',
  'stopped',
  'fail',
  'up ready 100%',
  'drain maint',
]
const more = ['maint drain 0%', 'down ready', 'drain ready', 'ready maint', 'up down', '']

const before: readonly AgentSays[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  percent: 70,
  drains: (bits & 1) !== 0,
  isInMaintenance: (bits & 2) !== 0,
  isDown: (bits & 4) !== 0,
}))

test.each([...answers, ...more])('the number of "%s" does to any state what the words do', (answer) => {
  const effect = Object.fromEntries(
    Object.entries(effectBy(effectOf(answer))).filter(([, value]) => value !== undefined),
  )
  for (const state of before) expect({ ...state, ...effect }).toEqual(heard(state, answer))
})

test('an answer is made of known words, and no percent above 100', () => {
  for (const answer of answers) expect(isAnswer(answer)).toBe(true)
  for (const answer of ['', 'dwon', '101%', '50', 'up, and away']) expect(isAnswer(answer)).toBe(false)
  expect(isAnswer('UP,50%')).toBe(true)
})
