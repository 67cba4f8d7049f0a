/**
 * Tokens lost by failures: every try that fails takes one, every one that succeeds gives back a part of one,
 * and nothing is tried again while no more than half of them are left.
 *
 * Source: gRPC proposal A6, "Client Retries", retry throttling (maxTokens, tokenRatio).
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import type { Budget } from './budget.ts'

const params = {
  most: {
    kind: 'integer',
    title: 'Tokens',
    summary: 'Tokens when all is well; further tries need more than half of them.',
    default: 10,
    min: 1,
    max: 1000,
  },
  ratio: {
    kind: 'number',
    title: 'Ratio',
    summary: 'Tokens that a success gives back.',
    default: 0.1,
    min: 0,
    above: true,
    max: 1000,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const tokens: Budget = {
  name: 'tokens',
  title: 'Tokens lost by failures',
  summary: 'A failure takes a token, a success gives back a part of one; half of them must be left.',
  source: 'gRPC proposal A6, Client Retries, throttling of retry attempts',
  params,
  remember: ({ most }) => Float64Array.of(most as number),
  begun() {},
  spend: ({ most }: P, memory) => memory[0]! > most / 2,
  tried({ most, ratio }: P, memory, _isFurther, result) {
    if (result === 1) memory[0] = Math.min(most, memory[0]! + ratio)
    else if (result === -1) memory[0] = Math.max(0, memory[0]! - 1)
  },
  ended() {},
}
