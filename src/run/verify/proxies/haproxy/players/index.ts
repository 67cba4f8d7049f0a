/** Players of HAProxy recordings. */

import type { Player } from '../../player.ts'
import { keysPlayer } from './keys.ts'
import { requestsPlayer } from './requests.ts'
import { scriptPlayer } from './script.ts'

export const haproxyPlayers: readonly Player[] = [keysPlayer, requestsPlayer, scriptPlayer]
