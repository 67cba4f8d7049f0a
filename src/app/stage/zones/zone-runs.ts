/** Which replicas of a tier stand together in a zone, as outlines on the stage. */

import { type Box, cellBox, type TierPlace } from '../layout.ts'

export interface ZoneRun {
  readonly zone: string
  /** One, two or three boxes that touch: the end of a row, whole rows, the beginning of a row. */
  readonly boxes: readonly Box[]
}

/** Beyond the replicas on every side, layout units. */
const MARGIN = 5

/** Runs of neighbours of the same zone, in order; none where no replica names one. */
export function zoneRuns(place: TierPlace, zones: readonly (string | undefined)[]): readonly ZoneRun[] {
  if (zones.every((zone) => zone === undefined)) return []
  const from = place.first - place.whole.first
  const runs: ZoneRun[] = []
  let begin = 0
  for (let cell = 1; cell <= place.cells; cell++) {
    const zone = zones[from + begin * place.per]
    if (cell < place.cells && zones[from + cell * place.per] === zone) continue
    if (zone !== undefined) runs.push({ zone, boxes: boxesOf(place, begin, cell - 1) })
    begin = cell
  }
  return runs
}

/** The boxes around cells `begin` to `end`, which run row by row. */
function boxesOf(place: TierPlace, begin: number, end: number): Box[] {
  const { cols } = place
  const firstRow = Math.floor(begin / cols)
  const lastRow = Math.floor(end / cols)
  if (firstRow === lastRow) return [box(place, begin, end)]
  const boxes: Box[] = []
  let from = begin
  if (begin % cols > 0) {
    boxes.push(box(place, begin, (firstRow + 1) * cols - 1))
    from = (firstRow + 1) * cols
  }
  const isWhole = (end + 1) % cols === 0
  const wholeEnd = isWhole ? end : lastRow * cols - 1
  if (wholeEnd > from) boxes.push(box(place, from, wholeEnd))
  if (!isWhole) boxes.push(box(place, lastRow * cols, end))
  return boxes
}

function box(place: TierPlace, begin: number, end: number): Box {
  const a = cellBox(place, begin)
  const b = cellBox(place, end)
  const margin = { x: Math.min(MARGIN, place.gap.x / 2), y: Math.min(MARGIN, place.gap.y / 2) }
  return {
    x: a.x - margin.x,
    y: a.y - margin.y,
    w: b.x + b.w - a.x + 2 * margin.x,
    h: b.y + b.h - a.y + 2 * margin.y,
  }
}
