import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { entriesOf } from '../../src/app/charts/board/entries.tsx'
import type { Run } from '../../src/app/stores/runs.ts'
import { parse } from '../../src/scenario/parse.ts'

const folder = new URL('../../scenarios/', import.meta.url)

/** As a run is before anything has been computed of it. */
function begun(name: string): Run {
  const { scenario } = parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'), `${name}.yaml`)
  const heat = { bounds: Float64Array.of(1, 2), counts: new Uint32Array(0) }
  const series = { step: 1e9, steps: 0, columns: [], nodes: [], heat }
  return {
    number: 1,
    scenario: scenario!,
    duration: 60e9,
    series,
    changes: [],
    report: undefined,
    simulatedTo: 0,
  }
}

const board = (name: string) =>
  entriesOf(begun(name), undefined, [])
    .filter(({ isDefault }) => isDefault)
    .map(({ id }) => id)

test('every scenario begins with few charts, whatever has been computed of it', () => {
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -5)] : []))
  expect(names.length).toBeGreaterThan(50)
  for (const name of names) {
    const all = entriesOf(begun(name), undefined, [])
    expect(new Set(all.map(({ id }) => id)).size, name).toBe(all.length)
    const count = all.filter(({ isDefault }) => isDefault).length
    expect([count >= 4, count <= 8], name).toEqual([true, true])
  }
})

test('they tell what the scenario is about', () => {
  expect(board('calm')).toEqual(['throughput', 'latency', 'heat', 'availability', 'replicas'])
  expect(board('three-tiers')).toContain('queued')
})

test('a chart that would be empty says why', () => {
  const reasons = new Map(entriesOf(begun('calm'), undefined, []).map(({ id, reason }) => [id, reason]))
  expect(reasons.get('heat')).toBe('No request has succeeded.')
  expect(reasons.get('furtherTries')).toBe('Nobody tries again here.')
  expect(reasons.get('keys')).toBe('No strategy here goes by key.')
  expect(reasons.get('throughput')).toBeUndefined()
})
