/**
 * By the deadline: a request is turned away when it would probably not be done before its client leaves. The
 * replica expects it to take the average service time, after those that wait before it.
 *
 * Source: Beyer et al., Site Reliability Engineering, chapter 22, "Latency and Deadlines".
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import type { Shedding } from './shedding.ts'

const params = {
  weight: {
    kind: 'share',
    title: 'Weight',
    summary: 'How much of the average service time a new one makes up.',
    default: 0.05,
    min: 0,
    above: true,
    max: 1,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** Memory: the average service time, ns; 0: none is known. */
export const deadline: Shedding = {
  name: 'deadline',
  title: 'By the deadline',
  summary: 'Turns away what would probably not be done before its client leaves.',
  source: 'Beyer et al., Site Reliability Engineering, chapter 22',
  params,
  remember: () => new Float64Array(1),
  admits(_params, memory, { busy, slots, waiting, timeLeft }) {
    const ahead = busy < slots ? 0 : (waiting + 1) / slots
    return (ahead + 1) * memory[0]! <= timeLeft
  },
  served({ weight }: P, memory, took) {
    memory[0] = memory[0] === 0 ? took : memory[0]! + weight * (took - memory[0]!)
  },
}
