/** What a miss-ratio curve shall be of, read from flags and held against the scenario; or what is wrong with it. */

import { nearest } from '../../base/nearest.ts'
import { evictions } from '../../policies/eviction/index.ts'
import type { Chosen } from '../../policies/policy.ts'
import type { Problem } from '../../scenario/problem.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { size } from '../../scenario/units/index.ts'
import { between, MOST_CAPACITIES } from './capacities.ts'

export type Policies = readonly Chosen[]

/** Capacities in one unit. */
export interface Capacities {
  readonly values: readonly number[]
  readonly unit: 'objects' | 'bytes'
}

const USUAL = ['lru', 'fifo', 'clock', 'sieve', 's3-fifo', 'w-tinylfu']
const MOST_OBJECTS = 1e9

/** The policies, with their standard settings. @param own the tier's, which comes first when none are named */
export function policiesOf(
  text: string | undefined,
  own: Chosen | undefined,
): { readonly policies: Policies; readonly problems: readonly Problem[] } {
  const names = text === undefined ? USUAL : text.split(',').map((name) => name.trim())
  const problems = names.flatMap((name) => {
    if (evictions.has(name)) return []
    const near = nearest(name, evictions.names)
    const message = `"${name}" is no eviction policy; there are ${evictions.names.join(', ')}`
    return [problem(`--eviction ${text}`, message, near ? `Did you mean "${near}"?` : '')]
  })
  if (problems.length > 0) return { policies: [], problems }
  const all = text === undefined && own ? [own.policy, ...names] : names
  const policies = [...new Set(all)].map((policy): Chosen => {
    if (own?.policy === policy) return own
    const { params } = evictions.get(policy)
    const standard = Object.entries(params).map(([name, { default: value }]) => [name, value])
    return { policy, params: Object.fromEntries(standard) }
  })
  return { policies, problems: [] }
}

/** `100,1000,5000`, `100..100000`, `64MiB..1GiB`; undefined when nothing was said. */
export function capacitiesOf(text: string | undefined): {
  readonly capacities?: Capacities
  readonly problems: readonly Problem[]
} {
  if (text === undefined) return { problems: [] }
  const refuse = (message: string) => ({ problems: [problem(`--capacities ${text}`, message)] })
  const parts = text.split(',').flatMap((part) => part.split('..'))
  const wrong = parts.find((part) => readCapacity(part) === undefined)
  if (wrong !== undefined) {
    return refuse(
      `"${wrong}" is no capacity; numbers of objects or sizes are needed, such as 100..100000 or 16MiB,64MiB`,
    )
  }
  const read = parts.map((part) => readCapacity(part)!)
  const { unit } = read[0]!
  if (read.some((one) => one.unit !== unit))
    return refuse('are partly objects, partly sizes; one of them is needed')
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const ends = part.split('..').map((end) => readCapacity(end)!.value)
    const [from, to] = [ends[0]!, ends.at(-1)!]
    if (ends.length > 2 || from > to)
      return refuse(`"${part}" goes from ${ends.join(' to ')}; from..to is needed`)
    for (const value of from === to ? [from] : between(from, to, unit)) values.add(value)
  }
  if (values.size > MOST_CAPACITIES)
    return refuse(`are ${values.size}; the most allowed is ${MOST_CAPACITIES}`)
  return { capacities: { values: [...values].sort((a, b) => a - b), unit }, problems: [] }
}

/** The tier whose caches are looked at; the first that has some when none is named. */
export function tierOf(
  { tiers }: Scenario,
  wanted: string | undefined,
  file: string,
): { readonly tier: number; readonly problems: readonly Problem[] } {
  const cached = tiers.filter(({ cache }) => cache !== undefined).map(({ id }) => id)
  const refuse = (where: string, message: string, hint: string) => ({
    tier: -1,
    problems: [problem(where, message, hint)],
  })
  if (cached.length === 0) {
    const hint = `Give it one: --set tiers.${tiers[0]!.id}.cache.capacity=1000`
    return refuse(file, 'no tier has a cache, so there is nothing to look at.', hint)
  }
  if (wanted !== undefined && !cached.includes(wanted)) {
    const near = cached.length === 1 ? cached[0] : nearest(wanted, cached)
    const message = `"${wanted}" is no tier with a cache; there ${cached.length > 1 ? 'are' : 'is'} ${cached.join(', ')}`
    return refuse(`--tier ${wanted}`, message, near ? `Did you mean "${near}"?` : '')
  }
  return { tier: tiers.findIndex(({ id }) => id === (wanted ?? cached[0])), problems: [] }
}

function readCapacity(
  text: string,
): { readonly value: number; readonly unit: 'objects' | 'bytes' } | undefined {
  const clean = text.trim()
  if (/^\d{1,10}$/.test(clean)) {
    const value = Number(clean)
    return value >= 1 && value <= MOST_OBJECTS ? { value, unit: 'objects' } : undefined
  }
  const bytes = size.parse(clean)
  return bytes !== undefined && bytes >= 1 && bytes <= size.most ? { value: bytes, unit: 'bytes' } : undefined
}

function problem(file: string, message: string, hint = ''): Problem {
  return { file, path: '', line: 0, column: 0, message, hint }
}
