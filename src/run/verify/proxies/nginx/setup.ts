/** What a case of an nginx recording is about: an upstream of the configuration, ready to take requests. */

import { emptyAgenda } from '../agenda.ts'
import { textOf } from '../case-fields.ts'
import type { Scene } from '../recording.ts'
import { readDirectives } from './directives.ts'
import { labelsOf } from './labels.ts'
import { type NginxProxy, proxy } from './proxy.ts'
import { surroundingsOf } from './surroundings.ts'
import { upstreamOf } from './upstream.ts'

export interface Setup {
  readonly proxy: NginxProxy
  /** What the recording calls each server. */
  readonly labels: readonly string[]
}

/** Fields that repeat what the configuration says. */
export const SAID = [
  ...['weights', 'servers', 'down', 'special', 'method', 'max_fails', 'fail_timeout_s', 'options'],
  ...['location_options'],
]

/** @throws Unfit when there is something in the configuration that is not known */
export function setUp(scene: Scene, seed?: string): Setup {
  const { tree } = readDirectives(scene.recording.config)
  const name = textOf(scene, 'upstream')
  const block = upstreamOf(tree, name)
  const around = surroundingsOf(tree, name, block.isShared)
  const phase = phaseIn(scene.recording.notes)
  const labels = labelsOf(scene, block.servers.length)
  return { proxy: proxy(block, around, emptyAgenda(), phase, seed), labels }
}

/** How long after a whole second of the clock a recording began, ms, as its notes say. */
export function phaseIn(notes: string): number {
  const said = /(\d+(?:\.\d+)?) s after a (?:whole )?(?:wall-clock )?second/.exec(notes)?.[1]
  return said === undefined ? 0 : Math.round(Number(said) * 1000)
}
