/** What the worker may use of the run room. */

export { logShelf } from './log-shelf.ts'
export { type Run, report } from './run.ts'
export { neighbour, openSession, replayOf, type Session, work } from './session.ts'
export { trace } from './trace.ts'
export { type Tracer, tracer } from './tracer.ts'
