/** What the process ends with. */

export const DONE = 0
/** An expectation of a scenario broke, or a check of the trust suite. */
export const BROKE = 1
/** Bad input or usage: nothing was run. */
export const BAD_INPUT = 2
/** Ctrl-C, as a shell counts it: 128 + SIGINT. */
export const INTERRUPTED = 130
