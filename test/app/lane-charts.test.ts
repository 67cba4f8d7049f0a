/** Charts of several lanes below each other: every chart that a lane alone would have. */
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { entriesOf } from '../../src/app/charts/board/entries.tsx'
import { laneEntries } from '../../src/app/compare/lane-entries.tsx'
import { advance, startRun } from '../../src/run/run.ts'
import { parse } from '../../src/scenario/index.ts'
import { firstReading } from '../../src/scenario/reading.ts'

const TEXT = `clients: { users: { rate: 200/s, requests: { keys: { zipf: { count: 50 } } } } }
tiers:
  web: { replicas: 2, balancing: random }
duration: 3s
variants:
  cached: { tiers.web.cache: { capacity: 20, at: sidecar }, tiers.web.balancing: ring-hash }
  quiet: { tiers.web.balancing: round-robin }
`

function lane(index: number, name: string, variant?: string) {
  const { scenario, problems } = parse(TEXT, 'mine.yaml', variant === undefined ? {} : { variant })
  expect(problems).toEqual([])
  const run = startRun(scenario!)
  advance(run, 3e9)
  const current = {
    number: index,
    scenario: scenario!,
    duration: 3e9,
    series: run.recording.series,
    changes: [],
    report: undefined,
    simulatedTo: 3e9,
  }
  const rest = { set: {}, id: 'mine', source: TEXT, problems: [], status: 'done', failure: '' } as const
  return { index, lane: { key: name, name, scenario: scenario!, current, previous: undefined, ...rest } }
}

const plain = lane(0, 'plain')
const cached = lane(1, 'with caches', 'cached')
const quiet = lane(2, 'in turn', 'quiet')
const { strategies } = firstReading(TEXT, 'mine.yaml')
const html = (id: string, ...lanes: (typeof plain)[]) =>
  renderToStaticMarkup(
    laneEntries(lanes, strategies)
      .find((entry) => entry.id === id)!
      .render(),
  )

test('are all that a board has, each once', () => {
  const lone = entriesOf(cached.lane.current, undefined, strategies)
  const all = laneEntries([plain, cached], strategies)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(lone.map(({ id }) => id)))
  const defaults = all.filter(({ isDefault }) => isDefault).map(({ id }) => id)
  expect(defaults).toContain('tiers.hitRate')
})

test('say which lane has no such figure; the first that has one has the head', () => {
  const markup = html('tiers.hitRate', plain, cached)
  expect(markup.match(/<figure/g)).toHaveLength(1)
  expect(markup).toContain('aria-label="Hit rate, with caches"')
  expect(markup).toContain('data-follows="false"')
  expect(markup).toMatch(/plain.*There is no such figure in this lane/)
})

test('of what no lane can have the reason is said', () => {
  const keys = laneEntries([plain, quiet], strategies).find(({ id }) => id === 'keys')!
  expect(keys.reason).toBe('No lane has anything to show of it.')
  expect(html('keys', plain, quiet).match(/No strategy here goes by key/g)).toHaveLength(2)
})

test('give a lone line the look of its lane', () => {
  const figures = [...html('atReplicas', plain, cached).matchAll(/<figure.*?<\/figure>/g)]
  expect(figures.map(([figure]) => figure.includes('--swatch:var(--lane-2)'))).toEqual([false, true])
})
