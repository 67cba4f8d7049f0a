/** All balancing strategies, by public name. A new one is a file and a line here. */

import { type Registry, registry } from '../../base/registry.ts'
import { boundedLoad } from './bounded-load.ts'
import { c3 } from './c3.ts'
import { first } from './first.ts'
import { haproxyConsistent } from './haproxy-consistent.ts'
import { haproxyLeastconn } from './haproxy-leastconn.ts'
import { haproxyRoundRobin } from './haproxy-round-robin.ts'
import { hash } from './hash.ts'
import { ipHash } from './ip-hash.ts'
import { joinIdleQueue } from './join-idle-queue.ts'
import { joinShortestQueue } from './join-shortest-queue.ts'
import { jump } from './jump.ts'
import { ketama } from './ketama.ts'
import { leastConnections } from './least-connections.ts'
import { leastRequest } from './least-request.ts'
import { leastTime } from './least-time.ts'
import { maglev } from './maglev.ts'
import { peakEwma } from './peak-ewma.ts'
import { plainRoundRobin } from './plain-round-robin.ts'
import { prequal } from './prequal.ts'
import { random } from './random.ts'
import { rendezvous } from './rendezvous.ts'
import { ringHash } from './ring-hash.ts'
import { roundRobin } from './round-robin.ts'
import { staticRr } from './static-rr.ts'
import type { Strategy } from './strategy.ts'
import { twoChoices } from './two-choices.ts'
import { varnishFallback } from './varnish-fallback.ts'
import { varnishHash } from './varnish-hash.ts'
import { varnishRoundRobin } from './varnish-round-robin.ts'
import { varnishShard } from './varnish-shard.ts'
import { weightedUtilisation } from './weighted-utilisation.ts'

export const strategies: Registry<Strategy> = registry('balancing strategy', [
  roundRobin,
  plainRoundRobin,
  random,
  leastConnections,
  twoChoices,
  haproxyRoundRobin,
  staticRr,
  first,
  haproxyLeastconn,
  ipHash,
  hash,
  ketama,
  haproxyConsistent,
  varnishRoundRobin,
  varnishFallback,
  varnishHash,
  varnishShard,
  leastRequest,
  leastTime,
  peakEwma,
  joinIdleQueue,
  joinShortestQueue,
  weightedUtilisation,
  prequal,
  c3,
  ringHash,
  maglev,
  boundedLoad,
  rendezvous,
  jump,
] as Strategy[])
