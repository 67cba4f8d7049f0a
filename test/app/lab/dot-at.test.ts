/** A click finds the request whose dot is drawn there. */
import { expect, test } from 'vitest'
import { requestAt } from '../../../src/app/lab/dot-at.ts'
import { dotsFor, placeDots } from '../../../src/app/stage/dots.ts'
import { indexHops } from '../../../src/app/stage/hop-index.ts'
import { layOut } from '../../../src/app/stage/layout.ts'
import { findPorts } from '../../../src/app/stage/ports.ts'
import type { TraceWindow } from '../../../src/worker/protocol.ts'
import { hopsOf } from '../stage/synthetic.ts'

const S = 1e9
const ports = findPorts(layOut({ populations: 1, tiers: [4] }, 1440, 600))
const hops = hopsOf(
  Array.from({ length: 40 }, (_, i) => ({
    request: 100 + i,
    from: i % 2 === 0 ? -1 : i % 4,
    to: i % 2 === 0 ? i % 4 : -1,
    departs: i * 0.1 * S,
    arrives: (i * 0.1 + 1) * S,
    way: (i % 2) as 0 | 1,
    outcome: 0,
  })),
)
const window = { hops } as TraceWindow

test('every dot that stands alone is found where it is drawn, and nothing where none is', () => {
  let alone = 0
  for (const at of [0.5, 1.23, 2.9, 3.3].map((seconds) => seconds * S)) {
    const dots = dotsFor(hops.count)
    placeDots(indexHops(hops), ports, at, 1, dots)
    const found = new Set<number>()
    for (let dot = 0; dot < dots.count; dot++) {
      const [x, y] = [dots.x[dot]!, dots.y[dot]!]
      const request = requestAt(window, ports, at, 1, x, y)
      expect(request).toBeDefined()
      const isAlone = Array.from({ length: dots.count }, (_, other) => other).every(
        (other) => other === dot || Math.hypot(dots.x[other]! - x, dots.y[other]! - y) > 1,
      )
      if (!isAlone) continue
      alone++
      expect(found.has(request!)).toBe(false)
      found.add(request!)
    }
    expect(requestAt(window, ports, at, 1, -500, -500)).toBeUndefined()
  }
  expect(alone).toBeGreaterThan(20)
})
