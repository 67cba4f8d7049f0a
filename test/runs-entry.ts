/** What `runs.ts` bundles. */

export { advance, report, startRun } from '../src/run/run.ts'
export { restore, save } from '../src/run/saved.ts'
export { openSession, work } from '../src/run/session.ts'
export { simulate } from '../src/run/simulate.ts'
