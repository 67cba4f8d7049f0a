/** The weight of a server after it has come up, as the statistics socket shows it. */

import { sixteenths } from '../../../../../policies/balancing/haproxy-weight.ts'
import { weigh } from '../../../../../policies/upstream/membership.ts'
import { Unfit } from '../../../unfit.ts'
import { allowOnly, secondsOf } from '../../case-fields.ts'
import { compared, type NumbersAgree } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { mark } from '../proxy.ts'
import { SAID, setUp } from '../setup.ts'

/** Recorded instants are of a real clock, which somebody asked again and again: s. */
const LATE = 0.1

const agree: NumbersAgree = (expected, got, position) =>
  /\[0\]$/.test(position) ? Math.abs(expected - got) <= LATE : expected === got

export const slowStartPlayer: Player = {
  needs: ['listen', 'seen_for_s'],
  play(scene) {
    allowOnly(scene, this.needs, SAID)
    const p = setUp(scene)
    const seen = secondsOf(scene, 'seen_for_s')
    const server = p.backend.servers.findIndex(({ slowstart, check }) => slowstart > 0 && check)
    if (server < 0) throw new Unfit('no server has both "slowstart" and "check"')
    const { upstream: u } = p
    const { pool } = u.groups[u.fixed.groupOf[server]!]!
    mark(p, server, false)
    mark(p, server, true)
    const changes: [seconds: number, weight: number][] = []
    for (let now = 0; now / 1e9 <= seen + LATE; ) {
      const again = weigh(u, server, now)
      const weight = Math.ceil(sixteenths(pool.weight[u.fixed.placeOf[server]!]!) / 16)
      if (changes.at(-1)?.[1] !== weight) changes.push([now / 1e9, weight])
      if (again === Infinity) break
      now = again
    }
    return compared(scene.observed, asSeen(changes, scene.observed, seen), agree)
  },
}

/** What changes just when nobody looks any more may have been seen or not: it counts when it was recorded. */
function asSeen(changes: readonly (readonly [number, number])[], observed: unknown, seen: number): unknown {
  const recorded = Array.isArray(observed) ? observed.length : Infinity
  return changes.filter(([at], i) => i < recorded || Math.abs(at - seen) > LATE)
}
