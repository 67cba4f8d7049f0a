/** Where an offset of a text is: line and column, counted from 1. */

import { LineCounter } from 'yaml'
import type { PlaceOf } from './read-yaml.ts'

/** Places in `file`, which has the given text. */
export function placesIn(file: string, text: string): PlaceOf {
  const counter = new LineCounter()
  counter.addNewLine(0)
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1)
  return (offset) => {
    const { line, col } = counter.linePos(Math.min(offset, text.length))
    return { file, line, column: col }
  }
}

/** One place for all that a flag says: `--set seed=x`. */
export function placeOfFlag(flag: string): PlaceOf {
  const place = { file: flag, line: 0, column: 0 }
  return () => place
}
