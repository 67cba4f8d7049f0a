/** Requests that are opened and held, and ended as the script says. */

import { Unfit } from '../../../unfit.ts'
import { allowOnly, stepsOf, whole } from '../../case-fields.ts'
import { ANY } from '../../driven.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { ended, hold } from '../proxy.ts'
import { SAID, setUp } from '../setup.ts'

export const scriptPlayer: Player = {
  needs: ['upstream', 'script'],
  play(scene) {
    allowOnly(scene, this.needs, SAID)
    const { proxy, labels } = setUp(scene)
    if (proxy.block.hashed !== '') throw new Unfit('the requests of the script have nothing to be hashed')
    const at = new Map<number, number>()
    const picks: unknown[] = []
    for (const [word, request, ...rest] of stepsOf(scene)) {
      const number = whole(request, 'number of a request')
      if (rest.length > 0 || (word !== 'start' && word !== 'finish'))
        throw new Unfit(`unknown step "${word}"`)
      if (word === 'start') {
        const server = hold(proxy, ANY)
        at.set(number, server)
        picks.push(server < 0 ? 502 : labels[server])
      } else {
        const server = at.get(number)
        if (server === undefined) throw new Unfit(`request ${number} ends before it begins`)
        if (server >= 0) ended(proxy, server, false)
        at.delete(number)
      }
    }
    return compared(scene.observed, picks)
  },
}
