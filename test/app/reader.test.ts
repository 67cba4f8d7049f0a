/** The first scenario is read by the engine; what is asked of the reader before it is here is done when it is. */
import { expect, test, vi } from 'vitest'
import { openFirst, setSeed, setStrategy } from '../../src/app/edits.ts'
import { isReaderHere, loadReader, reader } from '../../src/app/reader.ts'
import { abilities } from '../../src/app/stores/abilities.ts'
import { draft } from '../../src/app/stores/draft.ts'
import { doorOf } from '../../src/worker/door.ts'

const TEXT = `clients: { users: { rate: 100/s } }
tiers: { web: { replicas: 3, balancing: { strategy: random } } }
`

test('the first scenario needs no reader; early edits wait for it, in order', async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  await openFirst(doorOf(), 'mine', TEXT, 0)
  expect(isReaderHere()).toBe(false)
  expect(() => reader()).toThrow()
  expect(draft.getState().scenario?.tiers[0]?.replicas).toHaveLength(3)
  expect(abilities.getState().strategies.map(({ id }) => id)).toContain('maglev')
  setStrategy('web', 'two-choices')
  setSeed('42')
  expect(draft.getState().text).toBe(TEXT)
  await loadReader()
  expect(draft.getState().scenario).toMatchObject({
    seed: 42,
    tiers: [{ strategy: { policy: 'two-choices' } }],
  })
  setSeed('43')
  expect(draft.getState().scenario?.seed).toBe(43)
})

test('an engine that cannot be reached is no reason to show nothing', async () => {
  const dead = { read: () => Promise.reject(new Error('gone')) }
  await openFirst(dead, 'mine', 'tiers: 1\n', 0)
  expect(draft.getState().problems.length).toBeGreaterThan(0)
})
