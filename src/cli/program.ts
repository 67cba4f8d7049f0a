/** The command line's commands, and how it takes what is not one of them. */

import { Command } from 'commander'
import { addBench } from './commands/bench.ts'
import { addCheck } from './commands/check.ts'
import { addCompare } from './commands/compare.ts'
import { addExplain } from './commands/explain.ts'
import { addMrc } from './commands/mrc.ts'
import { addRun } from './commands/run.ts'
import { addVerify } from './commands/verify.ts'

const EXAMPLES = `
Examples:
  evenkeel run scenarios/crash.yaml
  evenkeel run crash.yaml --set tiers.web.balancing.strategy=two-choices --replications 10
  evenkeel compare scenarios/two-choices.yaml --replications 20
  evenkeel compare crash.yaml --vary tiers.web.replicas=3,4,5 --figures latency.p99,availability
  evenkeel explain scenarios/crash.yaml --failed 1
  evenkeel mrc scenarios/evictions.yaml --capacities 100..10000
  evenkeel check scenarios/*.yaml

Exit status: 0 done, 1 an expectation broke, 2 bad input or usage, 130 interrupted.`

/** Commands report what they end with in process.exitCode; usage errors are thrown (CommanderError). */
export function program(): Command {
  const evenkeel = new Command('evenkeel')
    .description('A deterministic simulator of load-balanced clusters.')
    .version(__EVENKEEL_VERSION__)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
  for (const add of [addRun, addCompare, addExplain, addMrc, addCheck, addVerify, addBench]) add(evenkeel)
  return evenkeel
}
