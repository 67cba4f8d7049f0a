/** A log that is dropped: what it is said to be, also when it is nothing, or far longer than what is looked at. */
import { beforeEach, expect, test, vi } from 'vitest'
import { openFirst } from '../../src/app/edits.ts'
import { openLog } from '../../src/app/open-log.ts'
import { loadReader } from '../../src/app/reader.ts'
import { draft } from '../../src/app/stores/draft.ts'
import { notice } from '../../src/app/stores/notice.ts'
import { doorOf } from '../../src/worker/door.ts'

const TEXT = 'clients: { users: { rate: 100/s } }\ntiers:\n  web: { replicas: 3 }\n'
await loadReader()

beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  await openFirst(doorOf(), 'mine', TEXT, 0)
})

const said = async (content: string) => {
  await openLog(new File([content], 'a.log'))
  return notice.getState().text
}
const line = (seconds: number) => {
  const two = (n: number) => String(n).padStart(2, '0')
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((n) => two(Math.floor(n))).join(':')
  return `10.0.0.1 - - [10/Oct/2000:${clock} +0000] "GET /${'x'.repeat(seconds % 60)} HTTP/1.1" 200 512\n`
}

test('an empty one, and one that is none, change nothing and say so', async () => {
  expect(await said('')).toBe('“a.log” is empty: there is nothing to replay.')
  expect(await said('hello\nworld\n')).toMatch(/^“a.log” holds no request .* Line 1 is /)
  expect(draft.getState().text).toBe(TEXT)
})

test('one that is longer than what is looked at lasts from its first line to its last; where it is cut is no fault of it', async () => {
  const content = Array.from({ length: 8001 }, (_, i) => line(i * 10)).join('')
  expect(content.length).toBeGreaterThan(600_000)
  const text = await said(content)
  expect(text).toMatch(/lasts 22\sh\s13\smin/)
  expect(text).not.toMatch(/malformed/)
  expect(draft.getState().scenario?.clients[0]?.arrivals).toMatchObject({ policy: 'log' })
})
