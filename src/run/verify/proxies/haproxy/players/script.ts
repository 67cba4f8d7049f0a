/** Requests that are opened and held, and ended as the script says; where all servers are full they wait. */

import { Unfit } from '../../../unfit.ts'
import { allowOnly, stepsOf, whole } from '../../case-fields.ts'
import { ANY, keyed } from '../../driven.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { ended, placeRequest } from '../proxy.ts'
import { SAID, setUp } from '../setup.ts'

export const scriptPlayer: Player = {
  needs: ['listen', 'script'],
  play(scene) {
    allowOnly(scene, this.needs, SAID)
    const p = setUp(scene)
    const { hashed } = p.backend.method
    const at = new Map<number, number>()
    const waits = new Set<number>()
    const events: [word: string, request: number, server?: string][] = []
    const start = (request: number, key: unknown) => {
      if (hashed === 'nothing' ? key !== undefined : hashed !== 'value' || typeof key !== 'string') {
        throw new Unfit('the requests of the script do not fit what is hashed')
      }
      const go = (server: number) => {
        at.set(request, server)
        const word = waits.delete(request) ? 'dequeued' : 'pick'
        events.push([word, request, p.backend.servers[server]!.name])
      }
      const placed = placeRequest(p, typeof key === 'string' ? keyed(key) : ANY, -1, -1, go, () => {})
      if (placed === 'sent') return
      if (placed === 'waits') waits.add(request)
      events.push([placed === 'waits' ? 'queued' : 'refused', request])
    }
    for (const [word, request, key, ...rest] of stepsOf(scene)) {
      const number = whole(request, 'number of a request')
      if (rest.length > 0 || (word !== 'start' && word !== 'finish'))
        throw new Unfit(`unknown step "${word}"`)
      if (word === 'start') start(number, key)
      else if (waits.has(number)) events.push(['skipped_finish', number])
      else {
        const server = at.get(number)
        if (server === undefined) throw new Unfit(`request ${number} ends before it begins`)
        at.delete(number)
        ended(p, server)
      }
    }
    const list = Array.isArray(scene.observed) ? (scene.observed as readonly unknown[]) : []
    const isPlain = list.length > 0 && list.every((entry) => typeof entry === 'string')
    const picks = events.map(([word, , server]) => (word === 'pick' ? server : word))
    return compared(scene.observed, isPlain ? picks : events)
  },
}
