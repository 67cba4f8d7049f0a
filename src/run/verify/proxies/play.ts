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
  readonly feature: string
  readonly cases: readonly PlayedCase[]
}

export interface PlayAll extends PlayOptions {
  /** Which cases to play, by the file's name and system, and the case's title. */
  readonly wants?: (texts: readonly string[]) => boolean
}

/** Plays some recordings; yields after each. Files of which no case is wanted are left out. */
export function* play(recordings: readonly Recording[], options: PlayAll): Generator<PlayedFile> {
  for (const recording of recordings) {
    const file = playRecording(recording, options)
    if (file.cases.length > 0) yield file
  }
}

export function playRecording(recording: Recording, options: PlayAll): PlayedFile {
  const { name, system, feature } = recording
  const scenes = recording.input.map((_, index) => scene(recording, index))
  const cases = scenes
    .map((it) => ({ title: titleOf(it), it }))
    .filter(({ title }) => options.wants?.([name, system, feature, title]) ?? true)
    .map(({ title, it }) => ({ title, outcome: playCase(it, options) }))
  return { name, system, feature, cases }
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
