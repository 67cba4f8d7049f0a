/** Plays every case it can of some recordings, and says which hold. */

import { isCannotRun } from '../experiment.ts'
import { unlessUnfit } from '../unfit.ts'
import { haproxyPlayers } from './haproxy/players/index.ts'
import { nginxPlayers } from './nginx/players/index.ts'
import type { Outcome } from './outcome.ts'
import type { Player, PlayOptions } from './player.ts'
import { type Recording, type Scene, scene, titleOf } from './recording.ts'
import { varnishPlayers } from './varnish/players.ts'

const players: Readonly<Record<string, readonly Player[]>> = {
  nginx: nginxPlayers,
  haproxy: haproxyPlayers,
  varnish: varnishPlayers,
}

export interface PlayedCase {
  readonly title: string
  readonly outcome: Outcome
}

export interface PlayedFile {
  readonly name: string
  readonly system: string
  readonly cases: readonly PlayedCase[]
}

export function playRecording(recording: Recording, options: PlayOptions): PlayedFile {
  const cases = recording.input.map((_, index) => {
    const it = scene(recording, index)
    return { title: titleOf(it), outcome: playCase(it, options) }
  })
  return { name: recording.name, system: recording.system, cases }
}

function playCase(it: Scene, options: PlayOptions): Outcome {
  const { product, system } = it.recording
  const known = Object.hasOwn(players, product) ? players[product]! : undefined
  if (!known) return { kind: 'not run', because: `nothing is known of "${system}"` }
  const player = known.find(({ needs }) => needs.every((field) => it.fields[field] !== undefined))
  if (!player) {
    const fields = Object.keys(it.fields).join('", "')
    return { kind: 'not run', because: `no recordings of ${product} with "${fields}" can be played` }
  }
  const outcome = unlessUnfit(() => player.play(it, options))
  return isCannotRun(outcome) ? { kind: 'not run', because: outcome.because } : outcome
}
