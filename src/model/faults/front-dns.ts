/** DNS, or the routers before them, hear of balancers in front that have died, or are back: as it is by then, some time after each change. */

import { schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import type { BehindDns, BehindEcmp } from '../../scenario/front.ts'
import type { Cluster } from '../cluster.ts'
import { DNS_HEARS } from '../event-kinds.ts'
import { HAPPENED, HAPPENINGS } from '../facts.ts'

const DNS = HAPPENED + (HAPPENINGS.indexOf('dns') << 8)
const ROUTES = HAPPENED + (HAPPENINGS.indexOf('routes') << 8)

/** A balancer has died, or is back. */
export function tellOthers(c: Cluster, { detect }: BehindDns | BehindEcmp, front: number): void {
  if (detect !== undefined) schedule(c.queue, c.now + detect, DNS_HEARS, front, 0)
}

/** From now on its address is given, or routed to, or is not. */
export function dnsHears(c: Cluster, front: number): void {
  c.outside.unlisted ??= new Uint8Array(c.fixed.fronts)
  const { unlisted, dead } = c.outside
  const isDead = dead![front]!
  if (unlisted[front] === isDead) return
  unlisted[front] = isDead
  record(c.fixed.log, c.now, c.fixed.front!.by === 'ecmp' ? ROUTES : DNS, -1, front, 1 - isDead)
}
