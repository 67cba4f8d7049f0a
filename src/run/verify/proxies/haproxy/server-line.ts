/** A `server` line of HAProxy, on top of the `default-server` lines before it. */

import type { Blame } from '../../../../policies/health/active/check-rule.ts'
import { Unfit } from '../../unfit.ts'
import { milliseconds } from './times.ts'

export interface ServerLine {
  readonly name: string
  /** 0 to 256; 0: it takes no new clients. */
  readonly weight: number
  /** 0: no limit. */
  readonly maxconn: number
  /** 0: no limit. */
  readonly maxqueue: number
  readonly isBackup: boolean
  readonly isDisabled: boolean
  /** The value that names it in cookies; undefined: it has none. */
  readonly cookie: string | undefined
  /** ms; 0: none. */
  readonly slowstart: number
  /** Undefined: it is not checked. */
  readonly check: CheckTimes | undefined
  /** What only recordings of health know what to do with. */
  readonly care: Care
}

export interface Care {
  /** It has an agent. */
  readonly hasAgent: boolean
  /** Its sessions are shut when it is marked down. */
  readonly shutsSessions: boolean
  /** Undefined: its traffic is not observed. */
  readonly observe: Observe | undefined
}

export interface Observe {
  readonly observe: string
  readonly errorLimit: number
  readonly onError: Blame
}

export interface CheckTimes {
  /** ms between checks: as a rule, while it goes up or down, and while it is down. */
  readonly inter: number
  readonly fastinter: number
  readonly downinter: number
  readonly rise: number
  readonly fall: number
}

/** Options by name; flags have the value "". */
export type ServerOptions = ReadonlyMap<string, string>

const VALUED = new Set([
  ...[
    'weight',
    'maxconn',
    'maxqueue',
    'cookie',
    'slowstart',
    'inter',
    'fastinter',
    'downinter',
    'rise',
    'fall',
  ],
  ...['agent-port', 'agent-inter', 'on-marked-down', 'observe', 'error-limit', 'on-error'],
])
const FLAGS = new Set(['backup', 'check', 'disabled', 'agent-check'])

/** Words that take an option back or set it to its default. */
const UNSET: Readonly<Record<string, string>> = {
  'no-check': 'check',
  'no-backup': 'backup',
  enabled: 'disabled',
}

/** @throws Unfit when an option is not known */
export function readOptions(words: readonly string[], before: ServerOptions): ServerOptions {
  const options = new Map(before)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (FLAGS.has(word)) options.set(word, '')
    else if (UNSET[word]) options.delete(UNSET[word])
    else if (VALUED.has(word)) options.set(word, words[++i] ?? '')
    else throw new Unfit(`unknown option "${word}" of a server`)
  }
  return options
}

/** @throws Unfit when a value is not what it must be */
export function serverOf(name: string, options: ServerOptions): ServerLine {
  const count = (key: string, other: number, most = 1e9) => {
    const text = options.get(key)
    if (text === undefined) return other
    if (/^\d{1,10}$/.test(text) && Number(text) <= most) return Number(text)
    throw new Unfit(`"${key} ${text}" is not a whole number up to ${most}`)
  }
  const time = (key: string, other: number) => {
    const text = options.get(key)
    return text === undefined ? other : milliseconds(text)
  }
  const inter = time('inter', 2000)
  const check = {
    inter,
    fastinter: time('fastinter', inter),
    downinter: time('downinter', inter),
    rise: count('rise', 2),
    fall: count('fall', 3),
  }
  if (Math.min(inter, check.fastinter, check.downinter) < 1)
    throw new Unfit(`server "${name}" is checked all the time`)
  return {
    name,
    weight: count('weight', 1, 256),
    maxconn: count('maxconn', 0),
    maxqueue: count('maxqueue', 0),
    isBackup: options.has('backup'),
    isDisabled: options.has('disabled'),
    cookie: options.get('cookie'),
    slowstart: time('slowstart', 0),
    check: options.has('check') ? check : undefined,
    care: careOf(options, count('error-limit', 10)),
  }
}

/** A server of which nothing of the kind is said. */
export function isPlain({ care }: ServerLine): boolean {
  return !care.hasAgent && !care.shutsSessions && care.observe === undefined
}

function careOf(options: ServerOptions, errorLimit: number): Care {
  const among = <T extends string>(key: string, words: readonly T[]): T | undefined => {
    const text = options.get(key)
    const found = words.find((word) => word === text)
    if (text !== undefined && found === undefined) throw new Unfit(`unknown "${key} ${text}" of a server`)
    return found
  }
  const observe = among('observe', ['layer4', 'layer7'])
  const onError = among('on-error', BLAMES) ?? 'fail-check'
  return {
    hasAgent: options.has('agent-check'),
    shutsSessions: among('on-marked-down', ['shutdown-sessions']) !== undefined,
    observe: observe && { observe, errorLimit, onError },
  }
}

const BLAMES: readonly Blame[] = ['fastinter', 'fail-check', 'sudden-death', 'mark-down']
