import { expect, test } from 'vitest'
import { dequeue, EMPTY, enqueue, heaps } from '../../src/base/heaps.ts'
import { below, stream } from '../../src/base/stream.ts'

test('the first member is always the least, whatever is added and removed', () => {
  const random = stream(1, 'heaps')
  const size = 200
  const h = heaps(size)
  const first = [EMPTY, EMPTY]
  const member = [new Set<number>(), new Set<number>()]
  const least = (queue: Set<number>) =>
    [...queue].sort((a, b) => h.key[a]! - h.key[b]! || h.tie[a]! - h.tie[b]!)[0] ?? EMPTY
  for (let n = 0; n < 3_000; n++) {
    const i = below(random, size)
    const at = member.findIndex((queue) => queue.has(i))
    if (at >= 0) {
      first[at] = dequeue(h, first[at]!, i)
      member[at]!.delete(i)
    } else {
      const to = below(random, 2)
      h.key[i] = below(random, 20)
      h.tie[i] = n
      first[to] = enqueue(h, first[to]!, i)
      member[to]!.add(i)
    }
    expect(first).toEqual(member.map(least))
  }
})
