/** Requests one after the other, each answered before the next; servers are changed in between. */

import { Unfit } from '../../../unfit.ts'
import { allowOnly, beforeRequests, countOf } from '../../case-fields.ts'
import { ANY } from '../../driven.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { command, serverNamed, setState } from '../commands.ts'
import { ended, placeRequest } from '../proxy.ts'
import { SAID, setUp } from '../setup.ts'

const COMMANDS = 'stats_socket_commands_before_request'
const MAINTENANCE = 'set_maint_before_request'

export const requestsPlayer: Player = {
  needs: ['listen', 'requests'],
  play(scene) {
    allowOnly(scene, [...this.needs, COMMANDS, MAINTENANCE], SAID)
    const p = setUp(scene)
    if (p.backend.method.hashed !== 'nothing') throw new Unfit('the requests have nothing to be hashed')
    const commands = beforeRequests(scene, COMMANDS)
    const maintenance = beforeRequests(scene, MAINTENANCE)
    const picks = Array.from({ length: countOf(scene, 'requests') }, (_, n) => {
      for (const text of commands.get(n) ?? []) command(p, text)
      for (const name of maintenance.get(n) ?? []) setState(p, serverNamed(p, name), 'maint')
      let picked = -1
      const placed = placeRequest(
        p,
        ANY,
        -1,
        -1,
        (server) => {
          picked = server
        },
        () => {},
      )
      if (placed !== 'sent') return 503
      ended(p, picked)
      return p.backend.servers[picked]!.name
    })
    return compared(scene.observed, picks)
  },
}
