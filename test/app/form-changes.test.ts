import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addSetting, chooseBare, choosePolicy, put, take, written } from '../../src/app/build/changes.ts'
import {
  addFault,
  addTier,
  addVariant,
  newScenario,
  OWN,
  remove,
  rename,
  renameVariant,
} from '../../src/app/build/parts.ts'
import { TIER_STARTS } from '../../src/app/build/starts.ts'
import { openFirst } from '../../src/app/edits.ts'
import { loadReader } from '../../src/app/reader.ts'
import { draft, history } from '../../src/app/stores/draft.ts'
import { notice } from '../../src/app/stores/notice.ts'
import { readLoosely } from '../../src/scenario/guide/place-at.ts'
import { schemaOnce } from '../../src/scenario/schema.ts'
import { doorOf } from '../../src/worker/door.ts'

const TEXT = `clients: { users: { rate: 10/s } }
tiers:
  web: # mine
    balancing: { strategy: two-choices, choices: 3 }
    replicas: 2
    rateLimit: { policy: leaky-bucket, rate: 5/s, burst: 3, nodelay: true, status: 503 }
    service: { demand: 5ms }
faults:
  - { at: 1s, slow: web, factor: 2 }
`

await loadReader()
beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  await openFirst(doorOf(), 'mine', TEXT, 3.21e9)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const Field = () => null

const sheet = () => ({
  file: readLoosely(draft.getState().text),
  problems: draft.getState().problems,
  root: schemaOnce(),
  Field,
})
const line = (start: string) =>
  draft
    .getState()
    .text.split('\n')
    .find((one) => one.trim().startsWith(start))
    ?.trim()

test('another strategy or rule takes the settings of the old one with it, and no others', () => {
  put(sheet(), ['tiers', 'web', 'balancing', 'strategy'], 'random')
  expect(line('balancing')).toBe('balancing: { strategy: random }')
  put(sheet(), ['tiers', 'web', 'rateLimit', 'policy'], 'token-bucket')
  expect(line('rateLimit')).toBe('rateLimit: { policy: token-bucket, rate: 5/s, burst: 3, status: 503 }')
  expect(draft.getState().problems).toEqual([])
})

test('a setting is one line and one step', () => {
  put(sheet(), ['tiers', 'web', 'replicas'], written(' 4 ', false))
  expect(draft.getState().text).toBe(TEXT.replace('replicas: 2', 'replicas: 4'))
  expect(draft.getState().change).toBe('tiers.web.replicas: 4')
  take(['faults', 0])
  history.getState().undo()
  history.getState().undo()
  expect(draft.getState().text).toBe(TEXT)
})

test('a setting or policy that is added has what it needs', () => {
  addSetting(sheet(), ['tiers', 'web'], 'affinity')
  expect(line('affinity')).toBe('affinity: cookie')
  const demand = ['tiers', 'web', 'service', 'demand']
  choosePolicy(sheet(), demand, 'lognormal')
  expect(line('service')).toBe('service: { demand: { lognormal: { mean: 5ms, cv: 2 } } }')
  put(sheet(), [...demand, 'lognormal', 'mean'], '7ms')
  choosePolicy(sheet(), demand, 'exponential')
  expect(line('service')).toBe('service: { demand: { exponential: { mean: 7ms } } }')
  chooseBare(sheet(), demand, '1s')
  expect(line('service')).toBe('service: { demand: 7ms }')
})

test('a fault is added at the playhead, a variant with a setting, and each can be renamed', () => {
  addFault()
  expect(draft.getState().text).toContain('  - { at: 3.2s, crash: web/1, for: 10s }')
  addVariant()
  expect(renameVariant('another', 'two by chance')).toBe(true)
  expect(draft.getState().scenario?.variants).toMatchObject([{ name: 'two by chance' }])
  expect(renameVariant('two by chance', '')).toBe(false)
})

test('a tier is removed with what speaks of it, and a sentence says so', () => {
  addTier(TIER_STARTS.find(({ id }) => id === 'db')!)
  remove({ kind: 'tiers', id: 'web' })
  expect(draft.getState().problems).toEqual([])
  expect(draft.getState().scenario?.tiers.map(({ id }) => id)).toEqual(['db'])
  expect(notice.getState().text).toContain('1 fault')
  expect([rename({ kind: 'tiers', id: 'db' }, '9'), rename({ kind: 'tiers', id: 'db' }, 'users')]).toEqual([
    false,
    false,
  ])
})

test('a new scenario runs, and undo brings the old one back', () => {
  newScenario()
  expect(draft.getState()).toMatchObject({ id: OWN, problems: [], change: 'a new scenario' })
  expect(draft.getState().scenario?.tiers).toHaveLength(1)
  history.getState().undo()
  expect(draft.getState()).toMatchObject({ id: 'mine', text: TEXT })
})
