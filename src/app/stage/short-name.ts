/** A replica's name as it fits: `web/12`, or `/12` where the heading above already says `web`. */

/** Mean width of a letter of a name, layout units. */
const LETTER = 7.4

export function fittingName(name: string, room: number): string {
  const slash = name.lastIndexOf('/')
  return name.length * LETTER <= room || slash < 0 ? name : name.slice(slash)
}
