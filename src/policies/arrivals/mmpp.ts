/**
 * Markov-modulated Poisson arrivals: the rate jumps between states, each of which lasts an exponential time;
 * bursts and lulls that a Poisson process does not have. It begins in the first state.
 */

import { exponential } from '../../base/exponential.ts'
import { round } from '../../base/round.ts'
import { below, uniform } from '../../base/stream.ts'
import { SECOND } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Arrivals, NextArrival } from './arrivals.ts'

const params = {
  states: {
    kind: 'states',
    title: 'States',
    summary: 'For each state its rate of requests (0 is allowed) and the mean time it lasts.',
  },
  next: {
    kind: 'choice',
    title: 'Next state',
    summary: 'Whether the states follow each other in turn, or each other one is equally likely.',
    choices: ['cyclic', 'random'],
    default: 'cyclic',
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/**
 * In each state the next arrival competes with the end of the state: the first of two exponentials is again
 * exponential, and which one it is does not depend on when. So nothing but the state has to be remembered.
 */
function next({ states, next }: P): NextArrival {
  const count = states.length
  const rates = states.map(({ rate }) => rate / SECOND)
  const ends = states.map(({ stay }) => 1 / stay)
  const meanTimes = Float64Array.from(rates, (rate, i) => 1 / (rate + ends[i]!))
  const arrivalShares = Float64Array.from(rates, (rate, i) => rate * meanTimes[i]!)
  const isRandom = next === 'random' && count > 1

  return (now, memory, random) => {
    let state = memory[0]!
    let at = now
    for (;;) {
      at += exponential(random) * meanTimes[state]!
      if (uniform(random) < arrivalShares[state]!) {
        memory[0] = state
        return round(at)
      }
      state = (state + 1 + (isRandom ? below(random, count - 1) : 0)) % count
    }
  }
}

export const mmpp: Arrivals = {
  name: 'mmpp',
  title: 'Markov-modulated Poisson',
  summary: 'Poisson arrivals whose rate jumps between states: correlated bursts, as real traffic has them.',
  source: 'Fischer & Meier-Hellstern, "The Markov-modulated Poisson process cookbook" (1993)',
  params,
  mode: 'open',
  memory: 1,
  next,
  meanRate({ states }: P) {
    const time = states.reduce((sum, { stay }) => sum + stay, 0)
    return states.reduce((sum, { rate, stay }) => sum + (rate * stay) / time, 0)
  },
  check({ states }: P) {
    if (states.some(({ stay }) => !(stay > 0))) return ['stay must be above 0 in every state']
    if (states.some(({ rate }) => !(rate >= 0))) return ['rate must not be negative in any state']
    return states.some(({ rate }) => rate > 0) ? [] : ['states must have at least one with a rate above 0']
  },
}
