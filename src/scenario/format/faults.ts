/** `faults`: what befalls which replicas, and when. `{ at: 30s, crash: web/2 }`, `web` being all of a tier. */

import { nearest } from '../../base/nearest.ts'
import type { Fault, FaultKind } from '../scenario.ts'
import { listOf, mapped } from '../shapes/collections.ts'
import { textOf } from '../shapes/plain.ts'
import { durationOf, numberOf, shareOf } from '../shapes/quantity.ts'
import { needed, optional, record } from '../shapes/record.ts'
import { quoted, type Shape } from '../shapes/shape.ts'
import { complain, didYouMean, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { MOST_FAULTS } from './limits.ts'

export const FAULT_KINDS = [
  'crash',
  'hang',
  'slow',
  'errors',
  'recover',
  'purge',
  'softPurge',
  'update',
] as const satisfies readonly FaultKind[]

const LATER = `partition drain deploy rollout flood attack zone scale cut restart latency loss reload`.split(
  ' ',
)

type Target = Pick<Fault, 'tier' | 'replica'>

const target: Shape<Target> = mapped(textOf({ most: 100 }), resolve)

/** The same, of a tier with a cache. */
const cached: Shape<Target> = mapped(target, (found, tree, spot) => {
  if (spot.tiers?.[found.tier]?.hasCache !== false) return found
  return complain(spot, tree.place, `${quoted(tree)} has no cache`)
})

const fields = {
  at: needed(durationOf({ bare: 's' }), 'When, from the start of the run.'),
  crash: optional(target, 'These replicas die: requests in them fail at once, new ones are refused.'),
  hang: optional(target, 'These replicas accept requests and never answer.'),
  slow: optional(target, 'These replicas take `factor` times as long for everything.'),
  errors: optional(target, 'These replicas fail a `share` of their requests fast.'),
  recover: optional(target, 'These replicas are well again.'),
  purge: optional(cached, 'The caches of these replicas are emptied.'),
  softPurge: optional(
    cached,
    'What the caches of these replicas hold is old from now on, and served within grace while it is fetched.',
  ),
  update: optional(cached, 'All that these caches hold changes at its origin, and nobody tells them.'),
  factor: optional(numberOf({ min: 0, above: true, max: 1e6 }), 'With slow: how many times longer it takes.'),
  share: optional(shareOf(), 'With errors: the share of requests that fail.'),
  for: optional(durationOf({ min: 0, above: true, bare: 's' }), 'Recovers by itself after this time.'),
}

const entry = mapped(
  record(fields, { of: 'a fault', named: 'fault', later: LATER, either: [FAULT_KINDS] }),
  (read, tree, spot): readonly Fault[] | undefined => {
    const kind = FAULT_KINDS.find((kind) => read[kind] !== undefined)
    if (!kind) return complain(spot, tree.place, `a fault needs one of ${FAULT_KINDS.join(', ')}`)
    if (!hasItsAmount(kind, tree, spot)) return undefined
    const amount = (kind === 'slow' ? read.factor : read.share) ?? 0
    const fault: Fault = { at: read.at, kind, ...read[kind]!, amount }
    return read.for === undefined
      ? [fault]
      : [fault, { ...fault, at: read.at + read.for, kind: 'recover', amount: 0 }]
  },
)

/** Sorted by instant; entries at the same instant keep the order of the file. */
export const faults: Shape<readonly Fault[]> = mapped(
  listOf(entry, { of: 'faults', most: MOST_FAULTS }),
  (entries) => entries.flat().sort((a, b) => a.at - b.at),
)

/** `slow` needs a factor and `errors` a share, and nothing else may have one; `recover` cannot end. */
function hasItsAmount(kind: FaultKind, tree: Tree, spot: Spot): boolean {
  let isRight = true
  const wrong = (place: Tree['place'], key: string, message: string) => {
    complain(within(spot, key), place, message)
    isRight = false
  }
  for (const [key, owner] of [
    ['factor', 'slow'],
    ['share', 'errors'],
  ] as const) {
    const given = lookUp(tree, key)
    if (given && kind !== owner) wrong(given.place, key, `"${key}" belongs to "${owner}", not to "${kind}"`)
    if (!given && kind === owner) {
      wrong(
        tree.place,
        key,
        `"${kind}" needs "${key}", such as ${key === 'factor' ? 'factor: 5' : 'share: 30%'}`,
      )
    }
  }
  const lasts = lookUp(tree, 'for')
  if (lasts && kind === 'recover')
    wrong(lasts.place, 'for', '"for" says when a fault ends; "recover" is no fault')
  if (lasts && (kind === 'purge' || kind === 'softPurge' || kind === 'update'))
    wrong(lasts.place, 'for', `"for" says when a fault ends; "${kind}" is done at once`)
  return isRight
}

/** Finds the tier and the replica that `web/2` or `web` means. */
function resolve(text: string, tree: Tree, spot: Spot): Target | undefined {
  const { tiers = [] } = spot
  const slash = text.indexOf('/')
  const id = slash < 0 ? text : text.slice(0, slash)
  const number = slash < 0 ? undefined : text.slice(slash + 1)
  const tier = tiers.findIndex((declared) => declared.id === id)
  if (tier < 0) {
    const names = tiers.map((declared) => declared.id)
    const message = `${quoted(tree)}: there is no tier "${id}"; the tiers are ${names.join(', ') || 'missing'}`
    return complain(spot, tree.place, message, () => {
      const near = nearest(id, names)
      return didYouMean(near === undefined ? undefined : number === undefined ? near : `${near}/${number}`)
    })
  }
  if (number === undefined) return { tier, replica: -1 }
  const { replicas = Infinity } = tiers[tier]!
  if (/^[1-9]\d{0,5}$/.test(number) && Number(number) <= replicas)
    return { tier, replica: Number(number) - 1 }
  const range =
    replicas === Infinity ? `${id}/1 and so on` : replicas === 1 ? `${id}/1` : `${id}/1 to ${id}/${replicas}`
  return complain(spot, tree.place, `${quoted(tree)} is no replica; "${id}" has ${range}`)
}
