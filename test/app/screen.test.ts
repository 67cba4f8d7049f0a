/** The rest of the screen's arithmetic: marks, sentences, what the menu reads of a file. */
import { describe, expect, test } from 'vitest'
import { scalar } from '../../src/app/catalogue.ts'
import { statusSentence } from '../../src/app/status.ts'
import type { Run } from '../../src/app/stores/runs.ts'
import { timelineMarks } from '../../src/app/timeline/marks.ts'
import type { RunUpdate } from '../../src/worker/protocol.ts'
import { fakeEngine } from './fake-engine.ts'
import { fakeScenario } from './fake-scenario.ts'

async function fakeRun(): Promise<Run> {
  const updates: RunUpdate[] = []
  await fakeEngine().open(1, fakeScenario, (update) => updates.push(update))
  const { run, series, changes, report, simulatedTo } = updates.at(-1)!
  return {
    number: run,
    scenario: fakeScenario,
    duration: fakeScenario.duration,
    series,
    changes,
    report,
    simulatedTo,
  }
}

test('the timeline marks what happened and when the balancer noticed, in order', async () => {
  const { changes } = await fakeRun()
  const marks = timelineMarks(fakeScenario, changes)
  expect(marks.map(({ at, kind, title }) => [at / 1e9, kind, title])).toEqual([
    [30, 'crash', 'web/2 crashes'],
    [34.2, 'detected', 'The balancer takes web/2 out'],
    [75, 'recover', 'web/2 recovers'],
    [79.2, 'detected', 'The balancer takes web/2 back in'],
  ])
})

describe('the status', () => {
  test('tells time, outcomes, latency and who is down', async () => {
    const run = await fakeRun()
    const sentence = statusSentence(run, 'done', 40e9, false)
    expect(sentence).toMatch(/^Paused at 0:40 of 2:00\. \d+ requests succeed per second, [\d.]+ do not\./)
    expect(sentence).toMatch(/Down: web\/2\.$/)
    expect(statusSentence(run, 'done', 1e9, true)).toMatch(/^Playing at 0:01 .* All replicas are up\.$/)
  })
  test('says so while there is nothing to tell', () => {
    expect(statusSentence(undefined, 'computing', 0, false)).toBe('The first run is being computed.')
    expect(statusSentence(undefined, 'failed', 0, false)).toBe('The run failed.')
  })
})

describe('the menu', () => {
  test('reads a name, plain, quoted or folded', () => {
    expect(scalar('format: evenkeel/1\nname: A calm day\n', 'name')).toBe('A calm day')
    expect(scalar('name: "A: day"\n', 'name')).toBe('A: day')
    expect(scalar('summary: >-\n  One of four\n  dies.\nseed: 1\n', 'summary')).toBe('One of four dies.')
    expect(scalar('seed: 1\n', 'name')).toBeUndefined()
  })
})
