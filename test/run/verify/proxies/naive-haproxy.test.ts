/** Recordings that a plain model of HAProxy makes, of other backends, weights, keys, scripts and times, all hold. */

import { describe, expect, test } from 'vitest'
import { below, type Stream, stream } from '../../../../src/base/stream.ts'
import {
  type PlainServer,
  plainAvalanche,
  plainFunctions,
  plainLeastconn,
  plainMap,
  plainNearest,
  plainRoundRobin,
} from './naive/haproxy.ts'
import { type Made, outcomesOf, recordingOf } from './play-one.ts'

const ROUNDS = 20
const NAMES = ['web', 'alpha', 'b-2', 'srv.9', 'Z', 'db_1', 'n', 'last']

interface Case {
  readonly input: object
  readonly observed: unknown
  /** Further words of each server's line. */
  readonly words?: (server: number) => string
}

function made(
  name: string,
  lines: string,
  options: { readonly limits?: boolean; readonly heaviest?: number },
  make: (servers: readonly PlainServer[], random: Stream, section: string) => Case,
): Made {
  const random = stream(name, 'naive-haproxy')
  const cases = Array.from({ length: ROUNDS }, (_, k) => {
    const servers = Array.from({ length: 2 + below(random, 5) }, (_, i) => ({
      name: NAMES[i]!,
      weight: 1 + below(random, options.heaviest ?? 20),
      maxconn: options.limits ? 1 + below(random, 3) : 0,
    }))
    const section = `be-${k}`
    const { input, observed, words } = make(servers, random, section)
    const config = [
      `${k % 2 === 0 ? 'listen' : 'backend'} ${section}`,
      ...lines.split('\n'),
      ...servers.map(({ name: called, weight, maxconn }, i) => {
        const limit = maxconn > 0 ? `maxconn ${maxconn} ` : ''
        return `server ${called} 10.0.0.${i}:80 ${limit}weight ${weight} ${words?.(i) ?? ''}`
      }),
    ].join('\n  ')
    return { config, input: { listen: section, ...input }, observed }
  })
  const defaults =
    'global\n  nbthread 1 # one\n\ndefaults\n  mode http\n  timeout connect 2s\n  timeout queue 1m\n  balance source\n'
  return {
    system: 'haproxy 2.6.12',
    config: `${defaults}\n${cases.map(({ config }) => config).join('\n')}\n`,
    input: cases.map(({ input }) => input),
    observed: cases.map(({ observed }) => observed),
  }
}

/** Servers that leave and come back between requests, and what else is asked of them. */
function changes(servers: readonly PlainServer[], random: Stream, section: string, words: readonly string[]) {
  const commands: Record<number, string[]> = {}
  const isOut = servers.map(() => false)
  const steps: { n: number; server: number; isOut: boolean }[] = []
  for (let n = 0; n < 60; n++) {
    if (below(random, 6) > 0) continue
    const server = below(random, servers.length)
    isOut[server] = !isOut[server]
    const { name } = servers[server]!
    const out = words[below(random, words.length)]!
    commands[n] = [
      `set server ${section}/${name} ${isOut[server] ? out : out.startsWith('weight') ? 'weight 100%' : 'state ready'}`,
    ]
    steps.push({ n, server, isOut: isOut[server]! })
  }
  return { commands, steps }
}

const all = (servers: readonly PlainServer[]) => [...servers.keys()]
const weightsOf = (servers: readonly PlainServer[]) => servers.map(({ weight }) => weight)

