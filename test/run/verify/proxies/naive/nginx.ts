/** nginx in the plainest way: every rule as it is told, over all servers each time. */

import { crc32 } from 'node:zlib'

export interface PlainServer {
  readonly weight: number
  readonly isDown: boolean
  readonly isBackup: boolean
  /** 0: no limit. */
  readonly maxConns: number
  readonly address: string
}

/** Everybody gains, the first with the most wins and pays for all. */
export function plainTurns(servers: readonly PlainServer[]) {
  const current = servers.map(() => 0)
  return (eligible: readonly number[]): number => {
    let total = 0
    let best = -1
    for (const i of eligible) {
      current[i]! += servers[i]!.weight
      total += servers[i]!.weight
      if (best < 0 || current[i]! > current[best]!) best = i
    }
    if (best >= 0) current[best]! -= total
    return best
  }
}

/** Fewest connections for the weight; from the first of several on, one step of turns among them. */
export function plainLeast(servers: readonly PlainServer[], open: readonly number[]) {
  const current = servers.map(() => 0)
  return (eligible: readonly number[]): number => {
    let best = -1
    for (const i of eligible) {
      if (best < 0 || open[i]! * servers[best]!.weight < open[best]! * servers[i]!.weight) best = i
    }
    if (best < 0) return -1
    const level = open[best]! / servers[best]!.weight
    const tied = eligible.filter(
      (i) => i >= best && open[i]! * servers[best]!.weight === open[best]! * servers[i]!.weight,
    )
    if (tied.length === 1 || level < 0) return best
    let total = 0
    best = -1
    for (const i of tied) {
      current[i]! += servers[i]!.weight
      total += servers[i]!.weight
      if (best < 0 || current[i]! > current[best]!) best = i
    }
    current[best]! -= total
    return best
  }
}

function walk(servers: readonly PlainServer[], hash: number): number {
  let left = hash % servers.reduce((sum, { weight }) => sum + weight, 0)
  return servers.findIndex(({ weight }) => {
    left -= weight
    return left < 0
  })
}

/** The first three octets, again and again until they meet a server that can be used; -1 after 20 times more. */
export function plainAddress(servers: readonly PlainServer[], address: string): number {
  const octets = address.split('.').slice(0, 3).map(Number)
  let hash = 89
  for (let tries = 0; tries <= 20; tries++) {
    for (const octet of octets) hash = (hash * 113 + octet) % 6271
    const found = walk(servers, hash)
    if (!servers[found]!.isDown) return found
  }
  return -1
}

export function plainModulo(servers: readonly PlainServer[], key: string): number {
  let hash = 0
  for (let tries = 0; tries <= 20; tries++) {
    hash += (crc32((tries === 0 ? '' : String(tries)) + key) >>> 16) & 0x7fff
    const found = walk(servers, hash)
    if (!servers[found]!.isDown) return found
  }
  return -1
}

export function plainRing(servers: readonly PlainServer[]) {
  const points = new Map<number, number>()
  servers.forEach(({ address, weight }, server) => {
    const [host, port] = address.split(':')
    const before = Buffer.alloc(4)
    for (let k = 0; k < 160 * weight; k++) {
      const point = crc32(Buffer.concat([Buffer.from(`${host}\0${port}`), before]))
      before.writeUInt32LE(point)
      if (!points.has(point)) points.set(point, server)
    }
  })
  const ring = [...points].sort(([a], [b]) => a - b)
  return (key: string): number => {
    const hash = crc32(key)
    let at = ring.findIndex(([point]) => point >= hash)
    if (at < 0) at = 0
    for (let tries = 0; tries <= 20; tries++) {
      const server = ring[(at + tries) % ring.length]![1]
      if (!servers[server]!.isDown) return server
    }
    return -1
  }
}

const WORD = 2n ** 32n

/** MurmurHash2 in whole numbers of any length. */
export function plainMurmur(key: string): number {
  const bytes = [...Buffer.from(key)]
  const factor = 0x5bd1e995n
  let hash = BigInt(bytes.length)
  while (bytes.length >= 4) {
    let word = bytes.splice(0, 4).reduce((sum, byte, k) => sum + BigInt(byte) * 256n ** BigInt(k), 0n)
    word = (word * factor) % WORD
    word = ((word ^ (word >> 24n)) * factor) % WORD
    hash = ((hash * factor) % WORD) ^ word
  }
  if (bytes.length > 0) {
    const rest = bytes.reduce((sum, byte, k) => sum + BigInt(byte) * 256n ** BigInt(k), 0n)
    hash = ((hash ^ rest) * factor) % WORD
  }
  hash = ((hash ^ (hash >> 13n)) * factor) % WORD
  return Number(hash ^ (hash >> 15n))
}
