/** Facts as short sentences. */

import { VERDICTS } from '../../../policies/caching/verdicts.ts'
import type { FactColumns } from '../../../worker/protocol.ts'
import { milliseconds, plain } from '../../format.ts'
import { OUTCOMES } from '../../stage/outcomes.ts'
import { balancerName, type Places, senderName } from '../places.ts'

type FactName = FactColumns['kind'][number]

export interface EventRow {
  readonly at: number
  readonly kind: FactName
  readonly text: string
  /** The request that it is about; -1: none. */
  readonly request: number
  /** The replica that it is about; -1: none. */
  readonly node: number
  readonly isFailure: boolean
}

const OF_BALANCER: ReadonlySet<FactName> = new Set(['held', 'released'])
const OF_CLIENT: ReadonlySet<FactName> = new Set(['arrived', 'settled', 'waited', 'retried', 'try-ended'])
const OF_NO_REQUEST: ReadonlySet<FactName> = new Set([
  'truth',
  'believed',
  'checked',
  'check-sent',
  'purged',
  'heard',
  'happened',
  'resized',
  'connection-closed',
])

/** A row of the log in words. */
export function eventOf(facts: FactColumns, row: number, places: Places): EventRow {
  const kind = facts.kind[row]!
  const subject = facts.subject[row]!
  const object = facts.object[row]!
  const isOfRequest = !OF_NO_REQUEST.has(kind) && subject >= 0
  const hasNode = !OF_BALANCER.has(kind) && !OF_CLIENT.has(kind)
  const fact = {
    kind,
    subject,
    object,
    at: facts.at[row]!,
    value: facts.value[row]!,
    detail: facts.detail[row]!,
  }
  return {
    at: fact.at,
    kind,
    text: wordsOf(fact, places),
    request: isOfRequest ? Math.floor(subject) : -1,
    node: hasNode ? object : -1,
    isFailure: isFailure(fact),
  }
}

interface Fact {
  readonly kind: FactName
  readonly at: number
  readonly subject: number
  readonly object: number
  readonly value: number
  readonly detail: number
}

function wordsOf({ kind, at, subject, object, value, detail }: Fact, places: Places): string {
  const name = places.names[object] ?? '?'
  const outcome = OUTCOMES[detail & 15]?.title ?? '?'
  switch (kind) {
    case 'arrived':
      return `born, of ${places.scenario.clients[detail]?.id ?? '?'}`
    case 'sent':
      return `${senderName(places, detail)} → ${name}`
    case 'queued':
      return `waits at ${name}, ${plain(value)} in the queue`
    case 'started':
      return `served by ${name}${value > 0 ? ` after ${time(value)} in the queue` : ''}`
    case 'forwarded':
      return `${name} asks the next tier`
    case 'replied':
      return `${name} answers: ${outcome}`
    case 'waited':
      return `had waited ${time(value)} in queues`
    case 'settled':
      return `${OUTCOMES[detail]?.title ?? '?'} after ${time(value)}`
    case 'truth':
      return detail === 0 ? truthWords(name, value, subject) : `${name} ${STATES[detail] ?? 'is not up'}`
    case 'heard':
      return `${balancerName(places, subject)} hears that ${name} ${detail === 1 ? 'is there' : 'is gone'}`
    case 'happened':
      return HAPPENINGS[detail] ?? 'something changes'
    case 'resized':
      return `${name} has ${plain(value)} slots, ${plain(subject)} before`
    case 'believed':
      return `${balancerName(places, subject)} takes ${name} ${detail === 1 ? 'in again' : 'out'}`
    case 'checked':
      return `check of ${name} ${detail === 1 ? 'passes' : 'fails'}`
    case 'check-sent':
      return `a check goes to ${name}`
    case 'wasted':
      return `${name} worked ${time(value)} for nobody`
    case 'set-up':
      return `wakes ${name}, ready in ${time(value - at)}`
    case 'held':
      return `waits in line at ${balancerName(places, object)}, ${plain(value)} with it`
    case 'released':
      return detail === 0
        ? `leaves the line after ${time(value)}`
        : `gives up in line after ${time(value)}: ${OUTCOMES[detail]?.title}`
    case 'session-began':
      return `a session begins at ${name}`
    case 'session-moved':
      return `its session moves from ${places.names[value] ?? '?'} to ${name}`
    case 'session-lost':
      return `${name} does not know its session`
    case 'retried':
      return `tried again by ${['its balancer', 'its client', 'its client, as a hedge'][detail] ?? '?'}`
    case 'retry-overflowed':
      return 'not tried again: too many further tries are under way'
    case 'try-ended':
      return `a try ends: ${outcome}`
    case 'looked-up':
      return `${name} looks in its cache: ${VERDICTS[detail & 15] ?? '?'}`
    case 'fetched':
      return `${name} has fetched it`
    case 'served-old':
      return `${name} serves what is old by ${time(value)}`
    case 'evicted':
      return `${name} drops another object for it`
    case 'purged':
      return `${plain(subject)} objects of ${name} are purged`
    case 'held-back':
      return detail === 0
        ? `held back at ${name} for ${time(value - at)}`
        : `reaches ${name} in ${time(value - at)}, with its connection`
    case 'connection-opened':
      return `${['opens a connection to', 'does a TLS handshake with', 'resumes a TLS session with'][detail] ?? 'connects to'} ${name}`
    case 'connection-closed':
      return subject === 1
        ? `a connection to ${name} closes`
        : `${plain(subject)} connections to ${name} close`
    default:
      return kind
  }
}

