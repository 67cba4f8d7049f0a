/** Two instants that a person holds against each other, on all charts. */

import { createStore } from 'zustand/vanilla'

export interface Pins {
  /** ns; undefined: not set. */
  readonly a: number | undefined
  readonly b: number | undefined
  /** A click on a chart sets them, instead of moving the playhead. */
  readonly isSetting: boolean
}

export type PinName = 'a' | 'b'

export const pins = createStore<Pins>()(() => ({ a: undefined, b: undefined, isSetting: false }))

export function setPin(name: PinName, at: number | undefined): void {
  pins.setState({ [name]: at === undefined ? undefined : Math.round(at) })
}

/** The first click sets A, the second B, every further one moves the nearer. */
export function pin(at: number): void {
  const { a, b } = pins.getState()
  if (a === undefined) setPin('a', at)
  else if (b === undefined) setPin('b', at)
  else setPin(Math.abs(at - a) < Math.abs(at - b) ? 'a' : 'b', at)
}

export function clearPins(): void {
  pins.setState({ a: undefined, b: undefined, isSetting: false })
}
