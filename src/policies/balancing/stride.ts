/**
 * gRPC's static stride schedule: replicas are passed round and round, and each is picked or passed over so that it
 * is picked as often as its weight says, spread out evenly.
 *
 * Nobody weighs more than ten times or less than a hundredth of the mean, so that a pick passes over few.
 *
 * Source: gRPC core, static_stride_scheduler.cc (in words: gRFC A58).
 */

const HEAVIEST = 65_535
const SHIFT = Math.floor(HEAVIEST / 2)
const MOST = 10
const LEAST = 0.01

/**
 * Whole weights up to 65,535; who has none (0) gets the mean.
 * @returns undefined when fewer than two have one: then all take turns
 */
export function strides(weights: Float64Array): Uint16Array | undefined {
  let sum = 0
  let known = 0
  let heaviest = 0
  for (const weight of weights) {
    sum += weight
    heaviest = Math.max(heaviest, weight)
    if (weight > 0) known++
  }
  if (known < 2) return undefined
  const scale = HEAVIEST / Math.min(heaviest, (MOST * sum) / known)
  const mean = Math.round((scale * sum) / known)
  const least = Math.max(1, Math.round(LEAST * mean))
  return Uint16Array.from(weights, (weight) =>
    weight === 0 ? mean : Math.max(least, Math.min(HEAVIEST, Math.round(scale * weight))),
  )
}

/** The first step at or after `step` in which somebody is picked: step modulo their number. */
export function nextStep(made: Uint16Array, step: number): number {
  while (!isPicked(made, step)) step++
  return step
}

/** Whether the one whose turn it is in this step is picked. */
export function isPicked(made: Uint16Array, step: number): boolean {
  const place = step % made.length
  const round = Math.floor(step / made.length)
  const weight = made[place]!
  return (weight * round + place * SHIFT) % HEAVIEST >= HEAVIEST - weight
}
