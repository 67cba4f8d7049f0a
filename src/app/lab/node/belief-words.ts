/** What a balancer believes, in the words of the product that the tier follows. */

import type { Fault, Scenario } from '../../../scenario/scenario.ts'
import { clock } from '../../format.ts'

/** What operators and products call a replica that gets nothing, or nothing new. */
interface Words {
  readonly out: string
  readonly drained: string
}

const WORDS: Readonly<Record<string, Words>> = {
  haproxy: {
    out: 'HAProxy’s state DOWN',
    drained: 'HAProxy’s state DRAIN: no new clients, those that stick to it stay',
  },
  nginx: {
    out: 'nginx sets it aside for fail_timeout',
    drained: 'nginx’s parameter drain: only bound clients go there',
  },
  varnish: { out: 'Varnish calls it sick', drained: 'Varnish’s backend.set_health sick' },
  envoy: { out: 'Envoy: failed a check, or ejected', drained: 'Envoy’s health DRAINING' },
  'kube-proxy': {
    out: 'not among the ready endpoints of Kubernetes',
    drained: 'a terminating endpoint of Kubernetes',
  },
  alb: { out: 'the target is unhealthy', drained: 'the target is draining (deregistration delay)' },
}
const PLAIN: Words = {
  out: 'it gets no requests',
  drained: 'drained: no new clients, those that stick to it stay',
}

/** What is meant by “believed out” in a tier. */
export function outWords(profile: string | undefined): string {
  return (WORDS[profile ?? ''] ?? PLAIN).out
}

/** What operators have said of a replica that holds at an instant: drained, another weight. Sentences without stops. */
export function operatedWords(
  { tiers, faults }: Pick<Scenario, 'tiers' | 'faults'>,
  tier: number,
  replica: number,
  at: number,
): readonly string[] {
  const profile = tiers[tier]?.profile ?? ''
  const found: string[] = []
  const drain = lastOf(faults, 'drain', tier, replica, at)
  if (drain) found.push(`${(WORDS[profile] ?? PLAIN).drained}, since ${clock(drain.at, 1)}`)
  const weight = lastOf(faults, 'weight', tier, replica, at)
  if (weight) {
    const isNone = weight.amount === 0 ? ', which is as good as maintenance (MAINT)' : ''
    found.push(`${Math.round(weight.amount * 100)} % of its weight, since ${clock(weight.at, 1)}${isNone}`)
  }
  return found
}

/** The one that holds, if none has ended it since. */
function lastOf(
  faults: readonly Fault[],
  kind: Fault['kind'],
  tier: number,
  replica: number,
  at: number,
): Fault | undefined {
  const last = faults.findLast(
    (fault) =>
      fault.kind === kind &&
      fault.at <= at &&
      fault.tier === tier &&
      (fault.replica < 0 || fault.replica === replica),
  )
  return last?.ends ? undefined : last
}
