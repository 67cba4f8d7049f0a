/** limit_req and limit_conn: which requests are rejected, and for how long others are held back. */

import { concurrency } from '../../../../../policies/limits/concurrency.ts'
import { excessAt, leakyBucket } from '../../../../../policies/limits/leaky-bucket.ts'
import { PASS } from '../../../../../policies/limits/limit.ts'
import { ended, judge, zone } from '../../../../../policies/limits/zone.ts'
import { Unfit } from '../../../unfit.ts'
import { allowOnly, stepsOf, textOf, whole } from '../../case-fields.ts'
import { CLIENT_ROW, isNear, limited } from '../../limits.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { type Directive, readDirectives } from '../directives.ts'

/** Keys that all requests of one client share. */
const ONE_CLIENT = /^\$(binary_remote_addr|remote_addr|server_port|server_name|server_addr|host)$/

/** Answered at once by the server behind: this long, ms, is lost on the way at most. */
const LATENCY = 20

/** How far nginx's clock was from the plan, ms. */
const CLOCK = 10

export const limitReqPlayer: Player = {
  needs: ['location', 'sent_at_ms'],
  play(scene) {
    allowOnly(scene, this.needs, ['rate', 'options'])
    const { tree } = readDirectives(scene.recording.config)
    const location = locations(tree).find(
      ({ words }) => words.at(-1)?.replaceAll('/', '') === textOf(scene, 'location'),
    )
    const params = limitReqIn(tree, location)
    const status = statusOf(tree, location, 'limit_req_status')
    const played = limited(scene, leakyBucket, params, ({ at, isRejected, delay }, _memory, before) => {
      const excess = before.rows.size === 0 ? 0 : excessAt(params.rate, before.rows, CLIENT_ROW, at)
      return {
        status: isRejected ? status : 200,
        limit_req_status: isRejected ? 'REJECTED' : delay > 0 ? 'DELAYED' : 'PASSED',
        latency_ms: delay / 1e6,
        sent_ms: at,
        excess: excess / 1000,
      }
    })
    return compared(scene.observed, played, (expected, got, position) => {
      if (position.endsWith('.latency_ms')) return isNear(expected, got, LATENCY)
      if (position.endsWith('.sent_ms')) return isNear(expected, got)
      if (position.endsWith('.excess')) return isNear(expected, got, (CLOCK * params.rate) / 1000 + 0.002)
      return expected === got
    })
  },
}

export const limitConnPlayer: Player = {
  needs: ['limit', 'script'],
  play(scene) {
    allowOnly(scene, this.needs, [])
    const { tree } = readDirectives(scene.recording.config)
    const limiting = locations(tree).filter(({ block }) => ruleIn(block, 'limit_conn') !== undefined)
    const location = limiting[scene.index]
    const rule = ruleIn(location?.block, 'limit_conn')
    if (!rule) throw new Unfit(`the configuration has no location for case ${scene.index}`)
    const params = { limit: whole(Number(rule[1]), 'limit_conn') }
    const status = statusOf(tree, location, 'limit_conn_status')
    const memory = zone(concurrency, params)
    const keys = new Map<string, number>()
    const open = new Map<number, number>()
    const answers: unknown[] = []
    for (const [word, number, key] of stepsOf(scene)) {
      const request = whole(number, 'the number of a request')
      if (word === 'start' && typeof key === 'string') {
        if (!keys.has(key)) keys.set(key, keys.size)
        const isLet = key === '' || judge(concurrency, params, memory, keys.get(key)!, 0) === PASS
        if (isLet && key !== '') open.set(request, keys.get(key)!)
        answers.push(isLet ? 'open' : status)
      } else if (word === 'finish') {
        const held = open.get(request)
        if (held !== undefined) ended(concurrency, params, memory, held)
        open.delete(request)
      } else throw new Unfit(`nothing is known of the step "${word}"`)
    }
    return compared(scene.observed, answers)
  },
}

function locations(tree: readonly Directive[]): readonly Directive[] {
  return tree.flatMap((directive) => [
    ...(directive.name === 'location' ? [directive] : []),
    ...locations(directive.block ?? []),
  ])
}

/** The words of the only rule of that name. @throws Unfit when there are more */
function ruleIn(block: readonly Directive[] | undefined, name: string): readonly string[] | undefined {
  const rules = block?.filter((directive) => directive.name === name) ?? []
  if (rules.length > 1) throw new Unfit(`more than one "${name}" in a location`)
  return rules[0]?.words
}

function limitReqIn(tree: readonly Directive[], location: Directive | undefined) {
  const rule = ruleIn(location?.block, 'limit_req')
  if (!rule) throw new Unfit('no such location has "limit_req"')
  const known = /^(zone=\w+|burst=\d+|delay=\d+|nodelay)$/
  const unknown = rule.find((word) => !known.test(word))
  if (unknown !== undefined) throw new Unfit(`nothing is known of "${unknown}" in "limit_req"`)
  const option = (name: string) => rule.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1)
  const http = tree.find(({ name }) => name === 'http')?.block ?? []
  const declared = http.find(
    ({ name, words }) => name === 'limit_req_zone' && words[1]?.startsWith(`zone=${option('zone')}:`),
  )
  const rate = /^rate=(\d+)r\/([sm])$/.exec(declared?.words[2] ?? '')
  if (!rate) throw new Unfit(`the zone "${option('zone')}" has no rate`)
  if (!ONE_CLIENT.test(declared!.words[0]!))
    throw new Unfit(`nothing is known of the key of "${option('zone')}"`)
  return {
    rate: Number(rate[1]) / (rate[2] === 's' ? 1 : 60),
    burst: Number(option('burst') ?? 0),
    delay: Number(option('delay') ?? 0),
    nodelay: rule.includes('nodelay'),
  }
}

function statusOf(tree: readonly Directive[], location: Directive | undefined, name: string): number {
  const http = tree.find((directive) => directive.name === 'http')?.block
  const words = ruleIn(location?.block, name) ?? ruleIn(http, name) ?? ['503']
  return whole(Number(words[0]), name)
}
