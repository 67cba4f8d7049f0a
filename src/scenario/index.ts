/** The scenario room's public face: reading, editing and describing scenario files. */

export { addFault, type NewFault } from './edit/add-fault.ts'
export { setAt } from './edit/at-path.ts'
export {
  addEntry,
  changeEntry,
  entriesOf,
  removeEntry,
} from './edit/entries.ts'
export { setValue } from './edit/set-value.ts'
export { type OutsideSetting, type ParseOptions, parse } from './parse.ts'
export { describe } from './problem.ts'
export { firstReading, readDraft } from './reading.ts'
export * from './scenario.ts'
export { formatDuration } from './units/duration.ts'
