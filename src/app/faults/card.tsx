/** The card beside whatever was touched: what can be done to a part of the cluster, or an entry of the timeline as a form. */

import { ScanSearch, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { Scenario, Tier } from '../../scenario/scenario.ts'
import { goToBranch } from '../branches/fork.ts'
import { setSetting } from '../edits.ts'
import { inspect } from '../lab/inspected.ts'
import { Balancing } from '../lab/node/balancing.tsx'
import { historyOf, truthAt } from '../lab/node/history.ts'
import { Setting } from '../lab/node/setting.tsx'
import { firstNode } from '../lab/places.ts'
import { kindOf as laneKindOf } from '../lanes/lane-key.ts'
import controls from '../parts/controls.module.css'
import { IconButton } from '../parts/icon-button.tsx'
import { type DrawnLane, drawn, runs } from '../stores/runs.ts'
import { shown } from '../stores/shown.ts'
import { ClientDeeds } from './client-deeds.tsx'
import { Deeds } from './deeds.tsx'
import { EntryForm, NewEntryForm } from './entry-form.tsx'
import css from './faults.module.css'
import { kindOf } from './kinds.ts'
import { isBalancerUp, targetOf } from './targets.ts'
import { leave, type Touched, touched } from './touched.ts'
import { useIsTierWell } from './undoable.ts'
import { useEntries } from './use-entries.ts'

export default function Card() {
  const { on, lane: key, area } = useStore(touched)
  const lanes = useStore(runs, (state) => state.lanes)
  const lane = drawn(lanes).find((one) => one.key === key) ?? drawn(lanes)[0]
  const anchor = useRef({ getBoundingClientRect: () => new DOMRect() })
  anchor.current.getBoundingClientRect = () => new DOMRect(area.left, area.top, area.width, area.height)
  const opener = useRef<Element>(null)
  if (!on || !lane) return null
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && leave()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          // Another one is another card: placed anew, with the focus at its beginning.
          key={JSON.stringify(on)}
          className={css.card}
          aria-label={nameOf(on)}
          side="bottom"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            // The card itself: no button of it is meant before one is chosen.
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus()
          }}
        >
          {on.kind === 'node' && <NodeCard lane={lane} name={on.target} />}
          {on.kind === 'entry' && <EntryCard lane={lane} section={on.section} index={on.index} />}
          {on.kind === 'new' && (
            <>
              <Head title={kindOf(on.what).title} />
              <p className={css.note}>{kindOf(on.what).summary}</p>
              <NewEntryForm what={on.what} scenario={lane.current.scenario} target={on.target} at={on.at} />
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function nameOf(on: NonNullable<Touched['on']>): string {
  if (on.kind === 'node') return `Change ${on.target}`
  return on.kind === 'new' ? `Add: ${kindOf(on.what).title}` : 'A timed entry'
}

function Head({ title, children }: { readonly title: string; readonly children?: React.ReactNode }) {
  return (
    <div className={css.head}>
      <h2>{title}</h2>
      {children}
      <IconButton label="Close" onClick={leave}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  )
}

interface EntryCardProps {
  readonly lane: DrawnLane
  readonly section: 'faults' | 'rollouts'
  readonly index: number
}

function EntryCard({ lane, section, index }: EntryCardProps) {
  const entries = useEntries()
  const entry = entries?.find((one) => one.section === section && one.index === index)
  // Undone, or taken out of the text.
  const isGone = entries !== undefined && entry === undefined
  useEffect(() => {
    if (isGone) leave()
  }, [isGone])
  if (!entry) return null
  const kind = kindOf(entry.what)
  return (
    <>
      <Head title={`${kind.title}: ${entry.target}`} />
      <p className={css.note}>{kind.summary}</p>
      <EntryForm entry={entry} scenario={lane.current.scenario} />
    </>
  )
}

function NodeCard({ lane, name }: { readonly lane: DrawnLane; readonly name: string }) {
  const { scenario } = lane.current
  const target = targetOf(scenario, name)
  const isTierWell = useIsTierWell(
    lane.current,
    scenario.tiers.findIndex(({ id }) => id === name),
  )
  const isUp = useStore(shown, ({ playhead: at }) => isBalancerUp(scenario, name, at))
  const other = laneKindOf(lane.key)
  if (other?.kind === 'branch') {
    return (
      <>
        <Head title={name} />
        <p className={css.note}>This lane is another branch. Go to it to change it.</p>
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            leave()
            goToBranch(other.branch)
          }}
        >
          Go to “{lane.name}”
        </button>
      </>
    )
  }
  if (!target) return <Head title={name} />
  const tier = target.tier ? scenario.tiers.indexOf(target.tier) : 0
  const look = (subject: Parameters<typeof inspect>[1]) => {
    leave()
    inspect(lane.key, subject)
  }
  if (target.kind === 'clients' && target.population) {
    return (
      <>
        <Head title={name}>
          <PageButton
            onClick={() =>
              look({ kind: 'clients', client: scenario.clients.findIndex(({ id }) => id === name) })
            }
          />
        </Head>
        <ClientDeeds population={target.population} />
        <Deeds scenario={scenario} target={name} isWell onDone={leave} />
      </>
    )
  }
  if (target.kind === 'replica' && target.tier) {
    const node = firstNode(scenario, tier) + target.tier.replicas.findIndex(({ id }) => id === name)
    return (
      <>
        <Head title={name}>
          <PageButton onClick={() => look({ kind: 'replica', node })} />
        </Head>
        <ReplicaDeeds lane={lane} name={name} node={node} />
      </>
    )
  }
  return (
    <>
      <Head title={target.kind === 'balancer' ? 'The balancer' : name}>
        <PageButton onClick={() => look({ kind: 'balancer', tier })} />
      </Head>
      <Deeds
        scenario={scenario}
        target={name}
        isWell={target.kind === 'balancer' ? isUp : isTierWell}
        onDone={leave}
      />
      {target.kind === 'tier' && <Capacity tier={scenario.tiers[tier]!} />}
      {(target.kind === 'balancer' || target.kind === 'tier') && (
        <Balancing scenario={scenario} tier={tier} />
      )}
    </>
  )
}

