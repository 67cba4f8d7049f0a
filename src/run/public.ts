/** What the worker may use of the run room, and of the one below it. */

export { firstReading } from '../scenario/index.ts'
export { birthsProbe } from './compare/births.ts'
export { comparison, type Outcome } from './compare/compare.ts'
export { usualFigures } from './compare/figures.ts'
export { logShelf } from './log-shelf.ts'
export { replication } from './replicate.ts'
export { type Run, report } from './run.ts'
export { neighbour, openSession, replayOf, type Session, work } from './session.ts'
export { sharedUntil } from './shared-until.ts'
export { start } from './simulate.ts'
export { trace } from './trace.ts'
export { type Tracer, tracer } from './tracer.ts'
