/** What timed entries can be about, and which settings belong to which of them. */

import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'

/** Everything that an entry may be about. */
export const HAPPENINGS = [
  'crash',
  'hang',
  'slow',
  'errors',
  'recover',
  'purge',
  'softPurge',
  'update',
  'pause',
  'flap',
  'restart',
  'outage',
  'partition',
  'latency',
  'loss',
  'drain',
  'undrain',
  'weight',
  'spike',
  'reload',
  'scale',
  'balance',
  'checks',
  'slots',
] as const
export type Happening = (typeof HAPPENINGS)[number]

/** Which settings belong to what, and an example of those that must be there. */
const PARTS: readonly (readonly [key: string, owners: readonly Happening[], example?: string])[] = [
  ['factor', ['slow', 'spike'], 'factor: 5'],
  ['share', ['errors', 'loss', 'weight'], 'share: 30%'],
  ['keys', ['errors', 'purge', 'softPurge']],
  ['breaksOff', ['errors']],
  ['every', ['pause'], 'every: 10s'],
  ['lasts', ['pause'], 'lasts: 500ms'],
  ['up', ['flap'], 'up: 5s'],
  ['down', ['flap'], 'down: 2s'],
  ['takes', ['restart']],
  ['add', ['latency'], 'add: 50ms'],
  ['from', ['partition', 'latency', 'loss']],
  ['as', ['partition']],
  ['to', ['scale', 'slots'], 'to: 5'],
  ['with', ['balance'], 'with: least-connections'],
  ['interval', ['checks']],
  ['timeout', ['checks']],
  ['fall', ['checks']],
  ['rise', ['checks']],
]

const AT_ONCE: readonly Happening[] = ['purge', 'softPurge', 'update']
/** What cannot end, as it is no state. */
const ENDLESS: readonly Happening[] = [
  'recover',
  'restart',
  'undrain',
  'reload',
  'scale',
  'balance',
  'checks',
]

/** What a schema can say of this. */
export const BELONGS = {
  ...Object.fromEntries(PARTS.map(([key, owners]) => [key, owners])),
  for: HAPPENINGS.filter((what) => !AT_ONCE.includes(what) && !ENDLESS.includes(what)),
}

export const NEEDS = Object.fromEntries(
  HAPPENINGS.map((what): [string, string[]] => [
    what,
    PARTS.flatMap(([key, owners, example]) => (example && owners.includes(what) ? [key] : [])),
  ]).filter(([, keys]) => keys.length > 0),
)

export const NEEDS_ONE_OF = { checks: ['interval', 'timeout', 'fall', 'rise'] } as const

/** Nothing may be missing, and nothing may be there that belongs elsewhere. */
export function hasItsParts(what: Happening, tree: Tree, spot: Spot): boolean {
  let isRight = true
  const wrong = (place: Tree['place'], key: string, message: string) => {
    complain(within(spot, key), place, message)
    isRight = false
  }
  for (const [key, owners, example] of PARTS) {
    const given = lookUp(tree, key)
    if (given && !owners.includes(what)) {
      wrong(
        given.place,
        key,
        `"${key}" belongs to ${owners.map((one) => `"${one}"`).join(' or ')}, not to "${what}"`,
      )
    }
    if (!given && example !== undefined && owners.includes(what)) {
      wrong(tree.place, key, `"${what}" needs "${key}", such as ${example}`)
    }
  }
  const lasts = lookUp(tree, 'for')
  if (lasts && AT_ONCE.includes(what)) {
    wrong(lasts.place, 'for', `"for" says when a fault ends; "${what}" is done at once`)
  }
  if (lasts && ENDLESS.includes(what)) {
    wrong(lasts.place, 'for', `"for" says when a fault ends; "${what}" is no fault`)
  }
  return isRight
}
