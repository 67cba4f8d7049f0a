/** Players of nginx recordings. */

import type { Player } from '../../player.ts'
import { cachesPlayer } from './caches.ts'
import { drawsPlayer } from './draws.ts'
import { clientsPlayer, keysPlayer } from './keys.ts'
import { limitConnPlayer, limitReqPlayer } from './limits.ts'
import { countedPlayer, timedPlayer } from './requests.ts'
import { scriptPlayer } from './script.ts'
import { splitPlayer } from './split.ts'

export const nginxPlayers: readonly Player[] = [
  limitReqPlayer,
  limitConnPlayer,
  cachesPlayer,
  drawsPlayer,
  scriptPlayer,
  keysPlayer,
  clientsPlayer,
  countedPlayer,
  timedPlayer,
  splitPlayer,
]
