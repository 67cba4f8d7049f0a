/** A bar on stderr for runs of more than a second; only on a terminal, and gone when the run is over. */

import { clock } from './render/numbers.ts'
import { widthOf } from './render/style.ts'

export interface Progress {
  /** @param share of the whole that is done, 0 to 1 */
  show(share: number): void
  clear(): void
}

const PATIENCE = 1000
const BETWEEN = 100
const BAR = 30

/** @param isWanted false: shows nothing */
export function progressBar(
  title: string,
  isWanted: boolean,
  screen: NodeJS.WriteStream = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const began = now()
  let last = -Infinity
  let isShown = false
  return {
    show(share) {
      const time = now()
      if (!isWanted || !screen.isTTY || time - began < PATIENCE || time - last < BETWEEN) return
      last = time
      isShown = true
      const left =
        share > 0 ? `about ${clock(Math.ceil(((time - began) / 1000) * (1 / share - 1)))} left` : ''
      const full = Math.round(share * BAR)
      const bar = '█'.repeat(full) + '░'.repeat(BAR - full)
      const line = `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${left}  ${title}`
      screen.write(`\r\x1b[K${line.slice(0, widthOf(screen) - 1)}`)
    },
    clear() {
      if (isShown) screen.write('\r\x1b[K')
      isShown = false
    },
  }
}
