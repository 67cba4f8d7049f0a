/** Probes of Kubernetes, as `health.active` has them with the rule kubernetes. */

import type { PodProbes } from '../scenario.ts'
import { durationOf, integerOf } from '../shapes/quantity.ts'
import { type Field, optional, record, standard } from '../shapes/record.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'

/** Fields of the rule. @param path what a probe asks for, as every check can */
export function probesOf<P>(path: Field<P>) {
  const probe = record(
    {
      initialDelay: standard(
        durationOf({ bare: 's' }),
        'Time from the start of the container to the first.',
        '0s',
      ),
      period: standard(durationOf({ min: 1e9, bare: 's' }), 'Time from one to the next.', '10s'),
      timeout: standard(durationOf({ min: 1e6, bare: 's' }), 'Unanswered for this long it has failed.', '1s'),
      success: standard(
        integerOf({ min: 1, max: 1000 }),
        'Passes in a row after a failure; of readiness only, else 1.',
        1,
      ),
      failure: standard(integerOf({ min: 1, max: 1000 }), 'Failures in a row.', 3),
      path,
    },
    { of: 'a probe', named: 'probe' },
  )
  return {
    startup: optional(probe, 'Holds back the other two until it has passed; restarts what never does.'),
    readiness: optional(probe, 'Says whether the pod gets requests.'),
    liveness: optional(probe, 'Restarts the container when it fails.'),
    grace: standard(
      durationOf({ bare: 's' }),
      'How long a container that hangs is given before it is killed for a restart.',
      '30s',
    ),
  }
}

/** The rule without a probe would find out nothing; Kubernetes takes only readiness probes that need several passes. */
export function refuseIdleProbes(probes: PodProbes | undefined, health: Tree, spot: Spot): void {
  const active = lookUp(health, 'active')
  if (probes === undefined || active === undefined) return
  const at = within(spot, 'active')
  if (!probes.startup && !probes.readiness && !probes.liveness) {
    const message = 'the rule kubernetes finds out nothing without a probe'
    complain(
      at,
      active.place,
      message,
      'add startup, readiness or liveness, such as readiness: { period: 5s }',
    )
  }
  for (const name of ['startup', 'liveness'] as const) {
    if ((probes[name]?.success ?? 1) === 1) continue
    const given = lookUp(lookUp(active, name)!, 'success')!
    const message = `a ${name} probe needs one pass after a failure: Kubernetes takes no other number here`
    complain(within(within(at, name), 'success'), given.place, message, 'leave it out; it is of readiness')
  }
}
