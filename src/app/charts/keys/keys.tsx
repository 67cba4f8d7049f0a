/** Who owns which keys of a tier whose strategy goes by key, and what moved with the last change of its pool. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Scenario, Tier } from '../../../scenario/scenario.ts'
import { tierAt } from '../../../scenario/tier-at.ts'
import { clock, percent } from '../../format.ts'
import { LaneTag } from '../../parts/lane-tag.tsx'
import { Term } from '../../parts/term.tsx'
import { shown } from '../../stores/shown.ts'
import type { ChartOfRun } from '../among.ts'
import css from './keys.module.css'
import { isKeyed, movedBetween, type Owners, ownersOf, sharesOf } from './owners.ts'
import { gridPaths, ringPaths } from './paths.ts'
import { readinessAt } from './readiness.ts'

/** Hues that are told apart; beyond that they repeat. */
const HUES = 8
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
  const isAny = useStore(shown, ({ at }) =>
    tiers.some((_, index) => isKeyed(tierNow(run.scenario, index, at))),
  )
  let first = 0
  return (
    <div className={css.tiers}>
      {lane && <LaneTag lane={lane} />}
      {tiers.map((tier, index) => {
        const from = first
        first += tier.replicas.length
        return <TierKeys key={tier.id} run={run} lane={lane} tier={index} first={from} />
      })}
      {!isAny && <p className={css.none}>No strategy goes by key at this instant.</p>}
    </div>
  )
}

interface TierKeysProps extends Pick<ChartOfRun, 'run' | 'lane'> {
  /** Number of the tier. */
  readonly tier: number
  readonly first: number
}

/** While its strategy goes by key. */
function TierKeys({ run, lane, tier: index, first }: TierKeysProps) {
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
  const title = run.scenario.tiers.length > 1 ? `Keys of ${tier.id}` : 'Who owns which keys'
  const isIn = last && now[last.replica] === '1'
  const news = last
    ? `${percent(share)} moved when ${tier.replicas[last.replica]!.id} ${isIn ? 'came back' : 'went'} at ${clock(last.at, 1)}`
    : 'nothing has moved yet'
  return (
    <figure className={css.keys} aria-label={lane ? `${title}, ${lane.name}` : title}>
      <figcaption className={css.head}>
        <Term className={css.title} definition={DEFINITIONS[owners.kind]}>
          {title}
        </Term>
        <span>{news}</span>
      </figcaption>
      <div className={css.body}>
        <Picture owners={owners} moved={moved} count={tier.replicas.length} />
        <ul className={css.shares}>
          {shares.slice(0, MOST_LISTED).map((part, replica) => (
            <li key={tier.replicas[replica]!.id} data-out={now[replica] === '0'}>
              <i className={css.swatch} data-hue={replica % HUES} />
              {tier.replicas[replica]!.id}
              <b>{percent(part)}</b>
            </li>
          ))}
          {shares.length > MOST_LISTED && <li>and {shares.length - MOST_LISTED} more</li>}
        </ul>
      </div>
    </figure>
  )
}

interface PictureProps {
  readonly owners: Owners
  readonly moved: Uint8Array
  readonly count: number
}

function Picture({ owners, moved, count }: PictureProps) {
  const paths = useMemo(
    () => (owners.kind === 'ring' ? ringPaths(owners.of, moved, count) : gridPaths(owners.of, moved, count)),
    [owners, moved, count],
  )
  return (
    <svg className={css.picture} viewBox="-50 -50 100 100" aria-hidden="true">
      {paths.owned.map((path, replica) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a replica is its place
        <path key={replica} data-hue={replica % HUES} d={path} />
      ))}
      <path className={css.moved} d={paths.moved} />
    </svg>
  )
}
