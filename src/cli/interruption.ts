/** Ctrl-C: the first asks the run to end with what it has measured, the second ends the process at once. */

import { INTERRUPTED } from './exit-status.ts'

export interface Interruption {
  readonly isAsked: boolean
}

export function listenForInterruption(): Interruption {
  let isAsked = false
  process.on('SIGINT', () => {
    if (isAsked) process.exit(INTERRUPTED)
    isAsked = true
  })
  return {
    get isAsked() {
      return isAsked
    },
  }
}
