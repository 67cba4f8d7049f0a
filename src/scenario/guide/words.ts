/** What may stand at a place, in words: "a duration, such as 250ms or 2s". */

import { NAMES } from '../shapes/naming.ts'
import type { JsonSchema } from '../shapes/shape.ts'
import { type Alternative, choicesOf, isPolicyMap, propertiesOf } from './alternatives.ts'
import type { Known } from './resolve.ts'

/** More would not be read. */
const MOST_CHOICES = 12
const HUGE = 1e15

const NAMED: Readonly<Record<string, string>> = {
  replica: 'a tier, or one replica of it such as web/2',
  sender: 'a tier, a replica such as web/2, or a balancer such as balancer/1',
  cache: 'a tier with a cache, or one replica of it',
  tier: 'the name of a tier',
  balancer: 'balancer for all in front, or one such as balancer/1',
  client: 'the name of a client population',
  zone: 'the name of a zone',
  figure: 'a figure, <, >, = and a value, such as "availability > 99%"',
}

/** What is allowed, as a phrase; "" when anything is. */
export function allowedAt({ alternatives }: Known): string {
  const choices = alternatives.filter(({ kind }) => kind === 'choice').flatMap(choicesOf)
  const others = alternatives.filter(({ kind }) => kind !== 'choice').map(phraseOf)
  const names = choices.slice(0, MOST_CHOICES).map(({ value }) => String(value))
  const more = choices.length > names.length ? ` … (${choices.length} in all)` : ''
  const phrases = [...others, ...(names.length > 0 ? [`${names.join(', ')}${more}`] : [])]
  return [...new Set(phrases)].filter(Boolean).join('; or ')
}

function phraseOf(alternative: Alternative): string {
  const { kind, schema, name = '' } = alternative
  switch (kind) {
    case 'quantity':
      return `a ${name}, such as ${((schema.examples ?? []) as string[]).join(' or ')}`
    case 'number':
      return numberPhrase(alternative)
    case 'boolean':
      return 'true or false'
    case 'list':
      return 'a list'
    case 'text':
      return NAMED[String(schema[NAMES])] ?? (isNumberToo(schema) ? 'a whole number or a text' : 'a text')
    case 'map': {
      const keys = Object.keys(propertiesOf(alternative))
      if (keys.length === 0) return 'a map by name'
      if (isPolicyMap(alternative)) return `one of ${keys.join(', ')} with its settings`
      return 'settings of its own'
    }
    case 'choice':
      return ''
  }
}

/** A seed may be either. */
export function isNumberToo({ type }: JsonSchema): boolean {
  return Array.isArray(type) && type.includes('integer')
}

function numberPhrase({ schema }: Alternative): string {
  const noun = schema.type === 'integer' ? 'a whole number' : 'a number'
  const above = schema.exclusiveMinimum as number | undefined
  const least = schema.minimum as number | undefined
  const most = schema.maximum as number | undefined
  const to = most !== undefined && most < HUGE ? most : undefined
  if (above !== undefined) return `${noun} above ${above}${to === undefined ? '' : `, at most ${to}`}`
  if (least !== undefined && to !== undefined) return `${noun} from ${least} to ${to}`
  return least ? `${noun} of at least ${least}` : noun
}

/** A default on one line, as it would be written; undefined when there is none worth telling. */
export function standardText(standard: unknown): string | undefined {
  if (standard === undefined || standard === '') return undefined
  if (typeof standard !== 'object' || standard === null) return String(standard)
  if (Object.keys(standard).length === 0) return undefined
  return flow(standard)
}

/** Plain data in the flow style of YAML; for people, so nothing is quoted. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, of]) => `${key}: ${flow(of)}`)
  return `{ ${entries.join(', ')} }`
}
