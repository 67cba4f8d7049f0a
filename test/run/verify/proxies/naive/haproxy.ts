/** HAProxy in the plainest way: lists that are searched from the front. */

export interface PlainServer {
  readonly name: string
  readonly weight: number
  /** 0: no limit. */
  readonly maxconn: number
}

interface Placed {
  readonly server: number
  npos: number
  lpos: number
  rw: number
  key: number
  order: number
  tree: 'init' | 'current' | 'next' | 'none'
}

/** The line of positions, with changes while it runs. */
export function plainRoundRobin(weights: readonly number[]) {
  const shares = weights.map((weight) => 16 * weight)
  const isIn = weights.map((weight) => weight > 0)
  let order = 0
  const all: Placed[] = shares.map((share, server) => {
    const tree = share > 0 ? 'init' : 'none'
    return { server, npos: 0, lpos: 0, rw: 0, key: 4096 - share, order: order++, tree }
  })
  let pos = shares.reduce((sum, share) => sum + share, 0)
  let currentWeight = pos
  let nextWeight = pos
  const smallest = (tree: Placed['tree']) =>
    all.filter((x) => x.tree === tree).sort((a, b) => a.key - b.key || a.order - b.order)[0]
  const queue = (x: Placed) => {
    const share = shares[x.server]!
    x.order = order++
    if (x.npos >= 2 * currentWeight || x.npos >= currentWeight + nextWeight) {
      x.npos -= currentWeight
      x.tree = 'next'
      x.key = 4096 - share
    } else {
      x.tree = 'current'
      x.key = 256 * x.npos + Math.trunc((4096 + x.rw - share) / 16)
    }
  }
  const choose = (): Placed | undefined => {
    const due = smallest('current')
    if (due && due.npos <= pos) return due
    const fresh = smallest('init')
    if (!fresh) return due
    fresh.npos = 0
    fresh.rw = 0
    return fresh
  }
  return {
    pick(): number {
      if (!isIn.includes(true)) return -1
      if (currentWeight === 0) pos = currentWeight = nextWeight
      let x = choose()
      if (!x) {
        for (const one of all) if (one.tree === 'next') one.tree = 'init'
        currentWeight = nextWeight
        pos = currentWeight
        x = choose()
      }
      if (!x) return -1
      const share = shares[x.server]!
      if (x.npos === 0) x.npos = pos
      x.lpos = x.npos
      x.npos += Math.trunc(nextWeight / share)
      x.rw += nextWeight % share
      if (x.rw >= share) {
        x.rw -= share
        x.npos += 1
      }
      pos += 1
      queue(x)
      return x.server
    },
    leave(server: number): void {
      if (!isIn[server]) return
      isIn[server] = false
      nextWeight -= shares[server]!
      all[server]!.tree = 'none'
    },
    enter(server: number): void {
      if (isIn[server]) return
      isIn[server] = true
      const x = all[server]!
      nextWeight += shares[server]!
      x.npos = pos + Math.trunc((nextWeight + currentWeight - pos) / shares[server]!)
      queue(x)
    },
  }
}

/** The map of static-rr and of hashing by modulo. */
export function plainMap(weights: readonly number[], usable: readonly number[]): readonly number[] {
  const divisor = weights.reduce((a, b) => {
    while (b > 0) [a, b] = [b, a % b]
    return a
  })
  const w = weights.map((weight) => weight / divisor)
  const total = usable.reduce((sum, i) => sum + w[i]!, 0)
  const score = w.map(() => 0)
  return Array.from({ length: total }, () => {
    let best = -1
    let most = 0
    for (const i of usable) {
      score[i]! += w[i]!
      const v = Math.trunc((score[i]! + total) / total)
      if (best >= 0 && v <= most) continue
      best = i
      most = v
    }
    score[best]! -= total
    return best
  })
}

/** Servers in a list by key; equal ones as they came. */
export function plainLeastconn(weights: readonly number[]) {
  const served = weights.map(() => 0)
  const key = (i: number) =>
    served[i] === 0 ? 0 : Math.trunc(((served[i]! + 1) * 4096) / (16 * weights[i]!))
  let list = weights.map((_, i) => ({ server: i, key: 0 }))
  const move = (i: number) => {
    list = [...list.filter(({ server }) => server !== i), { server: i, key: key(i) }]
    list.sort((a, b) => a.key - b.key)
  }
  return {
    start(isFull: (server: number, served: number) => boolean = () => false): number {
      const found = list.find(({ server }) => !isFull(server, served[server]!))
      if (!found) return -1
      served[found.server]!++
      move(found.server)
      return found.server
    },
    finish(server: number): void {
      served[server]!--
      move(server)
    },
  }
}

const WORD = 2n ** 32n
const wrap = (value: bigint) => ((value % WORD) + WORD) % WORD

/** The avalanche in six steps. */
export function plainAvalanche(value: number): number {
  let a = BigInt(value)
  a = wrap(a + 0x7ed55d16n + (a << 12n))
  a = wrap(a ^ 0xc761c23cn ^ (a >> 19n))
  a = wrap(a + 0x165667b1n + (a << 5n))
  a = wrap(wrap(a + 0xd3a2646cn) ^ wrap(a << 9n))
  a = wrap(a + 0xfd7046c5n + (a << 3n))
  a = wrap(a ^ 0xb55a4f09n ^ (a >> 16n))
  return Number(wrap(a * 3221225473n))
}

export const plainFunctions: Readonly<Record<string, (key: string) => number>> = {
  sdbm: (key) => fold(key, 0n, (hash, c) => c + (hash << 6n) + (hash << 16n) - hash),
  djb2: (key) => fold(key, 5381n, (hash, c) => hash * 33n + c),
}

function fold(key: string, from: bigint, step: (hash: bigint, c: bigint) => bigint): number {
  return Number([...Buffer.from(key)].reduce((hash, byte) => wrap(step(hash, BigInt(byte))), from))
}

/** The nearest node of all, before or after. */
export function plainNearest(weights: readonly number[], usable: readonly number[], hash: number): number {
  const nodes = usable.flatMap((server) =>
    Array.from({ length: 16 * weights[server]! }, (_, j) => ({
      at: plainAvalanche((server + 1) * 4096 + j),
      server,
    })),
  )
  nodes.sort((a, b) => a.at - b.at)
  const next = nodes.find(({ at }) => at >= hash) ?? nodes[0]!
  const place = nodes.indexOf(next)
  const before = nodes[(place + nodes.length - 1) % nodes.length]!
  const gap = (from: number, to: number) => Number(wrap(BigInt(to) - BigInt(from)))
  return gap(before.at, hash) <= gap(hash, next.at) ? before.server : next.server
}
