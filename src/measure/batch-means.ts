/**
 * Batch means in constant memory: the means of successive equal batches of a series; when there are too
 * many, neighbours are joined and batches are twice as long from then on. Means of long batches are nearly
 * independent, so they give an interval for a correlated series (Law, Simulation Modeling and Analysis,
 * chapter 9; doubling as in Yeh & Schmeiser's dynamic batch means).
 */

/** Plain data: it can be cloned, stored and posted. */
export interface Batches {
  /** Observations in a batch. */
  size: number
  /** How many batches are complete. */
  complete: number
  /** Sums of the complete batches. */
  readonly sums: Float64Array
  /** Observations in the batch that is being filled. */
  filled: number
  sum: number
}

/**
 * @param most an even number of batches: there are always at most so many, and at least half once it filled
 * @param size observations in a batch at first
 */
export function emptyBatches(most = 64, size = 1): Batches {
  return { size, complete: 0, sums: new Float64Array(most), filled: 0, sum: 0 }
}

export function addObservation(batches: Batches, value: number): void {
  batches.sum += value
  if (++batches.filled < batches.size) return
  if (batches.complete === batches.sums.length) {
    joinNeighbours(batches)
    if (batches.filled < batches.size) return
  }
  batches.sums[batches.complete++] = batches.sum
  batches.sum = 0
  batches.filled = 0
}

function joinNeighbours(batches: Batches): void {
  const { sums } = batches
  batches.complete = sums.length / 2
  for (let i = 0; i < batches.complete; i++) sums[i] = sums[2 * i]! + sums[2 * i + 1]!
  batches.size *= 2
}

/** The means of the complete batches, in order. */
export function batchMeans({ complete, sums, size }: Batches): number[] {
  return Array.from(sums.subarray(0, complete), (sum) => sum / size)
}

/**
 * The means of `count` equal batches from the start of the series; what is beyond them is left out.
 * @param size observations in a batch: by default as many as there are for each
 */
export function batchMeansOf(
  series: ArrayLike<number>,
  count: number,
  size = Math.floor(series.length / count),
): number[] {
  return Array.from({ length: size > 0 ? count : 0 }, (_, batch) => {
    let sum = 0
    for (let i = batch * size; i < (batch + 1) * size; i++) sum += series[i]!
    return sum / size
  })
}
