/** `evenkeel explain` as a person meets it, without a process around it: the page of a story. */
import { expect, test } from 'vitest'
import { program } from '../../src/cli/program.ts'
import { storyPage } from '../../src/cli/render/story.ts'
import { styleFor } from '../../src/cli/render/style.ts'
import { explainRequest } from '../../src/run/explain/explain.ts'
import { openSession, replayOf, work } from '../../src/run/session.ts'
import { shipped } from '../shipped.ts'

const { scenario: crash } = shipped.find(({ id }) => id === 'crash')!
const names = crash.tiers.flatMap((tier) => tier.replicas.map(({ id }) => id))
const session = openSession({ ...crash, duration: 2e9, warmUp: 0 })
while (!work(session, 1000));
const replay = replayOf(session, { consume: () => undefined })

test('the page shows the way as a waterfall, and every candidate with its figures', () => {
  const story = explainRequest(session, replay, 100)!
  const page = storyPage(story, names, ['web'], styleFor(false), 100)
  const lines = page.split('\n')
  expect(lines[0]).toMatch(/^Request 100 of shoppers, key \d+, born at [\d.]+ s: ok after [\d.]+ ms$/)
  expect(lines.find((line) => line.startsWith('  web/'))).toMatch(/█+·* +[\d.]+ ms$/)
  const chosen = names[story.choices[0]!.chosen]!
  expect(page).toContain(`The balancer → ${chosen} at +`)
  for (const name of names)
    expect(page).toMatch(new RegExp(`[→ ] ${name} +[\\d.]+ +[\\d.]+ +[\\d.]+ +\\d+   .*in flight`))
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(110)
})

test('the command is there, with what can be asked', () => {
  const command = program().commands.find((one) => one.name() === 'explain')!
  expect(command.options.map(({ long }) => long)).toEqual(
    expect.arrayContaining(['--request', '--failed', '--json']),
  )
})
