/** `evenkeel check`: says whether scenarios can be run, and if not, all that is wrong with them. */

import type { Command } from 'commander'
import { BAD_INPUT, DONE } from '../exit-status.ts'
import { load } from '../load.ts'
import { logRemarks, openLogs } from '../logs.ts'
import { addChanges, addTalk, type Changes } from '../options.ts'
import { type TerminalOptions, terminal } from '../terminal.ts'

type Options = Changes & TerminalOptions

export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .summary('validate scenarios without running them')
    .description(
      'Says "ok" for each scenario that can be run; lists everything that is wrong with the others.',
    )
    .argument('<scenario...>', 'scenario files')
  addTalk(addChanges(command)).action((files: string[], options: Options) => {
    process.exitCode = check(files, options)
  })
}

function check(files: readonly string[], options: Options): number {
  const { print, complain, remark, style } = terminal(options)
  let status = DONE
  for (const file of files) {
    const { loaded, problems } = load([file], options)
    complain(problems)
    if (problems.length > 0) status = BAD_INPUT
    for (const { scenario } of loaded) {
      const logs = openLogs(scenario, file)
      for (const log of logs.values()) log.scan(Infinity)
      remark(logRemarks(logs))
      if (!options.quiet) print(`${file}: ${style.green('ok')}\n`)
    }
  }
  return status
}
