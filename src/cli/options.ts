/** Options that several commands share, and how their values are read. */

import { type Command, InvalidArgumentError } from 'commander'

/** What changes a scenario before it is run. */
export interface Changes {
  readonly set?: readonly string[]
  readonly seed?: string
  readonly duration?: string
}

export const MOST_REPLICATIONS = 10_000

export function addChanges(command: Command): Command {
  return command
    .option('--set <path=value>', 'change a setting of the scenario (repeatable)', collect)
    .option('--seed <seed>', 'other random numbers: a whole number or a name')
    .option('--duration <time>', 'run for so long, e.g. 10m')
}

export function addTalk(command: Command): Command {
  return command
    .option('--quiet', 'the result only: no progress, no notes')
    .option('--color', 'colours, even where there is no terminal')
    .option('--no-color', 'no colours')
}

/** For commander: a whole number of replications. */
export function replicationCount(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST_REPLICATIONS) return count
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_REPLICATIONS}.`)
}

function collect(text: string, before: readonly string[] = []): string[] {
  if (!/^[^=]+=/.test(text)) throw new InvalidArgumentError('It must be path=value, as in seed=7.')
  return [...before, text]
}
