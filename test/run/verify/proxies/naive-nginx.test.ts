/** Recordings that a plain model of nginx makes, of other upstreams, weights, keys and scripts, all hold. */

import { describe, expect, test } from 'vitest'
import { below, type Stream, stream } from '../../../../src/base/stream.ts'
import {
  type PlainServer,
  plainAddress,
  plainLeast,
  plainModulo,
  plainMurmur,
  plainRing,
  plainTurns,
} from './naive/nginx.ts'
import { type Made, outcomesOf, recordingOf } from './play-one.ts'

const ROUNDS = 25

interface Options {
  readonly down?: boolean
  readonly backup?: boolean
  readonly maxConns?: boolean
}

function serversBy(random: Stream, { down, backup, maxConns }: Options): PlainServer[] {
  const count = 2 + below(random, 6)
  return Array.from({ length: count }, (_, i) => ({
    address: `10.${below(random, 200)}.0.${i}:${80 + below(random, 9000)}`,
    weight: 1 + below(random, 9),
    isDown: i > 0 && down === true && below(random, 4) === 0,
    isBackup: i > 0 && backup === true && below(random, 3) === 0,
    maxConns: maxConns === true && below(random, 3) > 0 ? 1 + below(random, 3) : 0,
  }))
}

/** Options in any order, as people write them. */
function lineOf({ address, weight, isDown, isBackup, maxConns }: PlainServer, random: Stream): string {
  const options = [
    ...(weight > 1 || below(random, 2) === 0 ? [`weight=${weight}`] : []),
    ...(isDown ? ['down'] : []),
    ...(isBackup ? ['backup'] : []),
    ...(maxConns > 0 ? [`max_conns=${maxConns}`] : []),
    'max_fails=0',
  ]
  if (below(random, 2) === 0) options.reverse()
  return `server ${address}  ${options.join(' ')};`
}

/** A recording of several cases, each of an upstream of its own. */
function made(
  name: string,
  method: string,
  options: Options,
  make: (servers: readonly PlainServer[], random: Stream) => { input: object; observed: unknown },
): Made {
  const random = stream(name, 'naive-nginx')
  const cases = Array.from({ length: ROUNDS }, (_, k) => {
    const servers = serversBy(random, options)
    const lines = servers.map((server) => lineOf(server, random)).join('\n    ')
    const { input, observed } = make(servers, random)
    return {
      config: `upstream  pool-${k} {\n ${method}\n ${lines} }`,
      input: { upstream: `pool-${k}`, ...input },
      observed,
    }
  })
  const upstreams = cases.map(({ config }) => config).join('\n')
  const config = `# made\nworker_processes 1;\nhttp {\n${upstreams}\n  server { listen 80; location / { proxy_pass http://pool-0; } } }`
  return {
    system: 'nginx 1.22.1',
    config,
    input: cases.map(({ input }) => input),
    observed: cases.map(({ observed }) => observed),
  }
}

const usable = (servers: readonly PlainServer[]) => [...servers.keys()].filter((i) => !servers[i]!.isDown)
const texts = (random: Stream) =>
  Array.from({ length: 40 }, () => `/page/${below(random, 1e6)}?q=é${below(random, 9)}`)
const addresses = (random: Stream) =>
  Array.from({ length: 40 }, () => Array.from({ length: 4 }, () => below(random, 256)).join('.'))

/** Requests of a script that are open may end. */
function script(random: Stream, start: () => number, finish: (server: number) => void) {
  const steps: [string, number][] = []
  const picks: unknown[] = []
  const open: { request: number; server: number }[] = []
  for (let n = 0; n < 60; ) {
    if (open.length > 0 && below(random, 5) < 2) {
      const [{ request, server }] = open.splice(below(random, open.length), 1) as [
        { request: number; server: number },
      ]
      steps.push(['finish', request])
      if (server >= 0) finish(server)
    } else {
      const server = start()
      steps.push(['start', n])
      open.push({ request: n++, server })
      picks.push(server < 0 ? 502 : `s${server + 1}`)
    }
  }
  return { input: { script: steps }, observed: picks }
}

