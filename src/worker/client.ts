/**
 * The screen's end of the doors to the workers. A worker that dies rejects what was asked of it, is reported,
 * and is replaced by a new one at the next call; what it held is gone.
 */

import { proxy, type Remote, wrap } from 'comlink'
import type { ComparisonDoor, EngineDoor, ReaderDoor } from './protocol.ts'

/** Opens the door to the engine; `onDeath` gets a sentence that says why a worker ended. */
export function connect(onDeath: (why: string) => void): EngineDoor & ReaderDoor {
  const call = callsTo<EngineDoor & ReaderDoor>(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
    onDeath,
  )
  return {
    read: (text, file) => call((door) => door.read(text, file)),
    open: (run, scenario, onUpdate) => call((door) => door.open(run, scenario, proxy(onUpdate))),
    addLog: (file, content) => call((door) => door.addLog(file, content)),
    close: (run) => call((door) => door.close(run)),
    trace: (run, from, to, most) => call((door) => door.trace(run, from, to, most)),
    step: (run, at, direction) => call((door) => door.step(run, at, direction)),
    explain: (run, request) => call((door) => door.explain(run, request)),
    facts: (run, from, to, filter, most) => call((door) => door.facts(run, from, to, filter, most)),
  }
}

/** Opens the door to comparisons in the background. */
export function connectComparison(onDeath: (why: string) => void): ComparisonDoor {
  const call = callsTo<ComparisonDoor>(
    () =>
      new Worker(new URL('./comparison-worker.ts', import.meta.url), { type: 'module', name: 'comparison' }),
    onDeath,
  )
  return {
    addLog: (file, content) => call((door) => door.addLog(file, content)),
    compare: (contenders, replications, onResult) =>
      call((door) => door.compare(contenders, replications, proxy(onResult))),
    hold: (isHeld) => call((door) => door.hold(isHeld)),
    stop: () => call((door) => door.stop()),
  }
}

interface Life<Door> {
  readonly door: Remote<Door>
  /** Never resolves; rejects when the worker dies. */
  readonly death: Promise<never>
}

type Call<Door> = <T>(use: (door: Remote<Door>) => Promise<T>) => Promise<T>

/** Calls to the worker that lives, made when it is first needed. */
function callsTo<Door>(make: () => Worker, onDeath: (why: string) => void): Call<Door> {
  let life: Life<Door> | undefined

  function begin(): Life<Door> {
    const worker = make()
    const death = new Promise<never>((_resolve, reject) => {
      const die = (why: string) => {
        if (life?.death !== death) return
        life = undefined
        worker.terminate()
        reject(new Error(why))
        onDeath(why)
      }
      worker.onerror = (event) => die(event.message || 'The engine could not be loaded.')
      worker.onmessageerror = () => die('The engine sent something that could not be read.')
    })
    death.catch(() => undefined) // reported by onDeath, also when nothing is being asked
    return { door: wrap<Door>(worker), death }
  }

  return (use) => {
    life ??= begin()
    return Promise.race([use(life.door), life.death])
  }
}
