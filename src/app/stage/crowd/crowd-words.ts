/** What the crowd on the stage says in words. */

import type { ClientPopulation, Scenario } from '../../../scenario/scenario.ts'
import type { Crowd } from '../../../worker/protocol.ts'
import { grouped, short } from '../../format.ts'
import { type Cells, placesIn } from './cells.ts'
import type { CellView } from './crowd-view.ts'

/** What one of them is: a session, a visitor who sticks, or an address where nobody counts more than that. */
export function wordFor({ sessions }: ClientPopulation, crowd: Crowd | undefined): string {
  if (crowd && crowd.lookBack > 0) return 'address'
  return sessions ? 'session' : 'visitor'
}

export function many(count: number, word: string): string {
  return `${grouped(count)} ${word}${count === 1 ? '' : word.endsWith('s') ? 'es' : 's'}`
}

/** `240 sessions · 1 cell = 13` */
export function footOf(
  population: ClientPopulation,
  { count, perVisitor }: Cells,
  crowd: Crowd | undefined,
  people: number,
): { readonly text: string; readonly tip: string } {
  if (!crowd) return { text: 'being looked up …', tip: '' }
  const word = wordFor(population, crowd)
  const each = count > 0 && perVisitor > 1 ? ` · 1 cell = ${short(perVisitor)}` : ''
  const lately = crowd.lookBack > 0 ? ` that asked in the last ${crowd.lookBack / 1e9} s` : ''
  const cells = count === 0 ? '' : perVisitor === 0 ? '; a cell has some of the addresses' : ''
  const group = perVisitor > 1 ? `; a cell stands for ${grouped(perVisitor)} visitors` : ''
  const left = crowd.omitted > 0 ? `; ${grouped(crowd.omitted)} more are left out` : ''
  return {
    text: `${many(people, word)}${each}`,
    tip: `${many(people, word)}${lately}${cells}${group}${left}`,
  }
}

/** Whom a cell stands for. */
export function cellName(cells: Cells, cell: number): string {
  if (cells.perVisitor === 0) return 'some addresses'
  const [first, last] = placesIn(cells, cell)
  if (cell < cells.gateways) {
    return first === last ? `NAT gateway ${-first}` : `NAT gateways ${-last} to ${-first}`
  }
  return first === last ? `visitor ${first + 1}` : `visitors ${grouped(first + 1)} to ${grouped(last + 1)}`
}

/** `3 sessions: 2 at web/1, 1 at web/2` */
export function cellText({ people, at, change }: CellView, names: readonly string[], word: string): string {
  if (people === 0) return 'nobody'
  const where = at.map(([node, count]) => {
    const place = node < 0 ? 'not served yet' : `at ${names[node] ?? '?'}`
    return at.length === 1 ? place : `${grouped(count)} ${place}`
  })
  const news = ['', '; has just moved', '; what was known of it is gone'][change] ?? ''
  return `${many(people, word)}${at.length > 1 ? ':' : ''} ${where.join(', ')}${news}`
}

/** `/2`, as the name of a replica ends: a plain number is how many there are. */
export function endOfName(names: readonly string[], node: number): string {
  const name = names[node] ?? ''
  return name.slice(Math.max(0, name.lastIndexOf('/')))
}

export function namesOf({ tiers }: Scenario): readonly string[] {
  return tiers.flatMap(({ replicas }) => replicas.map(({ id }) => id))
}
