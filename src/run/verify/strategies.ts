/** Balancing strategies as rows describe them in words, and which of ours they mean. */

import { strategies } from '../../policies/balancing/index.ts'
import type { Chosen } from '../../policies/policy.ts'
import { choose } from './cluster.ts'
import { Unfit } from './unfit.ts'

/** What is known besides the words. */
export interface PoolForm {
  readonly servers: number
  /** Whether all servers are alike. */
  readonly isEven: boolean
  /** Whether the counts are old. */
  readonly isStale: boolean
}

interface Wording {
  readonly words: RegExp
  make(match: RegExpExecArray, pool: PoolForm): Chosen
}

const wordings: readonly Wording[] = [
  { words: /idle/i, make: () => choose('join-idle-queue') },
  { words: /shortest of all\b|shortest queue|^jsq\b/i, make: (_, pool) => least(pool) },
  {
    words: /shortest of (\d+)( \w+)* with(out)? replacement/i,
    make: (match) => choices(Number(match[1]), match[3] === undefined),
  },
  { words: /shortest of (\d+)\b|^d(\d+)$/i, make: (match) => choices(Number(match[1] ?? match[2]), false) },
  { words: /least.connections/i, make: (_, pool) => least(pool) },
  { words: /round.robin/i, make: () => choose('round-robin') },
  { words: /random/i, make: () => choose('random') },
]

/** @throws Unfit when the words mean nothing, or a strategy that is not here (yet) */
export function strategyFrom(words: string, pool: PoolForm): Chosen {
  for (const { words: pattern, make } of wordings) {
    const match = pattern.exec(words)
    if (!match) continue
    const chosen = make(match, pool)
    if (!strategies.has(chosen.policy)) throw new Unfit(`there is no strategy "${chosen.policy}" yet`)
    return chosen
  }
  throw new Unfit(`policy "${words}" is not known`)
}

/** Whether some words mean a strategy. */
export function isStrategy(words: string): boolean {
  return wordings.some(({ words: pattern }) => pattern.test(words))
}

/**
 * Rows break ties uniformly at random. Among equal servers with true counts the rule for ties changes nothing;
 * otherwise all of them are compared, and equals are drawn.
 */
function least({ servers, isEven, isStale }: PoolForm): Chosen {
  return isEven && !isStale ? choose('least-connections') : choices(servers, false)
}

function choices(count: number, replacement: boolean): Chosen {
  return choose('two-choices', { choices: count, replacement })
}
