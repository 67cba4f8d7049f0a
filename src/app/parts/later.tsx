/**
 * Code that is not part of the page's first scripts. Who needs it names its loader once; when the first picture is
 * there, everything is loaded one after the other while nothing else is to do, and is there when it is asked for.
 */

import { type ComponentType, lazy, useState } from 'react'

type Load<T> = () => Promise<T>

interface Awaited {
  readonly load: Load<unknown>
  readonly isLast: boolean
}

/** A page that plays has no idle time: then it comes after this wall time all the same. */
const PATIENCE_MS = 1000
/** Where a browser does not tell when it is idle. */
const APART_MS = 100

/** Named so far and not yet loaded, in the order in which parts that are loaded name more. */
const awaited: Awaited[] = []
let isOn = false
let isBusy = false

/** A part that needs a `Suspense` around it only until its code is here. */
export function later<P extends object>(load: Load<{ default: ComponentType<P> }>): ComponentType<P> {
  let here: ComponentType<P> | undefined
  const take = ahead(async () => {
    const module = await load()
    here = module.default
    return module
  })
  const Late = lazy(take)
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, as `lazy` is
  return function Later(props: P) {
    // For good: one that was waited for does not begin anew. One that is here asks for no second rendering.
    const [Part] = useState(() => here ?? Late)
    return <Part {...props} />
  }
}

/** The same loader, which is also called ahead of need; what is `last` only when nothing else is left to load. */
export function ahead<T>(load: Load<T>, when: 'soon' | 'last' = 'soon'): Load<T> {
  awaited.push({ load, isLast: when === 'last' })
  goOn()
  return load
}

/** From now on: the first picture is there. */
export function loadAhead(): void {
  isOn = true
  goOn()
}

function goOn(): void {
  if (!isOn || isBusy || awaited.length === 0) return
  isBusy = true
  whenIdle(() => {
    const soon = awaited.findIndex(({ isLast }) => !isLast)
    const [next] = awaited.splice(Math.max(0, soon), 1)
    const done = () => {
      isBusy = false
      goOn()
    }
    // What cannot be loaded now is tried again, and told, when it is asked for.
    next!.load().then(done, done)
  })
}

function whenIdle(then: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(then, { timeout: PATIENCE_MS })
  else setTimeout(then, APART_MS)
}
