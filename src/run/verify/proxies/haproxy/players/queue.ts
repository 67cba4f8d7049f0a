/** Requests at given times to servers that take a given time: who waits how long, and who waits in vain. */

import { Unfit } from '../../../unfit.ts'
import { plan, runWhile } from '../../agenda.ts'
import { allowOnly, numbersOf, secondsOf } from '../../case-fields.ts'
import { ANY } from '../../driven.ts'
import { compared, type NumbersAgree } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { request } from '../session.ts'
import { SAID, setUp } from '../setup.ts'

/** A real server, a real network and a real clock are a little late each time: seconds, and share of the time. */
const LATE = 0.1
const LATE_SHARE = 0.05

const agree: NumbersAgree = (expected, got, position) => {
  if (!/\[1\]$/.test(position)) return expected === got
  return Math.abs(expected - got) <= LATE + LATE_SHARE * expected
}

export const queuePlayer: Player = {
  needs: ['listen', 'request_at_s', 'backend_delay_s'],
  play(scene) {
    allowOnly(scene, this.needs, SAID)
    const p = setUp(scene)
    const { hashed } = p.backend.method
    if (hashed !== 'nothing') throw new Unfit('the requests have nothing to be hashed')
    const serviceTime = secondsOf(scene, 'backend_delay_s') * 1000
    const answers: (readonly [number, number])[] = []
    numbersOf(scene, 'request_at_s').forEach((at, n) => {
      plan(p.agenda, at * 1000, () =>
        request(p, { asked: ANY, stuckTo: -1, serviceTime }, ({ status, took }) => {
          answers[n] = [status, Math.round(took) / 1000]
        }),
      )
    })
    runWhile(p.agenda, () => true)
    return compared(scene.observed, answers, agree)
  },
}
