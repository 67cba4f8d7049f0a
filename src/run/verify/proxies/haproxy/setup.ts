/** What a case of a HAProxy recording is about: a section of the configuration, ready to take requests. */

import { emptyAgenda } from '../agenda.ts'
import { textOf } from '../case-fields.ts'
import type { Scene } from '../recording.ts'
import { backendOf } from './backend.ts'
import { type HaproxyProxy, proxy } from './proxy.ts'
import { readSections } from './sections.ts'

/** Fields that repeat what the configuration says. */
export const SAID = [
  ...['weights', 'balance', 'hash_type', 'maxconn', 'servers', 'factor', 'option', 'options', 'backup'],
  ...['server_options', 'expire', 'timeout_queue', 'server'],
]

/** @throws Unfit when there is something in the configuration that is not known */
export function setUp(scene: Scene, seed?: string): HaproxyProxy {
  const { sections } = readSections(scene.recording.config)
  return proxy(backendOf(sections, textOf(scene, 'listen')), emptyAgenda(), seed)
}
