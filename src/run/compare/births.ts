/** A digest of all requests that are born: instant, population, key and address, bit for bit. */

import { type FactRows, kindOf } from '../../base/fact-rows.ts'
import type { Probe } from '../../engine/fact-log.ts'
import { fingerprint } from '../../engine/fingerprint.ts'
import { ARRIVED } from '../../model/facts.ts'

/** Two runs had the same arrivals when both parts are equal. */
export interface Births {
  readonly count: number
  /** 32 hexadecimal digits. */
  readonly digest: string
}

export interface BirthsProbe extends Probe {
  births(): Births
}

const ROWS = 256

/** A probe that reads only births. */
export function birthsProbe(): BirthsProbe {
  const print = fingerprint()
  const block = new ArrayBuffer(ROWS * 32)
  const own: FactRows = { num: new Float64Array(block), int: new Int32Array(block) }
  let filled = 0
  let total = 0
  const flush = () => {
    print.consume(own, filled)
    filled = 0
  }
  return {
    consume(rows, count) {
      for (let row = 0; row < count; row++) {
        if (kindOf(rows, row) !== ARRIVED) continue
        for (let i = 0; i < 8; i++) own.int[(filled << 3) + i] = rows.int[(row << 3) + i]!
        total++
        if (++filled === ROWS) flush()
      }
    },
    births() {
      flush()
      return { count: total, digest: print.hex() }
    },
  }
}
