import type { Player } from '../player.ts'
export const varnishPlayers: readonly Player[] = []
