/** Recordings that a plain model of Varnish's directors makes, of other backends, weights and keys, all hold. */

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { below, type Stream, stream } from '../../../../src/base/stream.ts'
import { outcomesOf, recordingOf } from './play-one.ts'

/** The last four bytes of SHA-256. */
function hash32(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(28)
}

function plainHash(weights: readonly number[], healthy: readonly number[], url: string): number {
  let left = (hash32(url) / 2 ** 32) * healthy.reduce((sum, i) => sum + weights[i]!, 0)
  for (const i of healthy) {
    left -= weights[i]!
    if (left < 0) return i
  }
  return healthy.at(-1)!
}

function plainShard(
  names: readonly string[],
  healthy: readonly number[],
  url: string,
  alternative: number,
): number {
  const points = names
    .flatMap((name, i) => Array.from({ length: 67 }, (_, j) => ({ at: hash32(name + j), i })))
    .sort((a, b) => a.at - b.at)
  const key = hash32(url)
  let place = points.findIndex(({ at }) => at >= key)
  if (place < 0) place = points.length - 1
  const met: number[] = []
  for (let k = 0; k < points.length && met.length <= alternative; k++) {
    const { i } = points[(place + k) % points.length]!
    if (healthy.includes(i) && !met.includes(i)) met.push(i)
  }
  return met.at(-1)!
}

function config(names: readonly string[], weights: readonly number[]): string {
  const added = names.map((name, i) => {
    return `turns.add_backend(${name}); spare.add_backend(${name}); keep.add_backend(${name}); dice.add_backend(${name}, ${weights[i]}.0);
    byurl.add_backend(${name}, ${weights[i]}); ring.add_backend(${name});`
  })
  return `vcl 4.1;
# made
import directors;
${names.map((name) => `backend ${name} { .host = "10.0.0.1"; }`).join('\n')}
sub vcl_init {
  new turns = directors.round_robin();
  new spare = directors.fallback(); new keep = directors.fallback(sticky = true);
  new dice = directors.random(); new byurl = directors.hash(); /* by URL */ new ring = directors.shard();
  ${added.join('\n  ')}
  ring.reconfigure();
}
sub vcl_recv {
  if (req.http.X-Use == "turns") { set req.backend_hint = turns.backend(); }
  elseif (req.http.X-Use == "spare") { set req.backend_hint = spare.backend(); }
  elseif (req.http.X-Use == "keep") { set req.backend_hint = keep.backend(); }
  elseif (req.http.X-Use == "dice") { set req.backend_hint = dice.backend(); }
  elseif (req.http.X-Use == "u") { set req.backend_hint = byurl.backend(req.url); }
  elseif (req.http.X-Use == "r") { set req.backend_hint = ring.backend(by=URL); }
  elseif (req.http.X-Use == "r1") { set req.backend_hint = ring.backend(by=KEY, key=ring.key(req.url), alt=1); }
  return (pass);
}
`
}

function drawn(random: Stream, weights: readonly number[]): number {
  let left = (below(random, 1e6) / 1e6) * weights.reduce((sum, weight) => sum + weight, 0)
  return weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
}

test('a plain model of Varnish agrees with our policies', () => {
  const random = stream(5, 'naive-varnish')
  for (let n = 0; n < 12; n++) {
    const names = ['one', 'b2', 'tre', 'vier', 'v5'].slice(0, 2 + below(random, 4))
    const weights = names.map(() => 1 + below(random, 9))
    const everyone = [...names.keys()]
    const sick = below(random, names.length)
    const others = everyone.filter((i) => i !== sick)
    const urls = Array.from({ length: 40 }, () => `/u/${below(random, 1e6)}`)
    const numbers = (find: (url: string) => number) => urls.map((url) => find(url) + 1)
    let last = -1
    const turn = (from: readonly number[]) => {
      do last = (last + 1) % names.length
      while (!from.includes(last))
      return names[last]!
    }
    const counts = names.map(() => 0)
    for (let k = 0; k < 2000; k++) counts[drawn(random, weights)]!++
    const [first, second] = [names[0]!, names[1]!]
    const cases: [input: object, observed: unknown][] = [
      [{ test: 'turns', sick: null }, Array.from({ length: 7 }, () => turn(everyone))],
      [{ test: 'turns_one_sick', sick: names[sick] }, Array.from({ length: 7 }, () => turn(others))],
      [{ test: 'turns_back', sick: null }, Array.from({ length: 5 }, () => turn(everyone))],
      [{ test: 'fallback', sick: null }, [first, first, second, first, first, first]],
      [{ test: 'fallback_sticky', sick: null }, [first, second, second, second]],
      [{ test: 'hash', urls }, numbers((url) => plainHash(weights, everyone, url))],
      [{ test: 'hash_one_sick', sick: names[sick], urls }, numbers((url) => plainHash(weights, others, url))],
      [{ test: 'shard', urls: 'as in hash' }, numbers((url) => plainShard(names, everyone, url, 0))],
      [{ test: 'shard_alt1', urls: 'as in hash' }, numbers((url) => plainShard(names, everyone, url, 1))],
      [
        { test: 'shard_one_sick', sick: names[sick], urls },
        numbers((url) => plainShard(names, others, url, 0)),
      ],
      [{ test: 'all_sick', sick: null }, [503, 503, 503, 503, 503]],
      [
        { test: 'random', requests: 2000 },
        { counts: Object.fromEntries(names.map((name, i) => [name, counts[i]])) },
      ],
    ]
    const notes = `fallback: 2 picks, then ${first} sick: 1 pick, then ${first} back: 3 picks. fallback_sticky: 1 picks, ${first} sick: 2, ${first} back: 1.`
    const outcomes = outcomesOf(
      recordingOf({
        system: 'varnish 7.1.1',
        config: config(names, weights),
        input: cases.map(([input]) => input),
        observed: cases.map(([, observed]) => observed),
        notes,
      }),
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(cases.map(() => 'held'))
  }
})
