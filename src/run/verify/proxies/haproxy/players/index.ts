import type { Player } from '../../player.ts'
export const haproxyPlayers: readonly Player[] = []
