/**
 * The screen's end of the door to the engine. A worker that dies rejects what was asked of it, is reported,
 * and is replaced by a new one at the next call; the runs it held are gone.
 */

import { proxy, type Remote, wrap } from 'comlink'
import type { EngineDoor } from './protocol.ts'

interface Life {
  readonly door: Remote<EngineDoor>
  /** Never resolves; rejects when the worker dies. */
  readonly death: Promise<never>
}

/** Opens the door; `onDeath` gets a sentence that says why a worker ended. */
export function connect(onDeath: (why: string) => void): EngineDoor {
  let life: Life | undefined

  function begin(): Life {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' })
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
    return { door: wrap<EngineDoor>(worker), death }
  }

  function call<T>(use: (door: Remote<EngineDoor>) => Promise<T>): Promise<T> {
    life ??= begin()
    return Promise.race([use(life.door), life.death])
  }

  return {
    open: (run, scenario, onUpdate) => call((door) => door.open(run, scenario, proxy(onUpdate))),
    addLog: (file, content) => call((door) => door.addLog(file, content)),
    close: (run) => call((door) => door.close(run)),
    trace: (run, from, to, most) => call((door) => door.trace(run, from, to, most)),
    step: (run, at, direction) => call((door) => door.step(run, at, direction)),
  }
}
