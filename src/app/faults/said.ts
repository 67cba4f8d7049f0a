/** From what a form holds to what a file says, and back. */

import type { Kind, Option } from './kinds.ts'

/** Of one entry, as a form holds it: numbers in the units of the amounts, words of the options. */
export interface Entered {
  readonly target: string
  /** Key to number; what is missing is not said. */
  readonly amounts: Readonly<Record<string, number>>
  /** Key to id of the choice; '' is not said. */
  readonly options: Readonly<Record<string, string>>
  /** Seconds until it ends by itself; 0: it does not. */
  readonly lasts: number
  /** The only sender that is struck; '': all. */
  readonly from: string
}

/** What a form begins with. */
export function initially(kind: Kind, target = ''): Entered {
  return {
    target,
    amounts: Object.fromEntries(
      kind.amounts.flatMap(({ key, initial }) => (initial === undefined ? [] : [[key, initial]])),
    ),
    options: Object.fromEntries(kind.options.map((option) => [option.key, firstOf(option)])),
    lasts: kind.lasts ?? 0,
    from: '',
  }
}

/** With a number more, or changed, or without it. */
export function withAmount(
  amounts: Entered['amounts'],
  key: string,
  value: number | undefined,
): Entered['amounts'] {
  const { [key]: _, ...others } = amounts
  return value === undefined ? others : { ...others, [key]: value }
}

/** What the file says of it, but for the instant; undefined where it says nothing (any more). */
export function saidOf(kind: Kind, entered: Entered): Record<string, unknown> {
  const said: Record<string, unknown> = { [kind.id]: entered.target }
  for (const { key, choices } of kind.options) {
    if (choices.length === 0) {
      said[key] = entered.options[key] || undefined
      continue
    }
    const chosen = choices.find(({ id }) => id === entered.options[key])
    said[key] = chosen === undefined || chosen.id === '' ? undefined : chosen.id === 'true' ? true : chosen.id
  }
  for (const { key, unit } of kind.amounts) {
    const value = entered.amounts[key]
    put(said, key, value === undefined ? undefined : unit === '×' || unit === '' ? value : `${value}${unit}`)
  }
  if (kind.hasFrom) said.from = entered.from || undefined
  if (kind.canLast) said.for = entered.lasts > 0 ? `${entered.lasts}s` : undefined
  return kind.id === 'deploy' ? ofStrategy(said) : said
}

/** What was said, as a form holds it; an amount that is no plain number (a distribution) is left out. */
export function enteredOf(kind: Kind, said: Readonly<Record<string, unknown>>): Entered {
  const flat = kind.id === 'deploy' ? flattened(said) : said
  return {
    target: String(said[kind.id] ?? ''),
    amounts: Object.fromEntries(
      kind.amounts.flatMap(({ key, unit }) => {
        const value = numberIn(flat[key], unit)
        return value === undefined ? [] : [[key, value]]
      }),
    ),
    options: Object.fromEntries(
      kind.options.map((option) => [option.key, chosenOf(option, said[option.key])]),
    ),
    lasts: numberIn(said.for, 's') ?? 0,
    from: typeof said.from === 'string' ? said.from : '',
  }
}

/** Settings of the file that the form cannot show, and that must stay as they are. */
export function isBeyondForm(kind: Kind, said: Readonly<Record<string, unknown>>): readonly string[] {
  const amounts = kind.amounts.filter(
    ({ key, unit }) => said[key] !== undefined && numberIn(said[key], unit) === undefined,
  )
  const options = kind.options.filter(({ key }) => typeof said[key] === 'object')
  return [...options, ...amounts].map(({ key }) => key)
}

function firstOf({ choices, initial }: Option): string {
  return initial ?? choices[0]?.id ?? ''
}

function chosenOf(option: Option, said: unknown): string {
  if (option.choices.length === 0) return typeof said === 'string' ? said : ''
  return option.choices.find(({ id }) => id === String(said ?? ''))?.id ?? firstOf(option)
}

/** The settings that a strategy of deploying knows, as maps. */
function ofStrategy(flat: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { deploy, strategy, maxSurge, maxUnavailable } = flat
  const inTurns = strategy === 'rolling' || strategy === 'canary'
  const speed = flat['version.speed']
  const errors = flat['version.errors']
  const version = {
    ...(speed === undefined || speed === 1 ? {} : { speed }),
    ...(errors === undefined || errors === '0%' ? {} : { errors }),
  }
  return {
    deploy,
    strategy,
    maxSurge: inTurns ? maxSurge : undefined,
    maxUnavailable: inTurns ? maxUnavailable : undefined,
    version: Object.keys(version).length > 0 ? version : undefined,
    canary:
      strategy === 'canary'
        ? {
            steps: [{ replicas: flat['canary.replicas'] ?? 1, for: flat['canary.for'] ?? '10s' }],
            rollbackAbove: flat['canary.rollbackAbove'] ?? '5%',
          }
        : undefined,
  }
}

function flattened(said: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const version = mapIn(said.version)
  const canary = mapIn(said.canary)
  const step = Array.isArray(canary.steps) ? mapIn(canary.steps[0]) : {}
  return {
    ...said,
    'version.speed': version.speed,
    'version.errors': version.errors,
    'canary.replicas': step.replicas,
    'canary.for': step.for,
    'canary.rollbackAbove': canary.rollbackAbove,
  }
}

function mapIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function put(said: Record<string, unknown>, key: string, value: unknown): void {
  said[key] = value
}

const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86_400 }

/** `30%`, `1m30s`, `5`: a number in that unit; undefined when it is none. */
function numberIn(said: unknown, unit: string): number | undefined {
  if (typeof said === 'number') return unit === '%' ? undefined : said
  if (typeof said !== 'string') return undefined
  if (unit === '%') {
    const [, share] = /^(\d+(?:\.\d+)?)\s*%$/.exec(said) ?? []
    return share === undefined ? undefined : Number(share)
  }
  if (unit !== 's' && unit !== 'ms') return /^\d+(?:\.\d+)?$/.test(said) ? Number(said) : undefined
  if (!/^(?:\d+(?:\.\d+)?\s?(?:us|ms|s|m|h|d)\s?)+$/.test(said)) return undefined
  let seconds = 0
  for (const [, amount, name] of said.matchAll(/(\d+(?:\.\d+)?)\s?(us|ms|s|m|h|d)/g))
    seconds += Number(amount) * SECONDS[name!]!
  return Number((unit === 'ms' ? seconds * 1000 : seconds).toPrecision(12))
}