/** By health. */
const STATES = ['', 'crashes', 'hangs', 'is taken away', 'starts', 'begins to stop']

/** By number, as the engine has them. */
const HAPPENINGS = [
  'the number of replicas changes',
  'a deploy begins',
  'a deploy ends',
  'a deploy rolls back',
  'the load changes at once',
  'a balancer goes down',
  'a balancer is back',
  'balancers reload',
  'the canary takes its next step',
  'the other balancer takes over',
  'DNS changes its answer',
  'routers change their ways',
]

function truthWords(name: string, rate: number, errors: number): string {
  const parts = [
    ...(rate === 0 ? ['stands still'] : [`works at ${plain(rate)} s per second`]),
    ...(errors > 0 ? [`fails ${plain(errors * 100)} %`] : []),
  ]
  return `${name} ${parts.join(', ')}`
}

function isFailure({ kind, detail }: Fact): boolean {
  const outcome = detail & 15
  if (kind === 'replied' || kind === 'try-ended') return outcome !== 0 && outcome !== 8
  if (kind === 'settled' || kind === 'released' || kind === 'truth') return detail !== 0
  if (kind === 'believed' || kind === 'checked') return detail === 0
  return kind === 'session-lost'
}

const time = (ns: number) => milliseconds(ns / 1e6)

/** Groups of kinds to choose from. */
export const EVENT_GROUPS: readonly {
  readonly id: string
  readonly title: string
  readonly kinds: readonly FactName[] | undefined
}[] = [
  { id: 'all', title: 'Everything', kinds: undefined },
  { id: 'ends', title: 'Births and ends', kinds: ['arrived', 'settled'] },
  { id: 'choices', title: 'Choices', kinds: ['sent', 'held', 'released'] },
  {
    id: 'service',
    title: 'Queue and service',
    kinds: ['queued', 'started', 'forwarded', 'replied', 'wasted'],
  },
  {
    id: 'states',
    title: 'States and beliefs',
    kinds: ['truth', 'believed', 'set-up', 'heard', 'happened', 'resized'],
  },
  { id: 'checks', title: 'Checks', kinds: ['checked', 'check-sent', 'believed', 'truth'] },
  { id: 'tries', title: 'Tries', kinds: ['retried', 'try-ended'] },
  { id: 'caches', title: 'Caches', kinds: ['looked-up', 'fetched', 'served-old', 'evicted', 'purged'] },
  { id: 'sessions', title: 'Sessions', kinds: ['session-began', 'session-moved', 'session-lost'] },
  { id: 'connections', title: 'Connections', kinds: ['connection-opened', 'connection-closed'] },
  { id: 'limits', title: 'Limits', kinds: ['held-back'] },
]
