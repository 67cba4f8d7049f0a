/** Picks by chance. */

import { Unfit } from '../../../unfit.ts'
import { allowOnly } from '../../case-fields.ts'
import type { Player } from '../../player.ts'
import { playDraws } from '../../statistics/sequential.ts'
import { SAID, setUp } from '../setup.ts'

export const drawsPlayer: Player = {
  needs: ['upstream', 'sequential_requests'],
  play(scene, { seed }) {
    allowOnly(scene, this.needs, SAID)
    const { proxy, labels } = setUp(scene, seed)
    if (proxy.block.hashed !== '') throw new Unfit('the requests have nothing to be hashed')
    return playDraws(scene, labels, proxy.upstream)
  },
}
