/** Picks by chance. */

import { Unfit } from '../../../unfit.ts'
import { allowOnly } from '../../case-fields.ts'
import type { Player } from '../../player.ts'
import { playDraws } from '../../statistics/sequential.ts'
import { SAID, setUp } from '../setup.ts'

export const drawsPlayer: Player = {
  needs: ['listen', 'sequential_requests'],
  play(scene, { seed }) {
    allowOnly(scene, this.needs, SAID)
    const { backend, upstream } = setUp(scene, seed)
    if (backend.method.hashed !== 'nothing') throw new Unfit('the requests have nothing to be hashed')
    const labels = backend.servers.map(({ name }) => name)
    return playDraws(scene, labels, upstream)
  },
}
