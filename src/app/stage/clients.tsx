/** The client populations: who they are and how often they ask. */

import { memo } from 'react'
import type { ClientPopulation } from '../../scenario/scenario.ts'
import { TouchButton } from '../faults/touch-button.tsx'
import type { Layout } from './layout.ts'
import { placeStyle } from './place.ts'
import { Title } from './title.tsx'

interface ClientsProps {
  readonly layout: Layout
  readonly clients: readonly ClientPopulation[]
}

export const Clients = memo(function Clients({ layout, clients }: ClientsProps) {
  return (
    <>
      <Title box={layout.clientsTitle} title="clients" />
      {clients.map((population, index) => (
        <div
          key={population.id}
          className="stage-clients"
          style={placeStyle(layout.clients[index]!)}
          data-target={population.id}
        >
          <span className="stage-name">{population.id}</span>
          <span className="stage-fine">{arrivalsText(population)}</span>
          <TouchButton target={population.id} />
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
