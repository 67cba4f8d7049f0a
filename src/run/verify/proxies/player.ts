/** What plays cases of one form. */

import type { Outcome } from './outcome.ts'
import type { Scene } from './recording.ts'

export interface Player {
  /** The fields by which such a case is known. */
  readonly needs: readonly string[]
  /** @throws Unfit when there is something in it that is not known */
  play(scene: Scene, options: PlayOptions): Outcome
}

export interface PlayOptions {
  readonly seed: string
}
