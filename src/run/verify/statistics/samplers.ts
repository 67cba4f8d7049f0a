/** Rows about what the samplers draw: moments, quantiles, and how popular Zipf's keys are. */

import { normal } from '../../../base/normal.ts'
import { type Stream, stream } from '../../../base/stream.ts'
import { samplerOf } from '../../../policies/distributions/index.ts'
import { keyChoices } from '../../../policies/keys/index.ts'
import { distributionFrom } from '../distributions.ts'
import { cannotRun, type Experiment, isCannotRun, type Reader } from '../experiment.ts'
import type { Parameters } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { type DrawFigure, drawFigureNamed, makeDraws, measureDraws } from './draws.ts'

export const readSampler: Reader = (row) => {
  if (row.model !== 'sampler') return undefined
  if (!figureNamed(row.quantity)) return cannotRun(`unknown quantity "${row.quantity}"`)
  const draw = unlessUnfit(() => drawFrom(row.parameters))
  return isCannotRun(draw) ? draw : experiment(JSON.stringify(row.parameters), draw)
}

function experiment(key: string, draw: (random: Stream) => number): Experiment {
  return {
    key: `sampler ${key}`,
    cost: 1,
    least: 100_000,
    run(rows, n, seed) {
      const random = stream(seed, 'draws')
      const draws = makeDraws(n, () => draw(random))
      return rows.map((row) => measureDraws(draws, figureNamed(row.quantity)!))
    },
  }
}

function drawFrom(parameters: Parameters): (random: Stream) => number {
  const { dist } = parameters
  if (dist === 'zipf') {
    const [count, exponent] = [numberIn(parameters, 'keys'), numberIn(parameters, 'alpha')]
    const sample = keyChoices.get('zipf').sampler({ count, exponent })
    return (random) => sample(random, 0) + 1
  }
  if (dist === 'normal') {
    const [mean, sd] = [numberIn(parameters, 'mean'), numberIn(parameters, 'sd')]
    return (random) => mean + sd * normal(random)
  }
  return samplerOf(distributionFrom(parameters, 1))
}

/** Also `probability_of_rank_2` and `probability_of_the_top_10_ranks`. */
function figureNamed(name: string): DrawFigure | undefined {
  const rank = /^probability_of_rank_(\d+)$/.exec(name)?.[1]
  if (rank !== undefined) return shareOf((x) => x === Number(rank))
  const top = /^probability_of_the_top_(\d+)_ranks$/.exec(name)?.[1]
  if (top !== undefined) return shareOf((x) => x <= Number(top))
  return drawFigureNamed(name)
}

function shareOf(counts: (x: number) => boolean): DrawFigure {
  return (draws) => draws.reduce((sum, x) => sum + (counts(x) ? 1 : 0), 0) / draws.length
}

function numberIn(parameters: Parameters, key: string): number {
  const value = parameters[key]
  if (typeof value !== 'number') throw new Unfit(`"${key}" must be a number`)
  return value
}
