/** The gallery of scenarios: every one in one group, found by words, drawn as it is, walked through by arrows. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../../scripts/workspace.mjs'
import { GROUPS, shelvesOf } from '../../../src/app/gallery/groups.ts'
import { HEIGHT, miniatureOf, WIDTH } from '../../../src/app/gallery/miniature.ts'
import { step } from '../../../src/app/gallery/step.ts'
import { parse } from '../../../src/scenario/index.ts'

const ids = readdirSync(join(root, 'scenarios'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length))
const textOf = (id: string) => readFileSync(join(root, 'scenarios', `${id}.yaml`), 'utf8')
const entry = (id: string, title: string, summary = '') => ({ id, title, summary, text: '' })

test('every scenario stands in one group', () => {
  expect(GROUPS.flatMap((group) => group.ids).sort()).toEqual(ids.sort())
})

test('words are looked for in title, summary and group, and all must be there', () => {
  const entries = [
    entry('crash', 'A crash', 'One of four dies'),
    entry('hang', 'Hangs'),
    entry('calm', 'Calm'),
  ]
  const found = (typed: string) =>
    shelvesOf(entries, typed).map((shelf) => [shelf.title, shelf.entries.length])
  expect(found('')).toEqual([
    ['Start here', 2],
    ['Failures, and who notices them', 1],
  ])
  expect(found('DIES four')).toEqual([['Start here', 1]])
  expect(found('notices')).toEqual([['Failures, and who notices them', 1]])
  expect(found('four hangs')).toEqual([])
})

test.each(['calm', 'two-choices', 'layered', 'crash'])('%s has a picture inside its frame', (id) => {
  const scenario = parse(textOf(id), `${id}.yaml`, { alone: true }).scenario!
  const { columns, clients, happens } = miniatureOf(scenario)
  expect(columns.map(({ dots }) => dots.length)).toEqual(
    scenario.tiers.map(({ replicas }) => replicas.length),
  )
  expect(columns.map(({ hasCache }) => hasCache)).toEqual(
    scenario.tiers.map(({ cache }) => cache !== undefined),
  )
  for (const { x, y, radius } of [...clients, ...columns.flatMap(({ dots }) => dots)]) {
    expect(Math.min(x, y) - radius).toBeGreaterThanOrEqual(0)
    expect(x + radius).toBeLessThanOrEqual(WIDTH)
    expect(y + radius).toBeLessThan(HEIGHT - 6)
  }
  expect(happens.length > 0).toBe(id === 'crash')
})

test('arrows lead to the nearest card of the next row, also where a row is not full', () => {
  // One across, then rows of two and of one.
  const boxes = [
    { left: 0, top: 0, right: 20, bottom: 10 },
    { left: 0, top: 20, right: 10, bottom: 30 },
    { left: 10, top: 20, right: 20, bottom: 30 },
    { left: 0, top: 40, right: 10, bottom: 50 },
  ]
  expect([0, 1, 2, 3].map((from) => step('ArrowDown', from, boxes))).toEqual([1, 3, 3, 3])
  expect([0, 1, 2, 3].map((from) => step('ArrowUp', from, boxes))).toEqual([0, 0, 0, 1])
  expect([step('ArrowRight', 1, boxes), step('ArrowLeft', 0, boxes)]).toEqual([2, 0])
  expect([step('End', 0, boxes), step('Home', 3, boxes)]).toEqual([3, 0])
})
