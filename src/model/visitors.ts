/**
 * Who requests come from: visitors (browsers), numbered within their population, and the addresses that the
 * balancers see. What sticks to a replica, or is logged in, is a session: one of those that visitors begin
 * where the scenario has sessions, else the visitor for the whole run.
 */

import { below, type Stream } from '../base/stream.ts'
import { keyChoices } from '../policies/keys/index.ts'
import type { KeySampler } from '../policies/keys/key-choice.ts'
import type { ClientPopulation } from '../scenario/scenario.ts'
import type { FixedClient } from './cluster.ts'

/** Numbers that a population has for visitors, and again for sessions. */
const OF_ONE_POPULATION = 2 ** 32

/** Visitors that do not come equally often: by Zipf's law, visitor 0 most often. */
export function visitorsOf(count: number, exponent: number): KeySampler {
  return keyChoices.get('zipf').sampler({ count, exponent })
}

/** The visitor that an arrival is. */
export function drawVisitor({ visitors, addresses }: FixedClient, random: Stream): number {
  if (visitors !== undefined) return visitors(random, 0)
  return addresses === 1 ? 0 : below(random, addresses)
}

/**
 * The address that a visitor shows, as a number: its own, or its gateway's. Those behind gateways are spread
 * evenly over all visitors and take gateways in turn; each gateway is in a /24 network of its own, above
 * those of the visitors.
 */
export function addressOf(
  { nat, firstAddress }: Pick<FixedClient, 'nat' | 'firstAddress'>,
  visitor: number,
): number {
  if (nat === undefined) return firstAddress + visitor
  const before = Math.floor(visitor * nat.share)
  if (Math.floor((visitor + 1) * nat.share) === before) return firstAddress + visitor
  return 256 * (nat.firstNetwork + (before % nat.gateways)) + 1
}

/**
 * Where the addresses of each population begin. Populations of users overlap, as they always have the lowest;
 * attackers come after all users and their gateways, and after each other.
 */
export function addressPlan(
  clients: readonly ClientPopulation[],
): readonly Pick<FixedClient, 'firstAddress' | 'nat'>[] {
  const networks = ({ addresses, nat }: ClientPopulation) =>
    Math.ceil(addresses / 256) + (nat === undefined || nat.sharedWith !== undefined ? 0 : nat.gateways)
  let free = clients.reduce((most, one) => (one.role === 'attack' ? most : Math.max(most, networks(one))), 0)
  const first = clients.map((one) => {
    if (one.role !== 'attack') return 0
    free += networks(one)
    return free - networks(one)
  })
  return clients.map(({ nat }, i) => {
    const firstAddress = 256 * first[i]!
    if (nat === undefined) return { firstAddress, nat }
    const owner = nat.sharedWith === undefined ? i : clients.findIndex(({ id }) => id === nat.sharedWith)
    const { addresses, nat: owned } = clients[owner]!
    const firstNetwork = first[owner]! + Math.ceil(addresses / 256)
    return { firstAddress, nat: { share: nat.share, gateways: owned!.gateways, firstNetwork } }
  })
}

/** At most so many doubles are laid out for one kind of rows by number at all nodes of a tier together: 8 MiB. */
const MOST_DOUBLES = 1 << 20

/** A log's visitors, addresses and keys are known only when they come. */
export function areKnown(clients: readonly ClientPopulation[]): boolean {
  return clients.every(({ arrivals }) => arrivals.policy !== 'log')
}

/**
 * The number of each population's first visitor when all are counted through from 0, and behind them how many there
 * are; undefined where they are not known, or too many for rows by number.
 * @param doubles that a visitor has at all nodes of a tier together
 */
export function visitorsBefore(
  clients: readonly ClientPopulation[],
  doubles: number,
): readonly number[] | undefined {
  const before = [0]
  for (const { addresses } of clients) before.push(before.at(-1)! + addresses)
  return areKnown(clients) && before.at(-1)! * doubles <= MOST_DOUBLES ? before : undefined
}

/** Above all addresses that can come; 0 as `visitorsBefore` is undefined. */
export function addressBound(clients: readonly ClientPopulation[], doubles: number): number {
  const bound = addressPlan(clients).reduce((most, { firstAddress, nat }, i) => {
    const gateways = nat === undefined ? 0 : 256 * (nat.firstNetwork + nat.gateways)
    return Math.max(most, firstAddress + clients[i]!.addresses, gateways)
  }, 0)
  return areKnown(clients) && bound * doubles <= MOST_DOUBLES ? bound : 0
}

/** The number of a visitor among all that stick or log in, over all populations; below 0. */
export function visitorNumber(client: number, visitor: number): number {
  return -1 - (client * OF_ONE_POPULATION + (visitor >>> 0))
}

/** The number of a population's n-th session, likewise; from 0 on. */
export function sessionNumber(client: number, n: number): number {
  return client * OF_ONE_POPULATION + n
}