const recordings: Readonly<Record<string, () => Made>> = {
  'smooth round robin, some servers down': () =>
    made('turns', '', { down: true }, (servers) => {
      const pick = plainTurns(servers)
      const count = 50
      return {
        input: { requests: count },
        observed: Array.from({ length: count }, () => `s${pick(usable(servers)) + 1}`),
      }
    }),
  'round robin with limits and backups': () =>
    made('limits', 'zone z 64k;', { maxConns: true, backup: true }, (servers, random) => {
      const open = servers.map(() => 0)
      const pickFrom = { false: plainTurns(servers), true: plainTurns(servers) }
      const start = () => {
        for (const isBackup of [false, true] as const) {
          const free = [...servers.keys()].filter((i) => {
            const { maxConns, isBackup: is } = servers[i]!
            return is === isBackup && (maxConns === 0 || open[i]! < maxConns)
          })
          if (free.length === 0) continue
          const server = pickFrom[`${isBackup}`](free)
          open[server]!++
          return server
        }
        return -1
      }
      return script(random, start, (server) => open[server]!--)
    }),
  'least connections with limits': () =>
    made('least', 'least_conn;', { maxConns: true, down: true }, (servers, random) => {
      const open = servers.map(() => 0)
      const pick = plainLeast(servers, open)
      const start = () => {
        const free = usable(servers).filter(
          (i) => servers[i]!.maxConns === 0 || open[i]! < servers[i]!.maxConns,
        )
        const server = pick(free)
        if (server >= 0) open[server]!++
        return server
      }
      return script(random, start, (server) => open[server]!--)
    }),
  ip_hash: () =>
    made('address', 'ip_hash;', { down: true }, (servers, random) => {
      const clients = addresses(random).filter((address) => plainAddress(servers, address) >= 0)
      return {
        input: { client_ips: clients },
        observed: clients.map((address) => plainAddress(servers, address) + 1),
      }
    }),
  'hash by modulo': () =>
    made('modulo', 'hash $request_uri;', { down: true }, (servers, random) => {
      const keys = texts(random).filter((key) => plainModulo(servers, key) >= 0)
      return { input: { keys }, observed: keys.map((key) => plainModulo(servers, key) + 1) }
    }),
  'hash of a text around a variable': () =>
    made('around', 'hash v1:$arg_id;', {}, (servers, random) => {
      const keys = texts(random)
      return { input: { keys }, observed: keys.map((key) => plainModulo(servers, `v1:${key}`) + 1) }
    }),
  'consistent hash': () =>
    made('ring', 'hash $uri consistent;', { down: true }, (servers, random) => {
      const find = plainRing(servers)
      const keys = texts(random).filter((key) => find(key) >= 0)
      return { input: { keys }, observed: keys.map((key) => find(key) + 1) }
    }),
}

describe('a plain model of nginx agrees with our policies', () => {
  test.each(Object.keys(recordings))('%s', (name) => {
    const outcomes = outcomesOf(recordingOf(recordings[name]!()))
    expect(outcomes.filter(({ kind }) => kind !== 'held')).toEqual([])
  })
})

test('split_clients: shares of a whole, and what is left over', () => {
  const random = stream(1, 'split')
  for (let n = 0; n < 20; n++) {
    const shares = Array.from({ length: 1 + below(random, 4) }, () => below(random, 2400) / 100 + 0.01)
    const isOpen = n % 2 === 0
    const values = [...shares.map((_, i) => `v${i}`), ...(isOpen ? ['rest'] : [])]
    const parts = shares.map((share, i) => `${share.toFixed(2)}% v${i};`).join(' ')
    const keys = Array.from({ length: 200 }, (_, i) => `ключ-${n}-${i}`)
    const observed = keys.map((key) => {
      let sum = 0
      const found = shares.findIndex((share) => {
        sum += Math.round(100 * share)
        return plainMurmur(key) < Math.floor((sum * (2 ** 32 - 1)) / 10000)
      })
      return found >= 0 ? `v${found}` : isOpen ? 'rest' : ''
    })
    expect(new Set(observed).size).toBeLessThanOrEqual(values.length + 1)
    const config = `http { split_clients $cookie_id $half { ${parts} ${isOpen ? '* rest;' : ''} } server { location = /x { return 200 $half; } } }`
    const outcomes = outcomesOf(
      recordingOf({ system: 'nginx', config, input: [{ location: '/x', keys }], observed: [observed] }),
    )
    expect(outcomes).toEqual([{ kind: 'held', tests: [] }])
  }
})