const recordings: Readonly<Record<string, () => Made>> = {
  'round robin, servers in maintenance and back': () =>
    made('rounds', 'balance roundrobin', {}, (servers, random, section) => {
      const plain = plainRoundRobin(weightsOf(servers))
      const { commands, steps } = changes(servers, random, section, ['state maint', 'state drain'])
      const observed = Array.from({ length: 60 }, (_, n) => {
        for (const { server, isOut } of steps.filter((step) => step.n === n)) {
          if (isOut) plain.leave(server)
          else plain.enter(server)
        }
        const picked = plain.pick()
        return picked < 0 ? 503 : servers[picked]!.name
      })
      return { input: { requests: 60, stats_socket_commands_before_request: commands }, observed }
    }),
  'static-rr': () =>
    made('map', 'balance static-rr', {}, (servers) => {
      const map = plainMap(weightsOf(servers), all(servers))
      const observed = Array.from({ length: 70 }, (_, n) => servers[map[n % map.length]!]!.name)
      return { input: { requests: 70 }, observed }
    }),
  'leastconn, held': () =>
    made('least', 'balance leastconn', { heaviest: 6 }, (servers, random) => {
      const plain = plainLeastconn(weightsOf(servers))
      const open: { request: number; server: number }[] = []
      const steps: unknown[] = []
      const observed: string[] = []
      for (let n = 0; n < 50; ) {
        if (open.length > 0 && below(random, 5) < 2) {
          const [{ request, server }] = open.splice(below(random, open.length), 1) as [(typeof open)[0]]
          steps.push(['finish', request])
          plain.finish(server)
          continue
        }
        const server = plain.start()
        steps.push(['start', n])
        observed.push(servers[server]!.name)
        open.push({ request: n++, server })
      }
      return { input: { script: steps }, observed }
    }),
  'first with limits and a queue': () => made('first', 'balance first', { limits: true }, firstScript),
  'hash by map, one server in maintenance': () =>
    made('hash-map', 'balance hdr(X-Key)\n  hash-type map-based djb2', {}, (servers, random) => {
      const out = below(random, servers.length)
      const map = plainMap(
        weightsOf(servers),
        all(servers).filter((i) => i !== out),
      )
      const keys = Array.from({ length: 60 }, () => `k${below(random, 1e6)}`)
      const observed = keys.map((key) => map[plainFunctions.djb2!(key) % map.length]! + 1)
      return { input: { keys, server_in_maint: out + 1 }, observed }
    }),
  'consistent hash of paths': () =>
    made('ring', 'balance uri\n  hash-type consistent', { heaviest: 3 }, (servers, random) => {
      const keys = Array.from({ length: 30 }, () => `/p/${below(random, 1e6)}?q=${below(random, 9)}`)
      const observed = keys.map((key) => {
        const hash = plainAvalanche(plainFunctions.sdbm!(key.split('?')[0]!))
        return plainNearest(weightsOf(servers), all(servers), hash) + 1
      })
      return { input: { keys }, observed }
    }),
  'consistent hash of addresses, without avalanche': () =>
    made('source', 'balance source\n  hash-type consistent sdbm', { heaviest: 3 }, (servers, random) => {
      const octets = Array.from({ length: 30 }, () => Array.from({ length: 4 }, () => below(random, 256)))
      const observed = octets.map((one) => {
        const hash = one.reduce((sum, octet) => 256 * sum + octet, 0)
        return plainNearest(weightsOf(servers), all(servers), hash) + 1
      })
      return { input: { keys: octets.map((one) => one.join('.')) }, observed }
    }),
  'cookies, servers that drain or are in maintenance': () =>
    made('cookies', 'balance roundrobin\n  cookie LB insert indirect nocache', {}, cookieScript),
}

/** The first with a free slot; who finds none waits, and a slot that is free goes to who has waited longest. */
function firstScript(servers: readonly PlainServer[], random: Stream): Case {
  const served = servers.map(() => 0)
  const at = new Map<number, number>()
  const queue: number[] = []
  const steps: unknown[] = []
  const observed: unknown[] = []
  const take = (word: string, request: number, server: number) => {
    served[server]!++
    at.set(request, server)
    observed.push([word, request, servers[server]!.name])
  }
  for (let n = 0; n < 40; ) {
    const open = [...at.keys(), ...queue]
    if (open.length > 0 && below(random, 5) < 2) {
      const request = open[below(random, open.length)]!
      steps.push(['finish', request])
      const server = at.get(request)
      if (server === undefined) {
        observed.push(['skipped_finish', request])
        continue
      }
      at.delete(request)
      served[server]!--
      if (queue.length > 0) take('dequeued', queue.shift()!, server)
      continue
    }
    steps.push(['start', n])
    const free = servers.findIndex(({ maxconn }, i) => served[i]! < maxconn)
    if (free >= 0) take('pick', n, free)
    else {
      queue.push(n)
      observed.push(['queued', n])
    }
    n++
  }
  return { input: { script: steps }, observed }
}

