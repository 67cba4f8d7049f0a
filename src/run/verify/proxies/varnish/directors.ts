/** Varnish's directors: what a VCL makes them of, and which one a request is sent to. */

import { Unfit } from '../../unfit.ts'
import type { Choice } from '../driven.ts'
import type { Statement, Token, Vcl } from './vcl.ts'

export interface Director {
  readonly name: string
  /** round_robin, fallback, hash, shard or random. */
  readonly kind: string
  readonly isSticky: boolean
  readonly backends: readonly { readonly name: string; readonly label: string; readonly weight: number }[]
  /** Points of each backend on the ring of a shard director. */
  readonly points: number
}

/** A branch of vcl_recv: the value of a header by which it is taken, and the director it sends to. */
export interface Route {
  readonly value: string
  readonly director: string
  /** Of a shard director: how many backends to pass by. */
  readonly alternative: number
  readonly isByUrl: boolean
}

const KINDS = new Set(['round_robin', 'fallback', 'hash', 'shard', 'random'])

/** @throws Unfit when vcl_init does what is not known */
export function directorsOf({ statements }: Vcl): readonly Director[] {
  const directors: Director[] = []
  for (const { tokens, block } of bodyOf(statements, 'vcl_init')) {
    const said = textOf(tokens)
    const made = /^new ([\w-]+) = directors\.(\w+) \(/.exec(said)
    const call = /^([\w-]+)\.(\w+) \(/.exec(said)
    if (block) throw new Unfit('vcl_init has blocks')
    if (made) directors.push(newDirector(made[1]!, made[2]!, argumentsOf(tokens)))
    else if (call) apply(directors, call[1]!, call[2]!, argumentsOf(tokens))
    else if (!/^return \( ok \)$/.test(said)) throw new Unfit(`unknown statement "${said}" in vcl_init`)
  }
  return directors
}

/** @throws Unfit when vcl_recv does what is not known */
export function routesOf({ statements }: Vcl): readonly Route[] {
  return bodyOf(statements, 'vcl_recv').flatMap(({ tokens, block }) => {
    const said = textOf(tokens)
    if (!block && /^return \( \w+ \)$/.test(said)) return []
    const isBranch = /^(?:if|elsif|elseif|else if) \( req\.http\.[\w-]+ == \S+ \)$/.test(said)
    const value = tokens.find(({ kind }) => kind === 'text')
    if (!isBranch || !block || !value) throw new Unfit(`unknown statement "${said}" in vcl_recv`)
    return block.map(({ tokens: inner }) => routeOf(value.text, inner))
  })
}

/** Which of our strategies a director is. */
export function choiceOf({ kind, isSticky, points }: Director, alternative: number): Choice {
  switch (kind) {
    case 'round_robin':
      return { strategy: 'varnish-round-robin', params: {} }
    case 'fallback':
      return { strategy: 'varnish-fallback', params: { sticky: isSticky } }
    case 'hash':
      return { strategy: 'varnish-hash', params: { on: 'key' } }
    case 'shard':
      return { strategy: 'varnish-shard', params: { on: 'key', replicas: points, alternative } }
    default:
      return { strategy: 'random', params: { rule: 'plain' } }
  }
}

export function isHashing({ kind }: Director): boolean {
  return kind === 'hash' || kind === 'shard'
}

interface Argument {
  /** "" when it is given by its place. */
  readonly name: string
  readonly text: string
}

function newDirector(name: string, kind: string, given: readonly Argument[]): Director {
  if (!KINDS.has(kind)) throw new Unfit(`unknown director "${kind}"`)
  let isSticky = false
  for (const { name: key, text } of given) {
    const isKnown = kind === 'fallback' && (key === 'sticky' || key === '') && /^(true|false)$/.test(text)
    if (!isKnown) throw new Unfit(`unknown argument "${key} ${text}" of directors.${kind}`)
    isSticky = text === 'true'
  }
  return { name, kind, isSticky, backends: [], points: 67 }
}

function apply(directors: Director[], name: string, what: string, given: readonly Argument[]): void {
  const at = directors.findIndex((director) => director.name === name)
  const before = directors[at]
  if (!before) throw new Unfit(`there is no director "${name}"`)
  if (what === 'add_backend')
    directors[at] = { ...before, backends: [...before.backends, added(before, given)] }
  else if (what === 'reconfigure') directors[at] = { ...before, points: pointsOf(given) }
  else throw new Unfit(`unknown "${name}.${what}"`)
}

function added({ kind }: Director, [backend, ...given]: readonly Argument[]) {
  if (!backend) throw new Unfit('add_backend has no backend')
  let weight = 1
  let name = backend.text
  for (const argument of given) {
    const isWeight =
      argument.name === 'weight' || (argument.name === '' && (kind === 'hash' || kind === 'random'))
    if (isWeight && Number(argument.text) > 0) weight = Number(argument.text)
    else if (kind === 'shard' && argument.name === 'ident') name = argument.text
    else throw new Unfit(`unknown argument "${argument.name} ${argument.text}" of add_backend`)
  }
  return { name, label: backend.text, weight }
}

function pointsOf([first, ...others]: readonly Argument[]): number {
  if (!first) return 67
  const isKnown = others.length === 0 && (first.name === '' || first.name === 'replicas')
  if (isKnown && /^[1-9]\d{0,4}$/.test(first.text)) return Number(first.text)
  throw new Unfit('unknown arguments of reconfigure')
}

/** `set req.backend_hint = name.backend(...)`: without arguments, by the URL, or by a key made of it. */
function routeOf(value: string, tokens: readonly Token[]): Route {
  const said = textOf(tokens)
  const director = /^set req\.backend_hint = ([\w-]+)\.backend \(/.exec(said)?.[1]
  if (director === undefined) throw new Unfit(`unknown statement "${said}" in vcl_recv`)
  let alternative = 0
  let isByUrl = false
  for (const { name, text } of argumentsOf(tokens)) {
    if (name === 'alt' && /^\d{1,2}$/.test(text)) alternative = Number(text)
    else if (name === '' && text === 'req.url') isByUrl = true
    else if (name === 'key' && text === `${director}.key ( req.url )`) isByUrl = true
    else if (name === 'by' && text === 'URL') isByUrl = true
    else if (!(name === 'by' && text === 'KEY'))
      throw new Unfit(`unknown argument "${name} ${text}" of backend`)
  }
  return { value, director, alternative, isByUrl }
}

/** The arguments of the call in a statement. */
function argumentsOf(tokens: readonly Token[]): readonly Argument[] {
  const list: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    const { kind, text } = token
    if (kind === 'sign' && text === ')' && --depth === 0) break
    if (kind === 'sign' && text === ',' && depth === 1) list.push([])
    else if (depth > 0) list[list.length - 1]!.push(token)
    if (kind === 'sign' && text === '(') depth++
  }
  return list
    .filter((words) => words.length > 0)
    .map(([first, second, ...rest]) => {
      if (second?.kind === 'sign' && second.text === '=') return { name: first!.text, text: textOf(rest) }
      return { name: '', text: textOf([first!, ...(second ? [second] : []), ...rest]) }
    })
}

function bodyOf(statements: readonly Statement[], sub: string): readonly Statement[] {
  return statements
    .filter(({ tokens }) => textOf(tokens) === `sub ${sub}`)
    .flatMap(({ block }) => block ?? [])
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ')
}
