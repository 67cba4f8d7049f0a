/** Where the result goes (stdout) and everything else (stderr). */

import { describe, type Problem } from '../scenario/problem.ts'
import { BAD_INPUT } from './exit-status.ts'
import { codeOf, reasonOf } from './file-problem.ts'
import { isColoured, type Style, styleFor, widthOf } from './render/style.ts'

export interface Terminal {
  /** For what is written to stdout. */
  readonly style: Style
  /** Characters in a line of stdout. */
  readonly width: number
  /** The result, and nothing but it. */
  print(text: string): void
  /** What is wrong; a line each. */
  complain(problems: readonly Problem[]): void
  /** What a person may like to know; nothing when they asked for quiet. */
  remark(lines: readonly string[]): void
}

/** Options that every command has. */
export interface TerminalOptions {
  readonly color?: boolean
  readonly quiet?: boolean
}

export function terminal({ color, quiet }: TerminalOptions): Terminal {
  const onErrors = styleFor(isColoured(color, process.env, process.stderr))
  return {
    style: styleFor(isColoured(color, process.env, process.stdout)),
    width: widthOf(process.stdout),
    print: (text) => void process.stdout.write(text),
    complain(problems) {
      for (const problem of problems) {
        process.stderr.write(`${onErrors.red('error:')} ${harmless(describe(problem))}\n`)
      }
    },
    remark(lines) {
      if (quiet) return
      for (const line of lines) process.stderr.write(`${onErrors.yellow('note:')} ${harmless(line)}\n`)
    },
  }
}

/** Text from a file, such as a name, without what a terminal would take for a command. */
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
}

/** A reader that has seen enough (`| head`) is no error: what is still written is dropped. A full disk is one. */
export function tolerateClosedPipes(): void {
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error) => {
    if (codeOf(error) === 'EPIPE') return
    process.stderr.write(`error: standard output: ${reasonOf(error)}\n`)
    process.exit(BAD_INPUT)
  })
}
