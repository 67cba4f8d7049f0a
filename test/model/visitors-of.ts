/** A linked population, for tests of what visitors show. */

import { factLog } from '../../src/engine/fact-log.ts'
import type { FixedClient } from '../../src/model/cluster.ts'
import { link } from '../../src/model/link.ts'
import type { ClientPopulation } from '../../src/scenario/scenario.ts'
import { scenario } from './build.ts'

export function linkedClient(population: ClientPopulation): FixedClient {
  return link(scenario({ clients: [population] }), factLog([])).fixed.clients[0]!
}
