/** Rows about the generator itself: what seedrandom's alea gives for a seed, draw by draw. */

import { fineUniform } from '../../../base/fine.ts'
import { seeded, uniform } from '../../../base/stream.ts'
import { computed, type Reader } from '../experiment.ts'
import type { Row } from '../row.ts'

const TWO_TO_32 = 4294967296

export const readGenerator: Reader = (row) => {
  if (row.model !== 'alea generator' || typeof row.parameters.seed !== 'string') return undefined
  return computed(`${row.model} ${row.id}`, answerTo)
}

function answerTo({ parameters, quantity }: Row): number | number[] | undefined {
  const random = seeded(String(parameters.seed))
  const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw)
  if (quantity === 'first_five_outputs') return draws(5, () => uniform(random))
  if (quantity === '1000th_output') return draws(1000, () => uniform(random)).at(-1)
  if (quantity === 'first_three_int32') return draws(3, () => (uniform(random) * TWO_TO_32) | 0)
  if (quantity === 'first_three_double') return draws(3, () => fineUniform(random))
  return undefined
}
