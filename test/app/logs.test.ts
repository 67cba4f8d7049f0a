/** Which logs the page has, and which one a scenario waits for. */

import { expect, test } from 'vitest'
import { handOverLogs, keepLog, logsOf, missingLog } from '../../src/app/logs.ts'
import { parse } from '../../src/scenario/index.ts'

function replaying(file: string) {
  const text = `format: evenkeel/1\nname: a\nclients: { c: { arrivals: { log: { file: ${file} } } } }\ntiers: { web: {} }\n`
  return parse(text, 'a.yaml').scenario!
}

test('a log that is shipped, or was dropped, is there; another one is missing until it is', async () => {
  expect(missingLog(replaying('small.log'))).toBeUndefined()
  const waiting = replaying('their.log')
  expect(logsOf(waiting)).toEqual(['their.log'])
  expect(missingLog(waiting)).toBe('their.log')
  const taken: string[] = []
  const taker = { addLog: async (file: string) => taken.push(file) }
  await expect(handOverLogs(taker, logsOf(waiting))).rejects.toThrow('their.log')
  keepLog('their.log', new Blob(['']))
  expect(missingLog(waiting)).toBeUndefined()
  await handOverLogs(taker, logsOf(waiting))
  expect(taken).toEqual(['their.log'])
})
