/** What became of the requests of each population of clients, and of users and attackers apart. */

import type { AttackReport, Report } from '../../measure/report.ts'
import { duration, maybe, NOTHING, percent, whole } from './numbers.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

/** No lines where one population sends everything. */
export function clients({ clients: all, attack }: Report, style: Style): string[] {
  if (all === undefined) return []
  const rows = Object.entries(all).map(([name, one]) => [
    name,
    whole(one.arrived),
    maybe(one.availability, percent),
    whole(one.limited),
    maybe(one.limitedShare, percent),
    one.latencyMs ? duration(one.latencyMs.p50) : NOTHING,
    one.latencyMs ? duration(one.latencyMs.p99) : NOTHING,
  ])
  return [
    ...table({ head: ['Clients', 'arrived', 'succeeded', 'limited', '', 'p50', 'p99'], rows }, style),
    ...(attack ? [style.dim(ofAttack(attack))] : []),
  ]
}

function ofAttack(attack: AttackReport): string {
  const { usersLimitedShare, attackersLimitedShare, attackersSucceededShare, mistakenShare } = attack
  return [
    `limits of rates and connections turned away ${maybe(attackersLimitedShare, percent)} of the attackers’ requests`,
    `${maybe(usersLimitedShare, percent)} of the users’ by mistake (${maybe(mistakenShare, percent)} of all turned away)`,
    `${maybe(attackersSucceededShare, percent)} of the attack got through`,
  ].join(' · ')
}