/** What holds in the whole run, not from an instant on. */
function Capacity({ tier: { id, service } }: { readonly tier: Tier }) {
  return (
    <Setting
      name={`slots of each replica of ${id}, in the whole run`}
      value={service.concurrency}
      onChange={(slots) => setSetting(`tiers.${id}.service.concurrency`, slots, `${slots} slots in ${id}`)}
    />
  )
}

function PageButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <IconButton label="Look closely: its page" onClick={onClick}>
      <ScanSearch size={16} aria-hidden="true" />
    </IconButton>
  )
}

interface ReplicaDeedsProps {
  readonly lane: DrawnLane
  readonly name: string
  readonly node: number
}

function ReplicaDeeds({ lane, name, node }: ReplicaDeedsProps) {
  const { scenario, changes } = lane.current
  const at = useStore(shown, (state) => state.playhead)
  const states = useMemo(
    () => historyOf(changes, node, speedOf(scenario, name)),
    [changes, node, scenario, name],
  )
  const truth = truthAt(states, at)
  const zone = targetOf(scenario, name)?.tier?.replicas.find(({ id }) => id === name)?.zone
  return (
    <>
      <Deeds scenario={scenario} target={name} isWell={truth?.isGood ?? true} onDone={leave} />
      {zone && (
        <>
          <p className={css.note}>Its zone, {zone}:</p>
          <Deeds scenario={scenario} target={zone} isWell onDone={leave} />
        </>
      )}
    </>
  )
}

function speedOf(scenario: Scenario, name: string): number {
  return scenario.tiers.flatMap(({ replicas }) => replicas).find(({ id }) => id === name)?.speed ?? 1
}
