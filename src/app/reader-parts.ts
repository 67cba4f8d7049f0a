/** What the reader is made of; apart, since it holds the parser and every policy. */

export {
  addEntry,
  addFault,
  changeEntry,
  entriesOf,
  firstReading,
  formatDuration,
  parse,
  readDraft,
  removeEntry,
  setAt,
  setValue,
} from '../scenario/index.ts'
