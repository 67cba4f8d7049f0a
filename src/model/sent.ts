/**
 * What requests say of themselves, as far as a class of a rate limit asks for it. Nothing is stored: a request's
 * method follows from its number (all its tries have the same) and from whether it is a write; a header's value
 * from the number of its visitor.
 */

import { hashOf } from '../base/keyed-rows.ts'
import { hashBytes } from '../scenario/access-log/hash.ts'
import type { LimitClass } from '../scenario/rate-limit.ts'
import type { ClientPopulation } from '../scenario/scenario.ts'
import { changes, methodsOf, type Sent } from '../scenario/sent.ts'
import { isWrite } from './cache-past.ts'
import type { Cluster } from './cluster.ts'
import { CLIENT, SERIAL, VISITOR } from './tables.ts'
import { visitorNumber } from './visitors.ts'

/** So that methods are other draws than those of what goes past caches. */
const SALT = 0x3e7d

/** What of a class is told by what its requests say, for one population; frozen. Undefined: nothing. */
export interface Asked {
  /** Parts of all draws, below 1, in which a request has one of the methods: of reads, and of writes. */
  readonly reads: readonly Part[] | undefined
  readonly writes: readonly Part[] | undefined
  /** Of visitors: all of them must hold. */
  readonly headers: readonly { readonly salt: number; readonly parts: readonly Part[] }[]
}

interface Part {
  readonly from: number
  readonly to: number
}

/** `never`: no request of the population can be in the class by what it says. */
export function askedOf(
  { methods, headers = [] }: LimitClass,
  client: ClientPopulation,
): Asked | undefined | 'never' {
  if (methods === undefined && headers.length === 0) return undefined
  const sent = methodsOf(client)
  const of = (isWriting: boolean) =>
    methods &&
    partsOf(
      sent.filter(({ value }) => changes(value) === isWriting),
      methods,
      true,
    )
  const told = headers.map(({ name, values }) => {
    const own = client.headers?.find((one) => one.name === name)
    const bytes = new TextEncoder().encode(name)
    return { salt: hashBytes(bytes, 0, bytes.length) | 0, parts: partsOf(own?.values ?? [], values, false) }
  })
  const asked: Asked = { reads: of(false), writes: of(true), headers: told }
  const isSent = methods === undefined || asked.reads!.length + asked.writes!.length > 0
  return isSent && told.every(({ parts }) => parts.length > 0) ? asked : 'never'
}

/** Whether a request says what is asked for. */
export function says(c: Cluster, request: number, { reads, writes, headers }: Asked): boolean {
  const { int, num, stride } = c.requests
  if (reads !== undefined) {
    const parts = isWrite(c, request) ? writes! : reads
    if (!isIn(parts, drawOf(Math.floor(num[request * stride + SERIAL]!), SALT))) return false
  }
  if (headers.length === 0) return true
  const visitor = visitorNumber(int[(request << 3) | CLIENT]!, int[(request << 3) | VISITOR]!)
  for (const { salt, parts } of headers) if (!isIn(parts, drawOf(visitor, salt))) return false
  return true
}

/** Where the wanted ones lie when all are laid end to end. @param fills true: all together are made to reach 1 */
function partsOf(all: readonly Sent[], wanted: readonly string[], fills: boolean): readonly Part[] {
  const whole = fills ? all.reduce((sum, { share }) => sum + share, 0) : 1
  let end = 0
  return all.flatMap(({ value, share }, i) => {
    const from = end
    end = fills && i === all.length - 1 ? 1 : end + share / whole
    return wanted.includes(value) ? [{ from, to: end }] : []
  })
}

function isIn(parts: readonly Part[], draw: number): boolean {
  return parts.some(({ from, to }) => draw >= from && draw < to)
}

/** The same number from 0 up to 1 for a number and a purpose, whenever it is asked for. */
function drawOf(number: number, salt: number): number {
  return (hashOf(hashOf(number) + salt) >>> 0) / 4294967296
}
