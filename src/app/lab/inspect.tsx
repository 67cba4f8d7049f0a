/** Looks closely at one thing: a request, a replica, a balancer, a cache, clients, a visitor or a session. */

import { ArrowLeft } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useStore } from 'zustand'
import controls from '../parts/controls.module.css'
import { IconButton } from '../parts/icon-button.tsx'
import { strategyTitle } from '../stores/abilities.ts'
import { type DrawnLane, drawn, type Lane } from '../stores/runs.ts'
import css from './inspect.module.css'
import { goBack, inspect, inspected, toOverview } from './inspected.ts'
import { nextFailure } from './next-failure.ts'
import { BalancerPage } from './node/balancer-page.tsx'
import { CachePage } from './node/cache-page.tsx'
import { ClientsPage } from './node/clients-page.tsx'
import { CrowdPage } from './node/crowd-page.tsx'
import { ReplicaPage } from './node/replica-page.tsx'
import { SessionPage } from './node/session-page.tsx'
import { VisitorPage } from './node/visitor-page.tsx'
import { firstNode, placesOf } from './places.ts'
import { StoryPage } from './story/story-page.tsx'

export default function Inspect({ lanes }: { readonly lanes: readonly Lane[] }) {
  const { lane: key, subject, before } = useStore(inspected)
  const bar = useRef<HTMLDivElement>(null)
  // On a narrow screen the panel is below the stage that was clicked.
  useEffect(() => {
    if (subject) bar.current?.scrollIntoView({ block: 'nearest' })
  }, [subject])
  const all = drawn(lanes)
  const lane = all.find((one) => one.key === key) ?? all[0]
  if (!lane) return <p className={css.note}>There is no run to look into yet.</p>
  const { current: run } = lane
  return (
    <div className={css.inspect}>
      <div className={css.bar} ref={bar}>
        <IconButton
          label={before.length > 0 ? 'Back to what was looked at before' : 'Nothing was looked at before'}
          disabled={before.length === 0 && subject === undefined}
          onClick={goBack}
        >
          <ArrowLeft size={17} aria-hidden="true" />
        </IconButton>
        {subject && (
          <button
            type="button"
            className={controls.button}
            data-tip="All clients, balancers, caches and replicas to look at"
            onClick={toOverview}
          >
            Overview
          </button>
        )}
        <Finder lane={lane} />
      </div>
      {lanes.length > 1 && <p className={css.lane}>In “{lane.name}”</p>}
      {subject?.kind === 'request' && <StoryPage run={run} lane={lane.key} request={subject.request} />}
      {subject?.kind === 'replica' && <ReplicaPage run={run} lane={lane.key} node={subject.node} />}
      {subject?.kind === 'balancer' && <BalancerPage run={run} lane={lane.key} tier={subject.tier} />}
      {subject?.kind === 'cache' && <CachePage run={run} lane={lane.key} tier={subject.tier} />}
      {subject?.kind === 'clients' && <ClientsPage run={run} lane={lane.key} client={subject.client} />}
      {subject?.kind === 'visitor' && <VisitorPage run={run} lane={lane.key} address={subject.address} />}
      {subject?.kind === 'session' && <SessionPage run={run} lane={lane.key} bearer={subject.bearer} />}
      {subject?.kind === 'crowd' && <CrowdPage run={run} lane={lane.key} of={subject} />}
      {!subject && <Start lane={lane} />}
    </div>
  )
}

/** To a request by its number, or to the next one that failed. */
function Finder({ lane }: { readonly lane: DrawnLane }) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [told, setTold] = useState('')
  const take = () => {
    if (/^\d{1,12}$/.test(typed.trim())) inspect(lane.key, { kind: 'request', request: Number(typed) })
  }
  const toFailure = async () => {
    setTold('')
    const found = await nextFailure(lane.current.number)
    if (found === undefined) setTold('No request fails from here on.')
    else inspect(lane.key, { kind: 'request', request: found })
  }
  return (
    <>
      <label htmlFor={id}>Request</label>
      <input
        id={id}
        className={`${controls.field} ${css.number}`}
        inputMode="numeric"
        autoComplete="off"
        placeholder="number"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      <button type="button" className={controls.button} onClick={() => void toFailure()}>
        Next failure
      </button>
      <span role="status" className={css.told}>
        {told}
      </span>
    </>
  )
}

const MOST_NAMED = 60

/** Nothing chosen yet: what there is to choose. */
function Start({ lane: { key, current } }: { readonly lane: DrawnLane }) {
  const { names } = placesOf(current.scenario)
  return (
    <div className={css.start}>
      <p className={css.note}>
        Click a moving dot on the stage to follow that request: its way, and the reason for every choice of a
        replica. While this is open, a click on a replica shows its page; clients, balancers and caches are
        below.
      </p>
      <section>
        <h2>clients</h2>
        <div className={css.chips}>
          {current.scenario.clients.map(({ id }, client) => (
            <button
              key={id}
              type="button"
              className={controls.button}
              onClick={() => inspect(key, { kind: 'clients', client })}
            >
              {id}
            </button>
          ))}
        </div>
      </section>
      {current.scenario.tiers.map((tier, t) => (
        <section key={tier.id}>
          <h2>{tier.id}</h2>
          <div className={css.chips}>
            <button
              type="button"
              className={controls.button}
              onClick={() => inspect(key, { kind: 'balancer', tier: t })}
            >
              Balancing: {strategyTitle(tier.strategy.policy)}
            </button>
            {tier.cache && (
              <button
                type="button"
                className={controls.button}
                onClick={() => inspect(key, { kind: 'cache', tier: t })}
              >
                {tier.replicas.length === 1 ? 'its cache' : 'its caches'}
              </button>
            )}
            {tier.replicas.slice(0, MOST_NAMED).map((replica, n) => {
              const node = firstNode(current.scenario, t) + n
              return (
                <button
                  key={replica.id}
                  type="button"
                  className={controls.button}
                  onClick={() => inspect(key, { kind: 'replica', node })}
                >
                  {names[node]}
                </button>
              )
            })}
          </div>
        </section>
      ))}
    </div>
  )
}
