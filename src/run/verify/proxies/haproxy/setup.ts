/** What a case of a HAProxy recording is about: a section of the configuration, ready to take requests. */

import { Unfit } from '../../unfit.ts'
import { emptyAgenda } from '../agenda.ts'
import { textOf } from '../case-fields.ts'
import type { Scene } from '../recording.ts'
import { type Backend, backendOf } from './backend.ts'
import { type HaproxyProxy, proxy } from './proxy.ts'
import { readSections, type Section } from './sections.ts'
import { isPlain } from './server-line.ts'

/** Fields that repeat what the configuration says. */
export const SAID = [
  ...['weights', 'balance', 'hash_type', 'maxconn', 'servers', 'factor', 'option', 'options', 'backup'],
  ...['server_options', 'expire', 'timeout_queue', 'server'],
]

/**
 * Of a text that holds one configuration for each case: the only section with servers in that of this case.
 * @throws Unfit when there is something in the configuration that is not known
 */
export function setUpApart({ recording, index }: Scene): HaproxyProxy {
  const configurations: Section[][] = []
  for (const section of readSections(recording.config).sections) {
    if (section.kind === 'global') configurations.push([])
    configurations.at(-1)?.push(section)
  }
  const own = configurations[index] ?? []
  const backends = own.filter(({ kind }) => kind === 'listen' || kind === 'backend')
  if (configurations.length !== recording.input.length || backends.length !== 1) {
    throw new Unfit('the configuration must have a part with one "listen" for each case')
  }
  return plainProxy(backendOf(own, backends[0]!.name))
}

/** @throws Unfit when there is something in the configuration that is not known */
export function setUp(scene: Scene, seed?: string): HaproxyProxy {
  const { sections } = readSections(scene.recording.config)
  return plainProxy(backendOf(sections, textOf(scene, 'listen')), seed)
}

function plainProxy(backend: Backend, seed?: string): HaproxyProxy {
  if (!backend.servers.every(isPlain)) {
    throw new Unfit('agents, shut sessions and observed traffic are not known in such an input')
  }
  return proxy(backend, emptyAgenda(), seed)
}
