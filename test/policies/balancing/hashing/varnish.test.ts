import { expect, test } from 'vitest'
import type { Strategy } from '../../../../src/policies/balancing/strategy.ts'
import { varnishHash } from '../../../../src/policies/balancing/varnish-hash.ts'
import { varnishShard } from '../../../../src/policies/balancing/varnish-shard.ts'
import { alike, drive, onText, pick, set } from './driver.ts'
import { director, keysOf, recording } from './recordings.ts'

const { config, input, observed } = recording('varnish_directors')
const strategies: Readonly<Record<string, Strategy<any>>> = { hash: varnishHash, shard: varnishShard }
const hashed = input.flatMap(({ test: name }, i) => {
  const kind = /^(hash|shard)/.exec(name)?.[1]
  return kind ? [[name as string, kind, i] as const] : []
})

test('there are recordings of both directors', () => expect(hashed).toHaveLength(5))

test.each(hashed)('%s is reproduced', (name, kind, i) => {
  const servers = director(config, kind)
  const alternative = Number(/alt(\d)$/.exec(name)?.[1] ?? 0)
  const d = drive(strategies[kind]!, servers, { alternative })
  const sick = servers.findIndex((server) => server.name === input[i].sick)
  if (sick >= 0) set(d, sick, false)
  expect(keysOf('varnish_directors', i, 'urls').map((url) => pick(d, onText(url)) + 1)).toEqual(observed[i])
})

test.each(Object.values(strategies))('$name has no pick when all are sick', (strategy) => {
  const d = drive(strategy, alike(3))
  for (let i = 0; i < 3; i++) set(d, i, false)
  expect(pick(d, onText('/a'))).toBe(-1)
})

test('an alternative is the replica itself when no other is left', () => {
  const d = drive(varnishShard, alike(3), { alternative: 1 })
  set(d, 0, false)
  set(d, 2, false)
  expect(new Set(Array.from({ length: 50 }, (_, i) => pick(d, onText(`/${i}`))))).toEqual(new Set([1]))
})
