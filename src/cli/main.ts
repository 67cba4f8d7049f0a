/** `evenkeel`: the command line. */

import { setFlagsFromString } from 'node:v8'
import { CommanderError } from 'commander'
import { BAD_INPUT } from './exit-status.ts'
import { codeOf, reasonOf } from './file-problem.ts'
import { program } from './program.ts'
import { tolerateClosedPipes } from './terminal.ts'

// The engine is many small functions: V8 makes it about 15 % faster when it may merge more of them into one.
setFlagsFromString('--max-inlined-bytecode-size=1000')
setFlagsFromString('--max-inlined-bytecode-size-cumulative=3000')

tolerateClosedPipes()
try {
  await program().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version were asked for, or commander has said what was wrong.
    process.exitCode = error.exitCode === 0 ? 0 : BAD_INPUT
  } else if (codeOf(error) && error instanceof Error && 'syscall' in error) {
    const path = 'path' in error ? `${error.path}: ` : ''
    process.stderr.write(`error: ${path}${reasonOf(error)}\n`)
    process.exitCode = BAD_INPUT
  } else throw error
}
