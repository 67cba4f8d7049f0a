/**
 * The screen's end of the doors to the workers. A worker that dies rejects what was asked of it, is reported,
 * and is replaced by a new one at the next call; what it held is gone.
 */

import { proxy, type Remote, wrap } from 'comlink'
import type { AliveDoor, ComparisonDoor, EngineDoor, ReaderDoor } from './protocol.ts'
import { noticeSilence } from './silence.ts'

/**
 * Opens the door to the engine; `onDeath` gets a sentence that says why a worker ended. `onSilence` gets what would
 * end one that has not answered for long, and nothing as soon as it answers or is gone.
 */
export function connect(
  onDeath: (why: string) => void,
  onSilence?: (end: (() => void) | undefined) => void,
): EngineDoor & ReaderDoor {
  const call = callsTo<EngineDoor & ReaderDoor & AliveDoor>(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
    onDeath,
    onSilence &&
      (({ door, waiting, die }) =>
        noticeSilence(
          () => waiting.size > 0,
          () => door.alive(),
          (isSilent) => onSilence(isSilent ? () => die('It did not answer.') : undefined),
        )),
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
    breaks: (run, from, to) => call((door) => door.breaks(run, from, to)),
    crowd: (run, from, to, most) => call((door) => door.crowd(run, from, to, most)),
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
  /** How calls that wait for an answer are told of the worker's death. */
  readonly waiting: Set<(why: Error) => void>
  readonly die: (why: string) => void
}

type Call<Door> = <T>(use: (door: Remote<Door>) => Promise<T>) => Promise<T>

/**
 * Calls to the worker that lives, made when it is first needed.
 * @param watch over a life, until what it returns is called
 */
function callsTo<Door>(
  make: () => Worker,
  onDeath: (why: string) => void,
  watch?: (life: Life<Door>) => () => void,
): Call<Door> {
  let life: Life<Door> | undefined

  function begin(): Life<Door> {
    const worker = make()
    const die = (why: string) => {
      if (life !== born) return
      life = undefined
      stopWatching?.()
      worker.terminate()
      for (const reject of born.waiting) reject(new Error(why))
      onDeath(why)
    }
    const born: Life<Door> = { door: wrap<Door>(worker), waiting: new Set(), die }
    const stopWatching = watch?.(born)
    worker.onerror = (event) => die(event.message || 'The engine could not be loaded.')
    worker.onmessageerror = () => die('The engine sent something that could not be read.')
    return born
  }

  return (use) => {
    life ??= begin()
    const { door, waiting } = life
    // No race against one promise of the worker's death: that would keep every answer as long as the worker lives.
    return new Promise((resolve, reject) => {
      waiting.add(reject)
      use(door)
        .then(resolve, reject)
        .finally(() => waiting.delete(reject))
    })
  }
}
