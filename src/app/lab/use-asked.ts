/** An answer of the engine, asked for again when the question changes; the last answer stays meanwhile. */

import { useEffect, useState } from 'react'
import type { EngineDoor } from '../../worker/protocol.ts'
import { engineDoor } from '../engine.ts'

export interface Asked<T> {
  /** The latest answer there is, and what it answers. */
  readonly answer: T | undefined
  readonly to: string
  readonly isAsking: boolean
  readonly failure: string
}

/** @param question what is asked, in a word that changes with it; '' asks nothing */
export function useAsked<T>(question: string, ask: (engine: EngineDoor) => Promise<T>): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ answer: undefined, to: '', isAsking: false, failure: '' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question says all that `ask` depends on
  useEffect(() => {
    const engine = engineDoor()
    if (question === '' || !engine) return
    let isWanted = true
    setAsked((last) => ({ ...last, isAsking: true, failure: '' }))
    ask(engine).then(
      (answer) => {
        if (isWanted) setAsked({ answer, to: question, isAsking: false, failure: '' })
      },
      (error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error)
        if (isWanted) setAsked((last) => ({ ...last, isAsking: false, failure }))
      },
    )
    return () => {
      isWanted = false
    }
  }, [question])
  return asked
}
