/** Players of nginx recordings. */

import type { Player } from '../../player.ts'
import { clientsPlayer, keysPlayer } from './keys.ts'
import { countedPlayer, timedPlayer } from './requests.ts'
import { scriptPlayer } from './script.ts'

export const nginxPlayers: readonly Player[] = [
  scriptPlayer,
  keysPlayer,
  clientsPlayer,
  countedPlayer,
  timedPlayer,
]
