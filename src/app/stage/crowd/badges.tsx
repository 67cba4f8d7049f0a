/** How many stick to each replica, at its card; and lines from a cell that is pointed at to its replicas. */

import { Users } from 'lucide-react'
import type { Scenario } from '../../../scenario/scenario.ts'
import { short } from '../../format.ts'
import { type Box, cellBox, type Layout, tierOf } from '../layout.ts'
import { type Cells, cellAt } from './cells.ts'
import { replicaColors } from './colors.ts'
import type { CellView } from './crowd-view.ts'

interface BadgesProps {
  readonly layout: Layout
  readonly scenario: Scenario
  /** The tier that they stick to, by its number. */
  readonly tier: number
  readonly nodes: ReadonlyMap<number, number>
  readonly grids: readonly Cells[]
  readonly pointed: readonly [client: number, cell: number] | undefined
  /** What is pointed at. */
  readonly cell: CellView | undefined
}

export function Badges({ layout, scenario, tier, nodes, grids, pointed, cell }: BadgesProps) {
  const colors = replicaColors(scenario)
  const place = layout.tiers[tier]
  if (!place) return null
  const isCards = place.form === 'card' || place.form === 'line'
  const from = pointed && cell && cellAt(grids[pointed[0]]!, pointed[1])
  return (
    <>
      {isCards &&
        Array.from({ length: place.replicas }, (_, index) => {
          const node = place.first + index
          const { x, y } = cellBox(place, index)
          return (
            <span
              key={node}
              className="stage-sticking"
              style={{ transform: `translate(${x + 12}px, ${y - 9}px)`, borderColor: colors[node] }}
              data-none={!nodes.get(node)}
            >
              <Users size={10} aria-hidden="true" />
              {short(nodes.get(node) ?? 0)}
              <span className="stage-hidden">
                {' '}
                stick to {scenario.tiers[tier]?.replicas[node - place.whole.first]?.id}
              </span>
            </span>
          )
        })}
      {from && (
        <svg className="stage-bonds" width={layout.width} height={layout.height} aria-hidden="true">
          {cell.at.map(([node, people]) => {
            const end = node < 0 ? undefined : boxOf(layout, node)
            return (
              end && (
                <path
                  key={node}
                  d={bond(from, end, layout.upright)}
                  stroke={colors[node]}
                  strokeWidth={1.5 + 2.5 * (people / cell.people)}
                />
              )
            )
          })}
        </svg>
      )}
    </>
  )
}

/** Of a replica that is not looked at nothing is to be seen. */
function boxOf({ tiers }: Layout, node: number): Box | undefined {
  const place = tierOf(tiers, node)
  return place && cellBox(place, Math.floor((node - place.first) / place.per))
}

function bond(from: Box, to: Box, upright: boolean): string {
  const x1 = from.x + from.w / 2
  const y1 = from.y + from.h / 2
  const x2 = upright ? to.x + to.w / 2 : to.x
  const y2 = upright ? to.y : to.y + to.h / 2
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2]
  return upright
    ? `M ${x1} ${y1} C ${x1} ${my} ${x2} ${my} ${x2} ${y2}`
    : `M ${x1} ${y1} C ${mx} ${y1} ${mx} ${y2} ${x2} ${y2}`
}
