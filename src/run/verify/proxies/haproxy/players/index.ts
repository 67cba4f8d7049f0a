/** Players of HAProxy recordings. */

import type { Player } from '../../player.ts'
import { carePlayer } from './care.ts'
import { checksPlayer, spreadPlayer } from './checks.ts'
import { drawsPlayer } from './draws.ts'
import { keysPlayer } from './keys.ts'
import { limitsPlayer } from './limits.ts'
import { queuePlayer } from './queue.ts'
import { requestsPlayer } from './requests.ts'
import { retriesPlayer } from './retries.ts'
import { scriptPlayer } from './script.ts'
import { SESSION_STEPS, sessionsPlayer } from './sessions.ts'
import { slowStartPlayer } from './slow-start.ts'

/** Two kinds of scripts: of requests that are held, and of clients that come again. */
const anyScript: Player = {
  needs: scriptPlayer.needs,
  play(scene, options) {
    const { script } = scene.fields
    const words = Array.isArray(script)
      ? script.map((step) => (Array.isArray(step) ? step[0] : undefined))
      : []
    const isSessions = words.some((word) => SESSION_STEPS.has(word))
    return (isSessions ? sessionsPlayer : scriptPlayer).play(scene, options)
  },
}

export const haproxyPlayers: readonly Player[] = [
  limitsPlayer,
  drawsPlayer,
  keysPlayer,
  retriesPlayer,
  requestsPlayer,
  anyScript,
  queuePlayer,
  slowStartPlayer,
  checksPlayer,
  spreadPlayer,
  carePlayer,
]
