/** `expect`: what a run must show. `availability > 99%`, `latency.p99 < 250ms`. */

import { nearest } from '../../base/nearest.ts'
import type { Expectation } from '../scenario.ts'
import { listOf, mapped } from '../shapes/collections.ts'
import { naming } from '../shapes/naming.ts'
import { textOf } from '../shapes/plain.ts'
import { durationOf, numberOf, rateOf, shareOf } from '../shapes/quantity.ts'
import { quoted, type Shape } from '../shapes/shape.ts'
import { complain, didYouMean, type Spot } from '../source/problem-list.ts'
import { scalar, type Tree } from '../source/tree.ts'
import { type Figure, type FigureUnit, figuresOf } from './figures.ts'
import { MOST_EXPECTATIONS } from './limits.ts'

const FORM = /^\s*([^\s<>=!≤≥]+)\s*([<>=!≤≥]+)\s*(\S.*?)\s*$/

const OPERATORS = ['<', '<=', '>', '>=', '='] as const

const MEANT: Readonly<Record<string, string>> = { '==': '=', '=<': '<=', '=>': '>=', '≤': '<=', '≥': '>=' }

const VALUES: Readonly<Record<FigureUnit, Shape<number>>> = {
  share: shareOf(),
  ms: mapped(durationOf(), (nanoseconds) => nanoseconds / 1e6),
  s: mapped(durationOf({ bare: 's' }), (nanoseconds) => nanoseconds / 1e9),
  rate: rateOf(),
  count: numberOf(),
}

const line: Shape<Expectation> = naming('figure', mapped(textOf({ most: 200 }), read))

export const expect = listOf(line, { of: 'expectations', most: MOST_EXPECTATIONS })

function read(text: string, tree: Tree, spot: Spot): Expectation | undefined {
  const [, name, operator, value] = FORM.exec(text) ?? []
  if (name === undefined || operator === undefined || value === undefined) {
    const message = `${quoted(tree)} is not an expectation, such as "availability > 99%"`
    return complain(spot, tree.place, message)
  }
  const figure = find(name, tree, spot)
  const right = OPERATORS.find((known) => known === operator)
  if (right === undefined) {
    const message = `"${operator}" does not compare; allowed: ${OPERATORS.join(' ')}`
    complain(spot, tree.place, message, didYouMean(MEANT[operator]))
  }
  if (!figure) return undefined
  const amount = VALUES[figure.unit].read(scalar(toScalar(value), tree.place, value), spot)
  if (right === undefined || amount === undefined) return undefined
  return { text: text.trim(), figure: figure.path, operator: right, value: amount }
}

/** A replica's figures are known without their number being listed among the nearest names. */
function find(name: string, tree: Tree, spot: Spot): Figure | undefined {
  const figures = figuresOf(spot.tiers ?? [], spot.clients ?? [])
  const figure = figures.get(name)
  if (figure) return figure
  const message = `"${name}" is not a figure of the report, such as availability, latency.p99 or requests.failed`
  return complain(spot, tree.place, message, () => didYouMean(nearest(name, figures.keys())))
}

function toScalar(text: string): string | number {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : text
}
