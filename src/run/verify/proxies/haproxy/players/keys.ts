/** Which server each key, path or address goes to. */

import type { Asked } from '../../../../../policies/balancing/strategy.ts'
import { Unfit } from '../../../unfit.ts'
import { addressOf } from '../../addresses.ts'
import { allowOnly, textsOf, whole } from '../../case-fields.ts'
import { keyed } from '../../driven.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { setState } from '../commands.ts'
import type { Hashed } from '../method.ts'
import { ended, placeRequest } from '../proxy.ts'
import { SAID, setUp } from '../setup.ts'

export const keysPlayer: Player = {
  needs: ['listen', 'keys'],
  play(scene) {
    allowOnly(scene, [...this.needs, 'server_in_maint'], SAID)
    const p = setUp(scene)
    const { hashed } = p.backend.method
    if (hashed === 'nothing') throw new Unfit(`"${p.backend.name}" does not hash`)
    const out = scene.fields.server_in_maint
    if (out !== undefined && out !== null) {
      const number = whole(out, 'server_in_maint')
      if (number < 1 || number > p.backend.servers.length)
        throw new Unfit(`there is no server number ${number}`)
      setState(p, number - 1, 'maint')
    }
    const numbers = textsOf(scene, 'keys').map((key) => {
      let picked = -1
      placeRequest(
        p,
        askedBy(key, hashed),
        -1,
        -1,
        (server) => {
          picked = server
        },
        () => {},
      )
      if (picked < 0) return 503
      ended(p, picked)
      return picked + 1
    })
    return compared(scene.observed, numbers)
  },
}

function askedBy(key: string, hashed: Hashed): Asked {
  if (hashed === 'address') return { key: 0, text: undefined, address: addressOf(key) }
  return keyed(hashed === 'path' ? key.split('?')[0]! : key)
}
