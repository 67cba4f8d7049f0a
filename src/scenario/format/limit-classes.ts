/** `classes` and `sharing` of a rate limit: requests that it tells apart, and what each may have of it. */

import { sharings } from '../../policies/limits/index.ts'
import { hashBytes } from '../access-log/hash.ts'
import type { LimitClass, RateLimit } from '../rate-limit.ts'
import { byId, listOf, mapped } from '../shapes/collections.ts'
import { naming } from '../shapes/naming.ts'
import { choiceOf, textOf } from '../shapes/plain.ts'
import { integerOf, shareOf } from '../shapes/quantity.ts'
import { needed, optional, record } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { MOST_CLIENTS } from './limits.ts'
import { classSentFields } from './sent.ts'

const MOST_CLASSES = 16
const MOST_PATHS = 1000

/** A path of an access log becomes a key as it does when the log is read. */
const path: Shape<number> = mapped(textOf(), (text, tree, spot) => {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  if (text.startsWith('/') && !text.includes('?')) {
    const bytes = new TextEncoder().encode(text)
    return hashBytes(bytes, 0, bytes.length)
  }
  return complain(
    spot,
    tree.place,
    `"${text}" is neither the number of a key nor a path of an access log, as /search`,
  )
})

const one = record(
  {
    share: needed(shareOf({ max: 1 }), 'What the class may have of the limit; 0%: nothing.'),
    clients: optional(
      listOf(naming('client', textOf({ most: 63 })), {
        of: 'client populations',
        least: 1,
        most: MOST_CLIENTS,
      }),
      'Requests of these client populations.',
    ),
    priority: optional(
      integerOf({ max: 255 }),
      'Requests of client populations of this `priority`; 0 is most important.',
    ),
    paths: optional(
      listOf(path, { of: 'paths', least: 1, most: MOST_PATHS }),
      'Requests for these: numbers of keys, or paths (without what follows a ?) where an access log is replayed.',
    ),
    ...classSentFields,
  },
  { of: 'a class', named: 'limit-class' },
)

const classes: Shape<readonly LimitClass[]> = mapped(
  byId(one, { of: 'class', ofMany: 'classes', most: MOST_CLASSES }),
  (entries) =>
    entries.map(([name, { share, clients, priority, paths, methods, headers }]) => ({
      name,
      share,
      ...(clients ? { clients } : {}),
      ...(priority === undefined ? {} : { priority }),
      ...(paths ? { keys: paths } : {}),
      ...(methods ? { methods } : {}),
      ...(headers ? { headers } : {}),
    })),
)

const ways = sharings.all.map(({ name, summary }) => `${name}: ${summary}`).join(' ')

/** Fields of a rate limit. */
export const classFields = {
  classes: optional(
    classes,
    'Requests that the limit tells apart; each is in the first class that it fits, who fits none has what nobody reserves.',
  ),
  sharing: optional(choiceOf(sharings.names, 'a way to share a limit'), `How classes share it. ${ways}`),
}

/** What a file says of classes; undefined, and a complaint, when it cannot be. */
export function classesOf(
  given: { readonly classes?: readonly LimitClass[]; readonly sharing?: string },
  tree: Tree,
  spot: Spot,
): Pick<RateLimit, 'classes' | 'sharing'> | undefined {
  const { classes: all, sharing = 'ceilings' } = given
  const placeOf = (key: string) => (lookUp(tree, key) ?? tree).place
  if (all === undefined) {
    if (given.sharing === undefined) return {}
    return complain(within(spot, 'sharing'), placeOf('sharing'), '"sharing" is of a limit with "classes"')
  }
  const fault = sharings.get(sharing).check?.(all.map(({ share }) => share))
  if (fault) return complain(within(spot, 'classes'), placeOf('classes'), fault)
  return { classes: all, sharing }
}

/** Classes are known by name over all limits of a tier. */
export function refuseSameName(limits: readonly RateLimit[], tree: Tree, spot: Spot): void {
  const names = limits.flatMap(({ classes: all = [] }) => all.map(({ name }) => name))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice === undefined) return
  complain(
    spot,
    tree.place,
    `two limits of this tier have a class called "${twice}"; give one of them another name`,
  )
}
