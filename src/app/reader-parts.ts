/** What the reader is made of; apart, since it holds the parser and every policy. */

export { addFault, firstReading, formatDuration, parse, readDraft, setValue } from '../scenario/index.ts'
