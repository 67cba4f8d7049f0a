/** The story of a request for the terminal: its way as a waterfall, why each replica was chosen, why it failed. */

import type { Choice, Leg, SpanKind, Story } from '../../run/explain/story.ts'
import { outcomeWords, standingWords } from '../../run/explain/words.ts'
import { duration, plain } from './numbers.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { wrapped } from './wrap.ts'

const BLOCKS: Readonly<Record<SpanKind, string>> = {
  way: '·',
  line: '≡',
  limit: '◌',
  queue: '░',
  service: '█',
  below: '─',
  back: '·',
}
const LEGEND =
  '· network   ≡ in line at the balancer   ◌ held back   ░ queue   █ service   ─ waits for the next tier'
const NAME = 24
/** Candidates that are shown of a choice, unless all are asked for. */
const FEW = 8

/** @param names of the replicas, by node; @param tiers names of the tiers */
export function storyPage(
  story: Story,
  names: readonly string[],
  tiers: readonly string[],
  style: Style,
  width: number,
): string {
  const end = Math.max(...story.legs.flatMap(({ spans }) => spans.map(({ to }) => to)), story.born + 1)
  const lines = [
    head(story, style),
    '',
    ...waterfall(story, names, tiers, style, width, end),
    style.dim(`  ${LEGEND}`),
    ...story.choices.flatMap((choice) => ['', ...choiceLines(choice, story, names, tiers, style)]),
    ...(story.causes.length > 0
      ? ['', style.bold('Why it failed'), ...story.causes.flatMap(({ text }) => indented(text, width))]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

function head({ request, client, born, settled, outcome, key }: Story, style: Style): string {
  const end =
    outcome < 0
      ? 'still under way at the end of the run'
      : `${outcome === 0 ? style.green('ok') : style.red(outcomeWords(outcome))} after ${duration((settled - born) / 1e6)}`
  return `${style.bold(`Request ${request}`)} of ${client}, key ${key}, born at ${seconds(born)}: ${end}`
}

function waterfall(
  { legs, born }: Story,
  names: readonly string[],
  tiers: readonly string[],
  style: Style,
  width: number,
  end: number,
): string[] {
  const cells = width - NAME - 22
  const cell = (at: number) =>
    Math.min(cells - 1, Math.max(0, Math.floor(((at - born) / (end - born)) * cells)))
  return legs.map((leg) => {
    const row = Array.from({ length: cells }, () => ' ')
    for (const { kind, from, to } of leg.spans) {
      for (let i = cell(from); i <= cell(Math.max(from, to - 1)); i++) row[i] = BLOCKS[kind]
    }
    const spent = leg.spans.reduce((sum, { from, to }) => sum + to - from, 0)
    const failed = leg.outcome > 0 ? style.red(outcomeWords(leg.outcome)) : ''
    const marks = leg.marks.map(({ text }) => text).join(', ')
    const end = [failed, marks].filter(Boolean).join('; ')
    const bar = leg.outcome > 0 ? style.red(row.join('')) : style.cyan(row.join(''))
    return `  ${nameOf(leg, names, tiers).padEnd(NAME)}${bar} ${duration(spent / 1e6).padStart(9)}  ${end}`.trimEnd()
  })
}

function nameOf({ tier, node, attempt }: Leg, names: readonly string[], tiers: readonly string[]): string {
  const place = tier < 0 ? 'client' : node < 0 ? `balancer of ${tiers[tier]}` : names[node]!
  const name = `${'  '.repeat(Math.max(0, tier))}${place}${attempt > 0 ? `, try ${attempt + 1}` : ''}`
  return name.length < NAME ? name : `${name.slice(0, NAME - 2)}…`
}

const HOW: Readonly<Record<Choice['how'], string>> = {
  picked: 'picked',
  waits: 'every replica is full: it waits in line',
  'turned away': 'nobody can take it',
  'place came free': 'the first with room again',
  bound: 'its client or connection is bound to it',
  again: 'the same replica once more',
}

function choiceLines(
  choice: Choice,
  { born }: Story,
  names: readonly string[],
  tiers: readonly string[],
  style: Style,
): string[] {
  const { at, from, chosen, how, strategy, tier, candidates, omitted, seenAt } = choice
  const who = from < 0 ? (from === -1 ? 'The balancer' : `Balancer ${-from}`) : names[from]!
  const where = chosen < 0 ? tiers[tier]! : names[chosen]!
  const age = Number.isNaN(seenAt) ? '' : `, by counts ${duration((at - seenAt) / 1e6)} old`
  const title = `${style.bold(`${who} → ${where}`)} at +${duration((at - born) / 1e6)}: ${HOW[how]} (${strategy}${age})`
  if (candidates.length === 0) return [title]
  const near = [...candidates].sort(
    (a, b) => Number(b.node === chosen) - Number(a.node === chosen) || rank(a.score) - rank(b.score),
  )
  const few = near.slice(0, FEW)
  const notes = ['', ...few.map((one) => standingWords(one.out) || one.note)]
  const rows = few.map((one) => [
    `${one.node === chosen ? '→ ' : '  '}${names[one.node]}`,
    Number.isNaN(one.score) ? '–' : plain(one.figure ?? one.score),
    plain(one.inFlight),
    plain(one.weight),
    String(one.busy + one.waiting + one.below),
  ])
  const more = candidates.length + omitted - rows.length
  return [
    title,
    ...table({ head: ['  candidate', 'score', 'in flight', 'weight', 'really there'], rows }, style).map(
      (line, i) => `  ${line}   ${style.dim(notes[i]!)}`.trimEnd(),
    ),
    ...(more > 0 ? [style.dim(`    and ${more} more`)] : []),
  ]
}

const rank = (score: number) => (Number.isNaN(score) ? Infinity : score)

function indented(text: string, width: number): string[] {
  return wrapped(text, width - 4).map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`)
}

function seconds(ns: number): string {
  return `${Number((ns / 1e9).toFixed(6))} s`
}
