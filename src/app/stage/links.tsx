/** The ways between columns as hairlines; dashed where no balancer sends at present. */

import { memo, useMemo } from 'react'
import type { Layout } from './layout.ts'
import type { Ports } from './ports.ts'
import { beliefOf, type ReplicaView } from './replica-view.ts'
import { wayPath } from './way.ts'

/** Hairlines between two columns beyond which a picture of each would be a grey block. */
const MOST_LINKS = 400

interface LinksProps {
  readonly layout: Layout
  readonly ports: Ports
  readonly views: readonly ReplicaView[]
}

export function Links({ layout, ports, views }: LinksProps) {
  const paths = useMemo(() => findPaths(layout, ports), [layout, ports])
  const out = views.map((view) => (beliefOf(view) === 'out' ? '1' : '0')).join('')
  return <LinkLines width={layout.width} height={layout.height} paths={paths} out={out} />
}

interface LinkLinesProps {
  readonly width: number
  readonly height: number
  readonly paths: readonly LinkPath[]
  /** A character for each node: 1 when every balancer believes it to be out. */
  readonly out: string
}

const LinkLines = memo(function LinkLines({ width, height, paths, out }: LinkLinesProps) {
  const isOut = ({ nodes }: LinkPath) => nodes.length > 0 && nodes.every((node) => out[node] === '1')
  const drawn = paths.filter((path) => !isOut(path)).map((path) => path.d)
  const dashed = paths.filter(isOut).map((path) => path.d)
  return (
    <svg className="stage-links" width={width} height={height} aria-hidden="true">
      <path d={drawn.join('')} />
      <path className="stage-link-out" d={dashed.join('')} />
    </svg>
  )
})

interface LinkPath {
  readonly d: string
  /** Where it leads; several when replicas share a row of cells. */
  readonly nodes: number[]
}

function findPaths(layout: Layout, ports: Ports): LinkPath[] {
  const { nodes, fronts } = ports
  let senders = layout.fronts.map((_, front) => nodes + front)
  const clients = layout.clients.map((_, client) => nodes + fronts + client)
  const paths = between(ports, distinct(ports, clients), distinct(ports, senders)).map(({ d }) => ({
    d,
    nodes: [] as number[],
  }))
  for (const tier of layout.tiers) {
    const replicas = Array.from({ length: tier.replicas }, (_, index) => tier.first + index)
    paths.push(...between(ports, distinct(ports, senders), distinct(ports, replicas)))
    senders = replicas
  }
  return paths
}

/** Rows of nodes whose ways begin and end at the same point. */
function distinct(ports: Ports, nodes: readonly number[]): number[][] {
  const rows = new Map<string, number[]>()
  for (const node of nodes) {
    const key = `${ports.arrive[node]} ${ports.leave[node]} ${ports.cross[node]}`
    const row = rows.get(key)
    if (row) row.push(node)
    else rows.set(key, [node])
  }
  return [...rows.values()]
}

function between(ports: Ports, from: readonly number[][], to: readonly number[][]): LinkPath[] {
  const all = from.flatMap((row) => to.map((nodes) => ({ d: wayPath(ports, row[0]!, nodes[0]!), nodes })))
  if (all.length <= MOST_LINKS) return all
  // Only the outermost ways, which hold all the others between them.
  const ends = (rows: readonly number[][]) => [rows[0]!, rows.at(-1)!]
  return ends(from).flatMap((row) =>
    ends(to).map((nodes) => ({ d: wayPath(ports, row[0]!, nodes[0]!), nodes: [] })),
  )
}
