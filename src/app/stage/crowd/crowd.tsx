/**
 * Who comes, over the boxes of the clients: a cell for each address (or several), in the colour and with the number
 * of the replica that it sticks to; how many stick to a replica stands at its card. Loaded when it is asked for.
 */

import './crowd.css'
import { useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { ClientPopulation, Scenario } from '../../../scenario/scenario.ts'
import type { Crowd } from '../../../worker/protocol.ts'
import { inspect, type Subject } from '../../lab/inspected.ts'
import { playhead } from '../../stores/playhead.ts'
import { runs } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import type { Layout } from '../layout.ts'
import { Badges } from './badges.tsx'
import { type Cells, cellsIn, placesIn } from './cells.ts'
import { CrowdCells } from './crowd-cells.tsx'
import { type CrowdView, viewCrowd } from './crowd-view.ts'
import { footOf, wordFor } from './crowd-words.ts'
import { useCrowd } from './use-crowd.ts'

interface CrowdLayerProps {
  readonly lane: string
  readonly layout: Layout
  readonly scenario: Scenario
}

/** Wall time for which a move is news, ns. */
const NEWS = 0.8e9

export default function CrowdLayer({ lane, layout, scenario }: CrowdLayerProps) {
  const run = useStore(runs, ({ lanes }) => lanes.find(({ key }) => key === lane)?.current)
  const asked = useCrowd(run)
  const at = useStore(shown, (state) => state.playhead)
  const speed = useStore(playhead, (state) => state.speed)
  const [pointed, setPointed] = useState<readonly [client: number, cell: number]>()
  const grids = useMemo(
    () =>
      scenario.clients.map((one, client) => cellsIn(layout.clients[client]!, one, gatewaysOf(one, scenario))),
    [scenario, layout],
  )
  const last = useRef<CrowdView>(undefined)
  // An answer about a run with other replicas is no answer.
  const crowd = asked?.run === run?.number && run?.scenario === scenario ? asked : undefined
  const view = crowd && viewCrowd(crowd, grids, at, NEWS * speed, last.current)
  last.current = view
  return (
    <div className="stage-crowd" data-ready={crowd !== undefined}>
      {scenario.clients.map((population, client) => (
        <CrowdCells
          key={population.id}
          cells={grids[client]!}
          views={view?.cells[client]}
          scenario={scenario}
          population={population}
          word={wordFor(population, crowd)}
          foot={footOf(population, grids[client]!, crowd, view?.people[client] ?? 0)}
          onOpen={(cell) => crowd && inspect(lane, subjectOf(crowd, grids[client]!, view, client, cell))}
          onPoint={(cell) => setPointed(cell < 0 ? undefined : [client, cell])}
        />
      ))}
      {crowd && view && (
        <Badges
          layout={layout}
          scenario={scenario}
          tier={crowd.tier}
          nodes={view.nodes}
          grids={grids}
          pointed={pointed}
          cell={pointed && view.cells[pointed[0]]?.[pointed[1]]}
        />
      )}
    </div>
  )
}

/** One alone has a page of its own; several are listed. */
function subjectOf(
  crowd: Crowd,
  cells: Cells,
  view: CrowdView | undefined,
  client: number,
  cell: number,
): Subject {
  const lone = view?.cells[client]?.[cell]?.lone ?? -1
  const [first, last] = placesIn(cells, cell)
  if (lone < 0) return { kind: 'crowd', client, first, last }
  if (crowd.lookBack > 0) return { kind: 'visitor', address: crowd.address[lone]! }
  return { kind: 'session', bearer: crowd.who[lone]! }
}

function gatewaysOf({ nat }: ClientPopulation, { clients }: Scenario): number {
  const owner = nat?.sharedWith === undefined ? nat : clients.find(({ id }) => id === nat.sharedWith)?.nat
  return owner?.gateways ?? 0
}
