/** What a comparison says, in sentences for people who have never seen an interval. */

import type { Comparison, Difference, FigureOutline } from '../../run/compare/result.ts'
import { sizeText, titleOf } from './compare-numbers.ts'
import { whole } from './numbers.ts'

/** A line for each variant but the baseline: what is sure, what is not, and how to find out. */
export function differenceSentences(result: Comparison): string[] {
  return result.variants
    .filter(({ name }) => name !== result.baseline)
    .map(({ name }) => sentencesAbout(name, result))
}

function sentencesAbout(variant: string, result: Comparison): string {
  const { baseline, replications, confidence, figures, differences } = result
  const own = differences.filter((difference) => difference.variant === variant)
  const of = (...verdicts: Difference['verdict'][]) => own.filter(({ verdict }) => verdicts.includes(verdict))
  const [open, same, unknown] = [of('undecided'), of('same'), of('unknown')]
  const parts = sureSentences(of('lower', 'higher'), variant, baseline, figures, confidence)
  if (open.length > 0) {
    const whose = parts.length > 0 ? '' : ` between ${variant} and ${baseline}`
    parts.push(`For ${namesOf(open)} ${whole(replications)} runs show no sure difference${whose}.`)
    parts.push(...advice(open))
  }
  if (same.length > 0) {
    const whose = parts.length > 0 ? '' : ` for ${variant} and ${baseline}`
    const are = same.length > 1 ? 'are' : 'is'
    parts.push(`${sentenceCase(namesOf(same))} ${are} the same in every run${whose}.`)
  }
  if (unknown.length > 0) parts.push(`For ${namesOf(unknown)} there are too few values to say anything.`)
  return parts.join(' ')
}

/** What most people ask first. */
const FOREMOST = ['latency.p99', 'availability', 'latency.mean']

/** The foremost sure difference with its size, and which others there are. */
function sureSentences(
  sure: readonly Difference[],
  variant: string,
  baseline: string,
  figures: readonly FigureOutline[],
  confidence: number,
): string[] {
  const first =
    FOREMOST.map((name) => sure.find(({ figure }) => figure === name)).find((found) => found) ?? sure[0]
  if (!first) return []
  const { unit } = figures.find(({ name }) => name === first.figure)!
  const size = `${sizeText(first.mean!, unit)} ± ${sizeText(first.halfWidth!, unit)}`
  const others = (['lower', 'higher'] as const).flatMap((verdict) => {
    const such = sure.filter((difference) => difference !== first && difference.verdict === verdict)
    return such.length > 0 ? [`${verdict}: ${namesOf(such)}`] : []
  })
  return [
    `${variant} has a ${first.verdict} ${titleOf(first.figure)} than ${baseline} by ${size}: that is sure (${confidenceText(confidence)}).`,
    ...(others.length > 0 ? [`Also for sure ${others.join('; ')}.`] : []),
  ]
}

/** How many replications would decide what is open. */
function advice(open: readonly Difference[]): string[] {
  const small = open.filter(({ isTooSmallToMatter }) => isTooSmallToMatter)
  const matters = open.filter(({ isTooSmallToMatter }) => !isTooSmallToMatter)
  const countOf = ({ replicationsToDecide: count }: Difference) =>
    count === null ? Infinity : rounded(count)
  const counts = [...new Set(matters.map(countOf))].sort((a, b) => a - b)
  const clauses = counts.map((count) => {
    const names = namesOf(matters.filter((difference) => countOf(difference) === count))
    return `${count === Infinity ? 'more than 10,000' : `about ${whole(count)}`} to decide ${names}`
  })
  const plural = small.length > 1 ? 's' : ''
  return [
    ...(clauses.length > 0 ? [`It would take so many runs in all: ${clauses.join('; ')}.`] : []),
    ...(small.length > 0
      ? [`The difference${plural} in ${namesOf(small)} would be too small to matter (below 1 %).`]
      : []),
  ]
}

/** Two digits: an estimate is no more exact than that. */
function rounded(count: number): number {
  const unit = 10 ** Math.max(0, String(count).length - 2)
  return Math.ceil(count / unit) * unit
}

/** Whether the variants had the same to do; the first line is the verdict. */
export function fairnessSentences({ fairness, variants, replications }: Comparison): string[] {
  const { requests, why, sameFaults, sameWarmUp } = fairness
  const born = variants[0]?.born ?? []
  const count = born.length === 1 ? whole(born[0]!) : whole(born.reduce((sum, each) => sum + each, 0))
  const runs = replications > 1 ? ` in ${whole(replications)} replications` : ''
  const first = {
    same: `All variants faced the same ${count} requests${runs} (checked).`,
    'same arrivals': `All variants faced the same ${count} arrivals${runs} (checked), but not the same requests: ${why}.`,
    different: `The variants did NOT face the same requests: ${why}.`,
    unknown: `Whether the variants faced the same requests was not checked: ${why}.`,
  }[requests]
  return variants.length < 2
    ? []
    : [
        first,
        ...(sameFaults ? [] : ['Their faults differ.']),
        ...(sameWarmUp
          ? []
          : ['Their warm-up, found for each by itself, differs, and so the time measured.']),
      ]
}

/** What a single run cannot tell. */
export const ONE_RUN =
  'One run of each cannot tell an effect from luck. With --replications 20 each difference gets an interval.'

/** 0.95 as "95 %". */
export function confidenceText(confidence: number): string {
  return `${Number((confidence * 100).toFixed(2))} %`
}

function namesOf(differences: readonly Difference[]): string {
  return listed(differences.map(({ figure }) => titleOf(figure)))
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** A path such as tiers.web.imbalance stays as it is written. */
function sentenceCase(text: string): string {
  if (/^[^\s,]*\w\.[a-z]/.test(text)) return text
  return text.charAt(0).toUpperCase() + text.slice(1)
}
