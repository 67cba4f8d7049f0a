/** The verdict in one or two plain sentences: what is surely different, what is not, and what to do. */

import type { Comparison, Difference, FigureOutline } from '../../worker/protocol.ts'
import { milliseconds, percent, plain } from '../format.ts'

/** How a figure is called within a sentence. */
const TITLES: Readonly<Record<string, string>> = {
  availability: 'availability',
  'latency.p99': 'p99 latency',
  'latency.p50': 'median latency',
  goodput: 'goodput',
}
/** What people choose by, the most important first. */
const DECISIVE = Object.keys(TITLES)

interface Standing {
  readonly name: string
  readonly better: readonly Difference[]
  readonly worse: readonly Difference[]
  readonly open: readonly Difference[]
}

/**
 * Of a comparison that is not over yet it says so: whoever stops looking as soon as something looks sure is
 * wrong more often than one time in twenty.
 * @param nameOf the name of a lane by its key
 */
export function advice(result: Comparison | undefined, nameOf: (key: string) => string): string {
  if (!result || result.replications < 2) {
    return 'One run may be luck. The same comparison is now repeated under other seeds, to tell luck from a difference.'
  }
  const name = (key: string) => `“${nameOf(key)}”`
  const words = found(result, name)
  return result.partial ? `So far: ${words.replace(/^[A-Z]/, (letter) => letter.toLowerCase())}` : words
}

function found(result: Comparison, name: (key: string) => string): string {
  const base = name(result.baseline)
  const standings = result.variants
    .filter((variant) => variant.name !== result.baseline)
    .map((variant) => standingOf(result, variant.name))
  const [winner, ...others] = standings
    .filter(({ better, worse }) => better.length > 0 && worse.length === 0)
    .sort((a, b) => rank(a) - rank(b) || size(b) - size(a))
  if (winner) {
    const gains = list(winner.better.slice(0, 2).map((d) => change(d, result)))
    const too = list(others.map((other) => name(other.name)))
    const also = too && ` ${too} ${others.length > 1 ? 'are' : 'is'} better than ${base}, too.`
    return `Take ${name(winner.name)}: against ${base}, ${gains}. ${tail(winner, result)}${also}`
  }
  const mixed = standings.find(({ better }) => better.length > 0)
  if (mixed) {
    return `${name(mixed.name)} is a trade against ${base}: ${change(mixed.better[0]!, result)}, but ${change(mixed.worse[0]!, result)}. Decide what matters more.`
  }
  const losers = standings.filter(({ worse }) => worse.length > 0)
  if (losers.length < standings.length) return undecided(standings, losers, result, name)
  const [loser] = [...losers].sort((a, b) => size(b) - size(a))
  const who =
    losers.length > 1 ? `All others are worse; with ${name(loser!.name)}` : `With ${name(loser!.name)}`
  return `Stay with ${base}. ${who} ${change(loser!.worse[0]!, result)}.`
}

function undecided(
  standings: readonly Standing[],
  losers: readonly Standing[],
  result: Comparison,
  name: (key: string) => string,
): string {
  const base = name(result.baseline)
  const lost =
    losers.length > 0
      ? `${list(losers.map((loser) => name(loser.name)))} ${losers.length > 1 ? 'are' : 'is'} worse. `
      : ''
  const others = list(standings.filter(({ worse }) => worse.length === 0).map((one) => name(one.name)))
  const needed = standings
    .flatMap(({ open }) => open)
    .filter(({ isTooSmallToMatter }) => !isTooSmallToMatter)
    .map(({ replicationsToDecide }) => replicationsToDecide)
    .filter((count) => count !== null)
  const isSame = standings.every(({ open }) => open.length === 0)
  if (isSame)
    return `${lost}${others} and ${base} do equally well in what matters here: take the simpler one.`
  const more =
    needed.length > 0
      ? ` About ${plain(Math.min(...needed))} replications in all would settle the clearest difference.`
      : ' If it is there, it is too small to matter much: take the simpler one.'
  return `${lost}After ${result.replications} replications nobody can tell whether ${others} or ${base} is better: what differs may be luck.${more}`
}

function standingOf({ differences, figures }: Comparison, name: string): Standing {
  const own = DECISIVE.flatMap((figure) =>
    differences.filter((d) => d.variant === name && d.figure === figure),
  )
  const telling = own.filter(({ verdict, isTooSmallToMatter }) => isSure(verdict) && !isTooSmallToMatter)
  // Where more requests succeed more succeed a second: that is one thing, not two.
  const isTwice = telling.some(({ figure }) => figure === 'availability')
  const sure = telling.filter(({ figure }) => !(isTwice && figure === 'goodput'))
  const isGood = (d: Difference) => isBetter(d, figures)
  return {
    name,
    better: sure.filter(isGood),
    worse: sure.filter((d) => !isGood(d)),
    open: own.filter(({ verdict }) => verdict === 'undecided'),
  }
}

export function isSure(verdict: Difference['verdict']): boolean {
  return verdict === 'lower' || verdict === 'higher'
}

/** Of a difference that is sure; undefined where neither way is better. */
export function isBetter(
  { figure, verdict }: Difference,
  figures: readonly FigureOutline[],
): boolean | undefined {
  const better = figures.find(({ name }) => name === figure)?.better
  return better ? verdict === better : undefined
}

/** The place of the most important figure that is better. */
function rank({ better }: Standing): number {
  return DECISIVE.indexOf(better[0]!.figure)
}

function size({ better, worse }: Standing): number {
  return Math.abs((better[0] ?? worse[0])?.mean ?? 0)
}

/** `p99 latency is 120 ms shorter (−45 %)`. */
function change({ figure, mean, variant }: Difference, { variants, baseline }: Comparison): string {
  const title = TITLES[figure] ?? figure
  const base = variants.find(({ name }) => name === baseline)?.figures[figure]?.mean ?? Number.NaN
  const amount = Math.abs(mean ?? Number.NaN)
  const isMore = (mean ?? 0) > 0
  if (figure === 'availability') {
    const ours = variants.find(({ name }) => name === variant)?.figures[figure]?.mean ?? Number.NaN
    return `${title} is ${percent(ours)} instead of ${percent(base)}`
  }
  const share = base > 0 ? ` (${isMore ? '+' : '−'}${Math.round((amount / base) * 100)}\u00a0%)` : ''
  if (!figure.startsWith('latency'))
    return `${title} is ${plain(amount)}/s ${isMore ? 'higher' : 'lower'}${share}`
  return `${title} is ${milliseconds(amount)} ${isMore ? 'longer' : 'shorter'}${share}`
}

function tail({ open }: Standing, { replications, confidence }: Comparison): string {
  const sure = `That is ${Math.round(confidence * 100)}\u00a0% sure after ${replications} replications`
  if (open.length === 0) return `${sure}.`
  return `${sure}; in ${list(open.map(({ figure }) => TITLES[figure] ?? figure))} no difference is sure.`
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
