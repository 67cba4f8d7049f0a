/** The client populations: who they are and how often they ask. */

import { memo } from 'react'
import type { ClientPopulation } from '../../scenario/scenario.ts'
import { TouchButton } from '../faults/touch-button.tsx'
import { grouped, percent, short } from '../format.ts'
import type { PlaceFailure } from './failures.ts'
import type { Box, Layout } from './layout.ts'
import { placeStyle } from './place.ts'
import { Reason } from './reason.tsx'
import { Title } from './title.tsx'

interface ClientsProps {
  readonly layout: Layout
  readonly clients: readonly ClientPopulation[]
  /** By population: what failed there lately. */
  readonly failures: readonly PlaceFailure[]
  /** The boxes have room for who comes: words stand above. */
  readonly hasCrowd: boolean
}

export const Clients = memo(function Clients({ layout, clients, failures, hasCrowd }: ClientsProps) {
  return (
    <>
      <Title box={layout.clientsTitle} title="clients" />
      {clients.map((population, index) => (
        <div
          key={population.id}
          className="stage-clients"
          style={placeStyle(layout.clients[index]!)}
          data-target={population.id}
          data-crowd={hasCrowd}
          data-tip={[arrivalsText(population), ...who(population)].join(', ')}
        >
          <span className="stage-name">{population.id}</span>
          <span className="stage-fine">{arrivalsText(population)}</span>
          {who(population)
            .slice(0, hasCrowd ? whoLines(layout.clients[index]!) : linesIn(layout.clients[index]!))
            .map((line) => (
              <span key={line} className="stage-fine stage-who">
                {line}
              </span>
            ))}
          <TouchButton target={population.id} />
          <Reason {...failures[index]} />
        </div>
      ))}
    </>
  )
})

/** `400/s, poisson`: what matters first, should there be no room for both. */
function arrivalsText({ arrivals }: ClientPopulation): string {
  const { rate, users } = arrivals.params
  const name = arrivals.policy.replaceAll('-', ' ')
  if (typeof rate === 'number') return `${Number(rate.toPrecision(3))}/s, ${name}`
  return typeof users === 'number' ? `${users} users, ${name}` : name
}

/** Above the cells of who comes; see crowd/cells.ts. */
const whoLines = ({ h }: Box) => (h < 130 ? 0 : 3)
const linesIn = ({ h }: Box) => Math.max(0, Math.floor((h - 44) / 15))

/** Whom requests come from, where that is told apart: `20,000 visitors`, `10 % behind 10 gateways`. */
function who({ addresses, nat, sessions, role }: ClientPopulation): string[] {
  const lines: string[] = []
  if (role === 'attack') lines.push('an attack')
  if (addresses > 1)
    lines.push(
      `${addresses >= 1e4 ? short(addresses) : grouped(addresses)} visitors${sessions ? ' in sessions' : ''}`,
    )
  if (nat) lines.push(`${percent(nat.share).replace('.0', '')} behind ${nat.gateways} NAT`)
  return lines
}
