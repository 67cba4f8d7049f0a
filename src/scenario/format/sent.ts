/** `methods` and `headers`: what a population sends, and by what a rate limit tells classes apart. */

import { nearest } from '../../base/nearest.ts'
import type { LimitClass, RateLimit } from '../rate-limit.ts'
import type { ClientPopulation } from '../scenario.ts'
import { changes, type Header, METHODS, type Method, methodsOf, type Sent } from '../sent.ts'
import { byId, eitherOf, listOf, mapped } from '../shapes/collections.ts'
import { choiceOf, textOf } from '../shapes/plain.ts'
import { shareOf } from '../shapes/quantity.ts'
import { optional, record } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, didYouMean, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'

const MOST_HEADERS = 16
const MOST_VALUES = 100
const SLACK = 1e-9

const share = shareOf({ min: 0, above: true, max: 1 })

const byMethod = record(
  Object.fromEntries(
    METHODS.map((name) => {
      const what = changes(name) ? 'change something (writes)' : 'change nothing'
      return [name, optional(share, `The share of requests that are ${name}; they ${what}.`)]
    }),
  ),
  { of: 'methods' },
)

const methods: Shape<readonly Sent<Method>[]> = mapped(byMethod, (read, tree, spot) => {
  const sent = METHODS.flatMap((value) => {
    const part = read[value]
    return part === undefined ? [] : [{ value, share: part }]
  })
  const total = totalOf(sent)
  if (Math.abs(total - 1) <= SLACK) return sent
  return complain(spot, tree.place, `the methods come to ${percent(total)}; together they must be 100%`)
})

const value = textOf({ most: 63 })
const values: Shape<readonly Sent[]> = eitherOf('a value, or shares of visitors by value, are needed', {
  scalar: mapped(value, (text) => [{ value: text, share: 1 }]),
  map: mapped(
    byId(share, { of: 'value', ofMany: 'values of a header', most: MOST_VALUES }),
    (entries, tree, spot) => {
      const sent = entries.map(([name, part]) => ({ value: name, share: part }))
      const total = totalOf(sent)
      if (total <= 1 + SLACK) return sent
      return complain(
        spot,
        tree.place,
        `the values come to ${percent(total)} of the visitors; there are no more than 100%`,
      )
    },
  ),
})

const headers: Shape<readonly Header[]> = mapped(
  byId(values, { of: 'header', ofMany: 'headers', most: MOST_HEADERS }),
  (entries) => entries.map(([name, sent]) => ({ name: name.toLowerCase(), values: sent })),
)

/** Fields of `requests`. */
export const sentFields = {
  methods: optional(
    methods,
    'The share of each method, together 100%; in place of `writes`: all but GET, HEAD and OPTIONS are writes, and held to be not idempotent. Left out: GET, and POST for writes.',
  ),
  headers: optional(
    headers,
    'Headers that visitors send: a value, or the share of the visitors that send each; always the same from one visitor.',
  ),
}

/** What a population says of that. */
export function sentOf(read: {
  readonly methods?: readonly Sent<Method>[] | undefined
  readonly headers?: readonly Header[] | undefined
}): Pick<ClientPopulation, 'methods' | 'headers'> {
  return {
    ...(read.methods ? { methods: read.methods } : {}),
    ...(read.headers ? { headers: read.headers } : {}),
  }
}

/** The share that changes something, of what is said. */
export function writesAmong(sent: readonly Sent<Method>[]): number {
  return totalOf(sent.filter(({ value: method }) => changes(method)))
}

const some: Shape<readonly string[]> = eitherOf('a value of the header is needed, or a list of them', {
  scalar: mapped(value, (text) => [text]),
  list: listOf(value, { of: 'values', least: 1, most: MOST_VALUES }),
})

/** Fields of a class. */
export const classSentFields = {
  methods: optional(
    listOf(choiceOf(METHODS, 'a method'), { of: 'methods', least: 1, most: METHODS.length }),
    'Requests of these methods.',
  ),
  headers: optional(
    mapped(byId(some, { of: 'header', ofMany: 'headers', most: MOST_HEADERS }), (entries) =>
      entries.map(([name, wanted]) => ({ name: name.toLowerCase(), values: wanted })),
    ),
    'Requests whose headers have all of these; of several values, one of them.',
  ),
}

/** A class can only be told by what some population of it sends. */
export function refuseUnsent(
  tiers: readonly { readonly id: string; readonly rateLimits?: readonly RateLimit[] }[],
  clients: readonly ClientPopulation[],
  tree: Tree,
  spot: Spot,
): void {
  for (const { id, rateLimits = [] } of tiers) {
    const given = ['tiers', id, 'rateLimit'].reduce<Tree | undefined>(
      (part, key) => part && lookUp(part, key),
      tree,
    )
    for (const [i, { classes = [] }] of rateLimits.entries()) {
      const limit = given?.kind === 'list' ? given.items[i] : given
      for (const one of classes) {
        const place = (limit && lookUp(lookUp(limit, 'classes') ?? limit, one.name)) ?? tree
        const at = ['tiers', id, 'rateLimit', 'classes', one.name].reduce(within, spot)
        const able = clients.filter(({ id: name }) => one.clients?.includes(name) ?? true)
        if (able.length > 0) refuseClass(one, able, place, at)
      }
    }
  }
}

function refuseClass(one: LimitClass, clients: readonly ClientPopulation[], tree: Tree, spot: Spot): void {
  const sent = new Set(clients.flatMap((client) => methodsOf(client).map(({ value: method }) => method)))
  for (const method of one.methods ?? []) {
    if (sent.has(method)) continue
    const place = lookUp(tree, 'methods')?.place ?? tree.place
    complain(
      within(spot, 'methods'),
      place,
      `no client population of this class sends ${method}; they send ${[...sent].join(', ')}; see "methods" of their requests`,
    )
  }
  const all = clients.flatMap(({ headers: own = [] }) => own)
  for (const { name, values: wanted } of one.headers ?? []) {
    const place = lookUp(tree, 'headers')?.place ?? tree.place
    const at = within(spot, 'headers')
    const known = all.filter((header) => header.name === name).flatMap((header) => header.values)
    const names = known.map(({ value: text }) => text)
    if (known.length === 0) {
      const near = nearest(name, new Set(all.map((header) => header.name)))
      const message = `no client population of this class sends the header "${name}"; see "headers" of their requests`
      complain(at, place, message, didYouMean(near))
    } else {
      for (const text of wanted) {
        if (names.includes(text)) continue
        complain(at, place, `nobody sends "${text}" as "${name}"; sent are ${[...new Set(names)].join(', ')}`)
      }
    }
  }
}

function totalOf(sent: readonly Sent[]): number {
  return sent.reduce((sum, { share: part }) => sum + part, 0)
}

function percent(part: number): string {
  return `${Math.round(part * 1000) / 10}%`
}