function cookieScript(servers: readonly PlainServer[], random: Stream): Case {
  const plain = plainRoundRobin(weightsOf(servers))
  const states = servers.map(() => 'ready')
  const given = new Map<string, number>()
  const steps: unknown[] = []
  const observed: unknown[] = []
  for (let n = 0; n < 60; n++) {
    if (below(random, 4) === 0) {
      const server = below(random, servers.length)
      const state = ['ready', 'drain', 'maint'][below(random, 3)]!
      // The last one stays, so that there is always an answer.
      if (state !== 'ready' && states.filter((one) => one === 'ready').length <= 1) continue
      steps.push(['cmd', `set server {l}/${servers[server]!.name} state ${state}`])
      if (state === 'ready') plain.enter(server)
      else plain.leave(server)
      states[server] = state
      continue
    }
    const client = `c${below(random, 5)}`
    steps.push(['req', client])
    const stuck = given.get(client)
    const isHonoured = stuck !== undefined && states[stuck] !== 'maint'
    const server = isHonoured ? stuck : plain.pick()
    given.set(client, server)
    const { name } = servers[server]!
    observed.push([200, name, isHonoured ? null : `LB=id-${server}; path=/`, 0])
  }
  return { input: { script: steps }, observed, words: (server) => `cookie id-${server}` }
}

describe('a plain model of HAProxy agrees with our policies', () => {
  test.each(Object.keys(recordings))('%s', (name) => {
    const outcomes = outcomesOf(recordingOf(recordings[name]!()))
    expect(outcomes.filter(({ kind }) => kind !== 'held')).toEqual([])
  })
})

test('a queue before one server: everybody in turn, until somebody has waited too long', () => {
  const random = stream(2, 'queue')
  for (let n = 0; n < 30; n++) {
    const slots = 1 + below(random, 3)
    const delay = 10 * (20 + below(random, 30))
    const patience = 10 * (5 + below(random, 120)) + 5
    const at = Array.from({ length: 12 }, (_, i) => 100 * i + 11 * below(random, 9)).sort((a, b) => a - b)
    const ends = Array.from({ length: slots }, () => 0)
    const observed = at.map((arrival) => {
      const slot = ends.indexOf(Math.min(...ends))
      const begins = Math.max(arrival, ends[slot]!)
      if (begins - arrival > patience) return [503, patience / 1000]
      ends[slot] = begins + delay
      return [200, (begins + delay - arrival) / 1000]
    })
    const config = `listen l\n  timeout queue ${patience}ms\n  server only 1.1.1.1:1 maxconn ${slots}`
    const input = { listen: 'l', backend_delay_s: delay / 1000, request_at_s: at.map((ms) => ms / 1000) }
    const outcomes = outcomesOf(
      recordingOf({ system: 'haproxy 2.6.12', config, input: [input], observed: [observed] }),
    )
    expect(outcomes).toEqual([{ kind: 'held', tests: [] }])
  }
})

test('slow start: what changed just before nobody looked any more counts if it was recorded', () => {
  const config = 'listen l\n  server a 1.1.1.1:1 check slowstart 4s weight 20'
  const first = [
    [0, 2],
    [1, 7],
  ]
  const outcomeOf = (...last: [number, number][]) => {
    const made = { system: 'haproxy 2.6.12', config, input: [{ listen: 'l', seen_for_s: 2 }] }
    return outcomesOf(recordingOf({ ...made, observed: [[...first, ...last]] }))[0]!.kind
  }
  const kinds = [outcomeOf(), outcomeOf([2, 12]), outcomeOf([2.05, 12]), outcomeOf([2, 13])]
  expect(kinds).toEqual(['held', 'held', 'held', 'failed'])
})

test('slow start: the weight that is shown, second by second', () => {
  for (const [weight, window] of [
    [100, 7],
    [37, 10],
    [256, 60],
    [3, 20],
  ] as const) {
    const observed: [number, number][] = []
    for (let s = 0; s <= window; s++) {
      const effective = s >= window ? 16 * weight : weight * Math.trunc((16 * s + window) / window)
      const shown = Math.ceil(effective / 16)
      if (observed.at(-1)?.[1] !== shown) observed.push([s, shown])
    }
    const config = `listen l\n  server a 1.1.1.1:1 check slowstart ${window}s weight ${weight}\n  server b 1.1.1.1:2`
    const input = { listen: 'l', seen_for_s: window + 2 }
    const outcomes = outcomesOf(
      recordingOf({ system: 'haproxy 2.6.12', config, input: [input], observed: [observed] }),
    )
    expect(outcomes).toEqual([{ kind: 'held', tests: [] }])
  }
})
