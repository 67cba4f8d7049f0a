/** Requests to servers that refuse, fail or close, one after the other: retries and redispatch. */

import { Unfit } from '../../../unfit.ts'
import { runWhile } from '../../agenda.ts'
import { allowOnly, countOf } from '../../case-fields.ts'
import { ANY } from '../../driven.ts'
import { compared, type NumbersAgree } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { isFields } from '../../read-recording.ts'
import { serverNamed } from '../commands.ts'
import { type Answer, request } from '../session.ts'
import { SAID, setUp } from '../setup.ts'

/** Recorded seconds are rounded to 0.1. */
const agree: NumbersAgree = (expected, got, position) =>
  /\[2\]$/.test(position) ? Math.abs(expected - got) < 0.051 : expected === got

export const retriesPlayer: Player = {
  needs: ['listen', 'modes', 'requests'],
  play(scene) {
    allowOnly(scene, this.needs, SAID)
    const p = setUp(scene)
    const { modes } = scene.fields
    if (!isFields(modes)) throw new Unfit('"modes" must be an object')
    if (p.backend.method.hashed !== 'nothing') throw new Unfit('the requests have nothing to be hashed')
    for (const [name, mode] of Object.entries(modes)) {
      if (typeof mode !== 'string') throw new Unfit(`"modes" must have a text for ${name}`)
      p.modes[serverNamed(p, name)] = mode
    }
    const { servers } = p.backend
    const responses = Array.from({ length: countOf(scene, 'requests') }, () => {
      const answers: Answer[] = []
      request(p, { asked: ANY, stuckTo: -1, serviceTime: 0 }, (answer) => answers.push(answer))
      runWhile(p.agenda, () => answers.length === 0)
      const { status, server, took } = answers[0]!
      return [status, servers[server]?.name ?? null, Math.round(took / 100) / 10]
    })
    const counters = Object.fromEntries(servers.map(({ name }, i) => [name, p.counters[i]]))
    return compared(scene.observed, { responses, server_counters: counters }, agree)
  },
}
