/** What clients can do from now on: send more, or be joined by a flood. */

import { Siren } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { ClientPopulation } from '../../scenario/scenario.ts'
import { instantNow } from '../edits.ts'
import controls from '../parts/controls.module.css'
import { shown } from '../stores/shown.ts'
import css from './faults.module.css'
import { AmountField, LastsField } from './fields.tsx'
import { type Amount, FLOOD } from './kinds.ts'
import { comesByItself } from './targets.ts'
import { setLoad, unleash } from './timed.ts'
import { leave } from './touched.ts'
import { useEntries } from './use-entries.ts'

/** A hand that rests so long means it. */
const REST_MS = 250
/** One that comes back so soon goes on with what it did. */
const SAME_HAND_MS = 1500
/** Steps of the slider up from 1, and down; even in the logarithm. */
const STEPS = 40
const MOST = 20
const STEPS_DOWN = 30
/** As far down as up, as steps go. */
const LEAST = MOST ** (-STEPS_DOWN / STEPS)

const [RATE, ADDRESSES] = FLOOD.amounts as readonly [Amount, Amount]

export function ClientDeeds({ population }: { readonly population: ClientPopulation }) {
  return (
    <>
      {comesByItself(population) ? (
        <LoadSlider population={population.id} />
      ) : (
        <p className={css.note}>
          They come as {population.arrivals.policy === 'log' ? 'their log says' : 'answers let them'}, and
          cannot be made to send more at an instant.
        </p>
      )}
      <FloodDeed />
    </>
  )
}

/** The factor of a step, as round as it can be told from those beside it. */
function factorAt(step: number): number {
  const exact = MOST ** (step / STEPS)
  const round = Number(exact.toPrecision(2))
  return stepOf(round) === step ? round : Number(exact.toPrecision(3))
}

function stepOf(factor: number): number {
  return Math.round((STEPS * Math.log(Math.max(LEAST, factor))) / Math.log(MOST))
}

/** From a tenth to 20 times as many requests, from the playhead on; the usual number is one of its steps. */
function LoadSlider({ population }: { readonly population: string }) {
  const id = useId()
  const at = useStore(shown, (state) => state.playhead)
  const entries = useEntries()
  const running = entries?.findLast(
    ({ what, target, at: from, lasts = Number.POSITIVE_INFINITY }) =>
      what === 'spike' && target === population && from <= at && from + lasts > at,
  )
  const now = typeof running?.said.factor === 'number' ? running.said.factor : 1
  const [held, setHeld] = useState<number>()
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** The instant in the run from which the hand sets the load, and until when (wall time) it is the same hand. */
  const hand = useRef({ from: 0, until: 0, isDown: false })
  useEffect(() => () => clearTimeout(rest.current), [])
  const factor = held ?? now
  const take = (value: number) => {
    clearTimeout(rest.current)
    setHeld(undefined)
    if (value === now) return
    const wall = performance.now()
    const { from, until, isDown } = hand.current
    const isSame = until > 0 && (isDown || wall < until)
    const begins = isSame ? from : instantNow()
    setLoad(population, value, isSame ? begins : undefined)
    hand.current = { from: begins, until: wall + SAME_HAND_MS, isDown }
  }
  return (
    <div className={css.load}>
      <label htmlFor={id}>Load from now on</label>
      <input
        id={id}
        type="range"
        min={-STEPS_DOWN}
        max={STEPS}
        value={stepOf(factor)}
        onPointerDown={() => {
          hand.current = { from: 0, until: 0, isDown: true }
        }}
        onPointerUp={() => {
          hand.current = { ...hand.current, isDown: false }
        }}
        aria-valuetext={`${factor} times as many requests as usual`}
        onChange={(event) => {
          const value = factorAt(Number(event.target.value))
          setHeld(value)
          clearTimeout(rest.current)
          rest.current = setTimeout(() => take(value), REST_MS)
        }}
      />
      <output>{factor}×</output>
    </div>
  )
}

function FloodDeed() {
  const [rate, setRate] = useState(RATE.initial!)
  const [addresses, setAddresses] = useState(ADDRESSES.initial!)
  const [lasts, setLasts] = useState(FLOOD.lasts!)
  return (
    <div className={css.deed}>
      <button
        type="button"
        className={controls.button}
        data-tip="Attackers with addresses of their own begin to send"
        onClick={() => {
          leave()
          unleash({ rate, addresses, lasts })
        }}
      >
        <Siren size={14} aria-hidden="true" />
        Flood
      </button>
      <div className={css.fields}>
        <AmountField amount={RATE} value={rate} onChange={(value) => setRate(value ?? rate)} />
        <span className={css.lasts}>requests/s from</span>
        <AmountField
          amount={ADDRESSES}
          value={addresses}
          onChange={(value) => setAddresses(value ?? addresses)}
        />
        <span className={css.lasts}>addresses</span>
        <LastsField value={lasts} onChange={setLasts} />
      </div>
    </div>
  )
}
