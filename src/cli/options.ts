/** Options that several commands share, and how their values are read. */

import { type Command, InvalidArgumentError } from 'commander'

/** What changes a scenario before it is run. */
export interface Changes {
  readonly set?: readonly string[]
  readonly seed?: string
  readonly duration?: string
}

export const MOST_REPLICATIONS = 10_000
const MOST_THREADS = 256

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

export function addThreads(command: Command): Command {
  return command.option(
    '--threads <n>',
    'how many runs at once; all cores when left out (the result is the same)',
    wholeNumber(MOST_THREADS),
  )
}

/** For commander: a whole number of replications. */
export const replicationCount = wholeNumber(MOST_REPLICATIONS)

/** For commander: a whole number from 1 on. */
function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const count = Number(text)
    if (/^\d+$/.test(text) && count >= 1 && count <= most) return count
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`)
  }
}

function collect(text: string, before: readonly string[] = []): string[] {
  if (!/^[^=]+=/.test(text)) throw new InvalidArgumentError('It must be path=value, as in seed=7.')
  return [...before, text]
}
