/** What the worker for comparisons does when it is asked; apart from the worker itself so that it can be tested anywhere. */

import {
  birthsProbe,
  comparison,
  logShelf,
  type Outcome,
  replication,
  start,
  usualFigures,
} from '../run/public.ts'
import { breath } from './breath.ts'
import type { ComparisonDoor, Contender } from './protocol.ts'

/** Work done between two looks at what else was asked. */
const SLICE_MS = 40
const CONFIDENCE = 0.95
/** Runs remembered: four lanes with a hundred replications. */
const MOST_KEPT = 400

/** A door of its own logs. */
export function comparisonDoor(): ComparisonDoor {
  const shelf = logShelf()
  /** By seed and scenario, the latest last. */
  const kept = new Map<string, Outcome>()
  let ticket = 0
  let release: (() => void) | undefined
  let held: Promise<void> | undefined

  function letGo(): void {
    release?.()
    release = undefined
    held = undefined
  }

  /** undefined when something else was asked for meanwhile. */
  async function outcomeOf(
    { scenario }: Contender,
    number: number,
    mine: number,
  ): Promise<Outcome | undefined> {
    const wanted = replication(scenario, number)
    const key = JSON.stringify({ ...wanted, name: '', summary: '', variants: [] })
    const known = kept.get(key)
    if (known) return known
    const births = birthsProbe()
    const run = start(wanted, { logs: shelf.sourcesFor(wanted), probes: [births] })
    let isOver = false
    while (!isOver) {
      isOver = run.advance(SLICE_MS)
      await breath()
      while (held) await held
      if (mine !== ticket) return undefined
    }
    const report = run.report()
    // What happened when is not compared, and is most of what a report holds.
    const slim = { ...report, series: { stepSeconds: report.series.stepSeconds }, timeline: [] }
    const outcome = { report: slim, births: births.births() }
    kept.set(key, outcome)
    for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old)
    return outcome
  }

  return {
    async addLog(file, content) {
      kept.clear()
      return shelf.add(file, new Uint8Array(await content.arrayBuffer()))
    },
    async compare(contenders, replications, onResult) {
      const mine = ++ticket
      letGo()
      const figures = usualFigures(contenders.map(({ scenario }) => scenario))
      const seen = comparison(contenders, { figures, baseline: 0, confidence: CONFIDENCE })
      for (let number = 1; number <= replications; number++) {
        const outcomes: Outcome[] = []
        for (const contender of contenders) {
          const outcome = await outcomeOf(contender, number, mine)
          if (!outcome) return
          outcomes.push(outcome)
        }
        seen.add(outcomes)
        // Through comlink it is a promise, and has a channel of its own: the last one must not come after the end.
        await onResult(seen.result(number < replications))
      }
    },
    async hold(isHeld) {
      if (!isHeld) letGo()
      else
        held ??= new Promise((resolve) => {
          release = resolve
        })
    },
    async stop() {
      ticket++
      letGo()
    },
  }
}
