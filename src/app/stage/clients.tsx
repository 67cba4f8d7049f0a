/** The client populations: who they are and how often they ask. */

import { memo, useMemo } from 'react'
import { useStore } from 'zustand'
import type { ClientPopulation, Scenario } from '../../scenario/scenario.ts'
import { TouchButton } from '../faults/touch-button.tsx'
import { grouped, percent, short } from '../format.ts'
import { shown } from '../stores/shown.ts'
import type { PlaceFailure } from './failures.ts'
import type { Box, Layout } from './layout.ts'
import { placeStyle } from './place.ts'
import { Reason } from './reason.tsx'
import { Title } from './title.tsx'

interface ClientsProps {
  readonly layout: Layout
  readonly scenario: Scenario
  /** By population: what failed there lately. */
  readonly failures: readonly PlaceFailure[]
  /** The boxes have room for who comes: words stand above. */
  readonly hasCrowd: boolean
}

export const Clients = memo(function Clients({ layout, scenario, failures, hasCrowd }: ClientsProps) {
  const factors = useFactors(scenario)
  return (
    <>
      <Title box={layout.clientsTitle} title="clients" />
      {scenario.clients.map((population, index) => (
        <div
          key={population.id}
          className="stage-clients"
          style={placeStyle(layout.clients[index]!)}
          data-target={population.id}
          data-crowd={hasCrowd}
          data-tip={[arrivalsText(population, factors[index]), ...who(population)].join(', ')}
        >
          <span className="stage-name">{population.id}</span>
          <span className="stage-fine">{arrivalsText(population, factors[index])}</span>
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

/** By population: how many times as many requests as usual it sends at the playhead, as timed entries say. */
function useFactors({ clients, faults }: Scenario): readonly number[] {
  const words = useStore(shown, ({ playhead }) => {
    const factors = clients.map(() => 1)
    for (const { at, kind, client = -1, amount, ends } of faults)
      if (kind === 'spike' && at <= playhead && client >= 0) factors[client] = ends ? 1 : amount
    return factors.join(' ')
  })
  return useMemo(() => words.split(' ').map(Number), [words])
}

/** `400/s, poisson`, `400/s × 3, poisson`: what matters first, should there be no room for both. */
function arrivalsText({ arrivals }: ClientPopulation, factor = 1): string {
  const { rate, users } = arrivals.params
  const name = arrivals.policy.replaceAll('-', ' ')
  const times = factor === 1 ? '' : ` × ${Number(factor.toPrecision(3))}`
  if (typeof rate === 'number') return `${Number(rate.toPrecision(3))}/s${times}, ${name}`
  return typeof users === 'number' ? `${users} users, ${name}` : name
}

/** Above the cells of who comes; see crowd/cells.ts. */
const whoLines = ({ h }: Box) => (h < 130 ? 0 : 3)
const linesIn = ({ h }: Box) => Math.max(0, Math.floor((h - 44) / 15))

/** Whom requests come from, where that is told apart: `20,000 visitors`, `10 % via 10 NATs`. */
function who({ addresses, nat, sessions, role }: ClientPopulation): string[] {
  const lines: string[] = []
  if (role === 'attack') lines.push('an attack')
  if (addresses > 1)
    lines.push(
      `${addresses >= 1e4 ? short(addresses) : grouped(addresses)} visitors${sessions ? ' in sessions' : ''}`,
    )
  if (nat)
    lines.push(
      `${percent(nat.share).replace('.0', '')} via ${nat.gateways} NAT${nat.gateways === 1 ? '' : 's'}`,
    )
  return lines
}
