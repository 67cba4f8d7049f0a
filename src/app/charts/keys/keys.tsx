/** Who owns which keys of a tier whose strategy goes by key, and what moved with the last change of its pool. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Scenario, Tier } from '../../../scenario/scenario.ts'
import { tierAt } from '../../../scenario/tier-at.ts'
import { clock, percent } from '../../format.ts'
import { LaneTag } from '../../parts/lane-tag.tsx'
import { shown } from '../../stores/shown.ts'
import { overValues } from '../across.ts'
import { type ChartOfRun, sourceOf } from '../among.ts'
import type { ChartKey, ChartTable, Plate } from '../frame/chart-data.ts'
import { ChartFrame } from '../frame/chart-frame.tsx'
import { linear } from '../value-scale.ts'
import { drawOwners, hueOf } from './draw-owners.ts'
import css from './keys.module.css'
import { isKeyed, movedBetween, type Owners, ownersOf, sharesOf } from './owners.ts'
import { gridPaths, type OwnerPaths, ringPaths } from './paths.ts'
import { readinessAt } from './readiness.ts'

/** Replicas that are listed with their shares. */
const MOST_LISTED = 12

const DEFINITIONS: Readonly<Record<Owners['kind'], string>> = {
  ring: 'The ring of hashes, from 0 at the top on clockwise, in the colour of the replica that a key there goes to. The outer band: what has another owner since the last change of the pool.',
  table:
    'The table that a hash is looked up in, row by row, in the colour of the replica at each place. Marked: what has another owner since the last change of the pool.',
  keys: 'Keys one after the other, row by row, in the colour of the replica that each goes to. Marked: those that have another owner since the last change of the pool.',
}

export default function Keys({ run, lane }: ChartOfRun) {
  const { tiers } = run.scenario
  const count = useStore(
    shown,
    ({ at }) => tiers.filter((_, index) => isKeyed(tierNow(run.scenario, index, at))).length,
  )
  // Of several tiers each has its title.
  const mark = lane && count > 1 ? { ...lane, follows: false } : lane
  let first = 0
  return (
    <div className={css.tiers}>
      {tiers.map((tier, index) => {
        const from = first
        first += tier.replicas.length
        return <TierKeys key={tier.id} run={run} lane={mark} tier={index} first={from} />
      })}
      {count === 0 && (
        <p className={css.none}>{lane && <LaneTag lane={lane} />} No strategy goes by key at this instant.</p>
      )}
    </div>
  )
}

interface TierKeysProps extends Pick<ChartOfRun, 'run' | 'lane'> {
  /** Number of the tier. */
  readonly tier: number
  readonly first: number
}

/** Of one tier, while its strategy goes by key. */
export function TierKeys({ run, lane, tier: index, first }: TierKeysProps) {
  const { scenario } = run
  const since = useStore(shown, ({ at }) => switchedAt(scenario, index, at))
  const tier = useMemo(() => tierAt(scenario, index, since), [scenario, index, since])
  return isKeyed(tier) ? <OwnersOf run={run} lane={lane} tier={tier} first={first} /> : null
}

function tierNow(scenario: Scenario, index: number, at: number): Tier {
  return tierAt(scenario, index, switchedAt(scenario, index, at))
}

/** When its present strategy took over; 0: it is the first. */
function switchedAt({ faults }: Scenario, index: number, at: number): number {
  return (
    faults.findLast((fault) => fault.kind === 'balance' && fault.tier === index && fault.at <= at)?.at ?? 0
  )
}

interface OwnersOfProps extends Pick<ChartOfRun, 'run' | 'lane'> {
  readonly tier: Tier
  readonly first: number
}

function OwnersOf({ run, lane, tier, first }: OwnersOfProps) {
  const at = useStore(shown, (state) => state.at)
  const { now, before, last } = readinessAt(run.changes, first, tier.replicas.length, at)
  const owners = useMemo(() => ownersOf(tier, now), [tier, now])
  const old = useMemo(() => ownersOf(tier, before), [tier, before])
  const moved = useMemo(() => movedBetween(old, owners), [old, owners])
  const shares = useMemo(() => sharesOf(owners, tier.replicas.length), [owners, tier])
  const share = moved.reduce((sum, one) => sum + one, 0) / moved.length
  const paths = useMemo(
    () => (owners.kind === 'ring' ? ringPaths : gridPaths)(owners.of, moved, tier.replicas.length),
    [owners, moved, tier],
  )
  const title = run.scenario.tiers.length > 1 ? `Keys of ${tier.id}` : 'Who owns which keys'
  const isIn = last && now[last.replica] === '1'
  const news = last
    ? `${percent(share)} moved when ${tier.replicas[last.replica]!.id} ${isIn ? 'came back' : 'went'} at ${clock(last.at, 1)}`
    : 'Nothing has moved yet'
  const plate: Plate = {
    title,
    definition: DEFINITIONS[owners.kind],
    sources: [sourceOf(run, lane)],
    keys: keysOf(tier, shares, now),
    across: NO_AXIS,
    scale: NO_SCALE,
    format: undefined,
    draw: (pen) => drawOwners(pen, paths),
  }
  return (
    <ChartFrame
      plate={plate}
      table={() => sharesAt(at, tier, shares, share)}
      steps={NO_STEPS}
      summary={`${title} at ${clock(at, 1)}: ${plate.keys.map((key) => `${key.title} ${key.fixed}`).join(', ')}. ${news}.`}
      lane={lane}
    >
      <div className={css.body}>
        <Picture paths={paths} />
        <p className={css.news}>{news}.</p>
      </div>
    </ChartFrame>
  )
}

const NO_SCALE = linear(0, 1)
const NO_AXIS = { ...overValues(NO_SCALE, () => ''), ticks: () => [] }
const NO_STEPS = { step: 1, steps: 0 }

/** Replicas with their shares; of many the first, and how many more there are. */
function keysOf({ replicas }: Tier, shares: readonly number[], ready: string): readonly ChartKey[] {
  const keys = replicas.slice(0, MOST_LISTED).map(({ id }, replica): ChartKey => {
    const title = ready[replica] === '0' ? `${id} (out)` : id
    return { id, title, token: hueOf(replica), mark: 'area', fixed: percent(shares[replica]!) }
  })
  const more = replicas.length - keys.length
  return more > 0 ? [...keys, { id: 'more', title: `and ${more} more` }] : keys
}

/** The shares at an instant, as one row. */
function sharesAt(at: number, { replicas }: Tier, shares: readonly number[], moved: number): ChartTable {
  const column = (title: string, share: number) =>
    ({ title, unit: '', kind: 'share', values: Float64Array.of(share) }) as const
  return {
    rowTitle: 'Time',
    rowUnit: 's',
    rows: 1,
    rowAt: () => at / 1e9,
    columns: [
      ...replicas.map(({ id }, replica) => column(id, shares[replica]!)),
      column('moved with the last change', moved),
    ],
  }
}

function Picture({ paths }: { readonly paths: OwnerPaths }) {
  return (
    <svg className={css.picture} viewBox="-50 -50 100 100" aria-hidden="true">
      {paths.owned.map((path, replica) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a replica is its place
        <path key={replica} style={{ fill: `var(${hueOf(replica)})` }} d={path} />
      ))}
      <path className={css.moved} d={paths.moved} />
    </svg>
  )
}
