/**
 * Each eviction policy written down as plainly as it can be said, over arrays of keys: slow, and independent
 * of the lists, slots and tables of the real ones. All sizes are 1.
 */

/** Gives for each request whether it was a hit, and who left. */
export interface Naive {
  request(key: number, now: number): { readonly isHit: boolean; readonly gone: readonly number[] }
  held(): number[]
  purge(key: number): void
}

/** What most have in common: who is held in which order, and one victim for each newcomer when full. */
interface Rules {
  readonly lists: number[][]
  hit(key: number, now: number): void
  arrive?(key: number): void
  /** Takes one out of the lists, and gives it. */
  victim(key: number): number
  insert(key: number, now: number): void
  purged?(key: number): void
  every?(key: number): void
}

function naive(capacity: number, rules: Rules): Naive {
  const { lists } = rules
  const held = () => lists.flat()
  return {
    held,
    request(key, now) {
      rules.every?.(key)
      if (held().includes(key)) {
        rules.hit(key, now)
        return { isHit: true, gone: [] }
      }
      rules.arrive?.(key)
      const gone = held().length >= capacity ? [rules.victim(key)] : []
      rules.insert(key, now)
      return { isHit: false, gone }
    },
    purge(key) {
      rules.purged?.(key)
      for (const list of lists) if (list.includes(key)) list.splice(list.indexOf(key), 1)
    },
  }
}

const without = (list: number[], key: number) => list.splice(list.indexOf(key), 1)

export function naiveLru(capacity: number, interval = 0): Naive {
  const order: number[] = []
  const moved = new Map<number, number>()
  return naive(capacity, {
    lists: [order],
    hit(key, now) {
      if (now - moved.get(key)! < interval) return
      without(order, key)
      order.unshift(key)
      moved.set(key, now)
    },
    victim: () => order.pop()!,
    insert(key, now) {
      order.unshift(key)
      moved.set(key, now)
    },
  })
}

export function naiveFifo(capacity: number): Naive {
  const order: number[] = []
  return naive(capacity, {
    lists: [order],
    hit: () => {},
    victim: () => order.pop()!,
    insert: (key) => order.unshift(key),
  })
}

export function naiveClock(capacity: number, chances = 1): Naive {
  const order: number[] = []
  const hits = new Map<number, number>()
  return naive(capacity, {
    lists: [order],
    hit: (key) => hits.set(key, Math.min(chances, hits.get(key)! + 1)),
    victim() {
      for (;;) {
        const key = order.pop()!
        if (hits.get(key) === 0) return key
        hits.set(key, hits.get(key)! - 1)
        order.unshift(key)
      }
    },
    insert(key) {
      order.unshift(key)
      hits.set(key, 0)
    },
  })
}

/** As the pseudocode of the paper: the hand walks from the tail to the head and wraps. */
export function naiveSieve(capacity: number): Naive {
  const order: number[] = []
  const visited = new Set<number>()
  let hand: number | undefined
  const newer = (key: number): number | undefined => order[order.indexOf(key) - 1]
  return naive(capacity, {
    lists: [order],
    hit: (key) => visited.add(key),
    victim() {
      let key = hand ?? order.at(-1)!
      while (visited.has(key)) {
        visited.delete(key)
        key = newer(key) ?? order.at(-1)!
      }
      hand = newer(key)
      without(order, key)
      return key
    },
    insert: (key) => order.unshift(key),
    purged(key) {
      if (hand === key) hand = newer(key)
      visited.delete(key)
    },
  })
}

export function naiveLfu(capacity: number): Naive {
  const order: number[] = []
  const counts = new Map<number, number>()
  return naive(capacity, {
    lists: [order],
    hit(key) {
      counts.set(key, counts.get(key)! + 1)
      without(order, key)
      order.unshift(key)
    },
    victim() {
      const least = Math.min(...order.map((key) => counts.get(key)!))
      const key = order.findLast((one) => counts.get(one) === least)!
      without(order, key)
      return key
    },
    insert(key) {
      counts.set(key, 1)
      order.unshift(key)
    },
  })
}

export function naiveSlru(capacity: number, share = 0.8): Naive {
  const [probation, safe]: number[][] = [[], []]
  return naive(capacity, {
    lists: [probation!, safe!],
    hit(key) {
      without(safe!.includes(key) ? safe! : probation!, key)
      safe!.unshift(key)
      if (safe!.length > Math.floor(share * capacity)) probation!.unshift(safe!.pop()!)
    },
    victim: () => (probation!.pop() ?? safe!.pop())!,
    insert: (key) => probation!.unshift(key),
  })
}

export function naiveTwoQ(capacity: number, kin = 0.25, kout = 0.5): Naive {
  const [queue, main]: number[][] = [[], []]
  let out: number[] = []
  let isBack = false
  return naive(capacity, {
    lists: [queue!, main!],
    hit(key) {
      if (!main!.includes(key)) return
      without(main!, key)
      main!.unshift(key)
    },
    arrive(key) {
      isBack = out.includes(key)
      out = out.filter((one) => one !== key)
    },
    victim() {
      if (queue!.length <= Math.floor(kin * capacity) && main!.length > 0) return main!.pop()!
      const key = queue!.pop()!
      out = [key, ...out].slice(0, Math.floor(kout * capacity))
      return key
    },
    insert: (key) => (isBack ? main! : queue!).unshift(key),
  })
}

export function naiveS3Fifo(capacity: number): Naive {
  const [small, main]: number[][] = [[], []]
  const smallAtMost = Math.max(1, Math.floor(0.1 * capacity))
  const hits = new Map<number, number>()
  let ghosts: number[] = []
  let isBack = false
  const fromMain = (): number => {
    for (;;) {
      const key = main!.pop()!
      if (hits.get(key) === 0) return key
      hits.set(key, hits.get(key)! - 1)
      main!.unshift(key)
    }
  }
  return naive(capacity, {
    lists: [small!, main!],
    hit: (key) => hits.set(key, Math.min(3, hits.get(key)! + 1)),
    arrive(key) {
      isBack = ghosts.includes(key)
      ghosts = ghosts.filter((one) => one !== key)
    },
    victim() {
      while (small!.length > 0 && (small!.length >= smallAtMost || main!.length === 0)) {
        const key = small!.pop()!
        if (hits.get(key)! < 2) {
          ghosts = [key, ...ghosts].slice(0, capacity - smallAtMost)
          return key
        }
        hits.set(key, 0)
        main!.unshift(key)
      }
      return fromMain()
    },
    insert(key) {
      hits.set(key, 0)
      ;(isBack ? main! : small!).unshift(key)
    },
  })
}

/** Figure 4 of the paper, with its four lists and its names. */
export function naiveArc(c: number): Naive {
  const [t1, t2, b1, b2]: number[][] = [[], [], [], []]
  let p = 0
  let from = 0
  const toGhosts = (t: number[], b: number[]): number => {
    const key = t.pop()!
    b.unshift(key)
    return key
  }
  const replace = () => {
    const isOnce = t1!.length > 0 && ((from === 2 && t1!.length === p) || t1!.length > p)
    return isOnce || t2!.length === 0 ? toGhosts(t1!, b1!) : toGhosts(t2!, b2!)
  }
  return naive(c, {
    lists: [t1!, t2!],
    hit(key) {
      without(t1!.includes(key) ? t1! : t2!, key)
      t2!.unshift(key)
    },
    arrive(key) {
      from = b1!.includes(key) ? 1 : b2!.includes(key) ? 2 : 0
      if (from === 1) p = Math.min(c, p + Math.max(1, b2!.length / b1!.length))
      if (from === 2) p = Math.max(0, p - Math.max(1, b1!.length / b2!.length))
      if (from > 0) without(from === 1 ? b1! : b2!, key)
      else if (t1!.length + b1!.length === c) b1!.pop()
      else if (t1!.length + t2!.length + b1!.length + b2!.length === 2 * c) b2!.pop()
    },
    victim: () => (from === 0 && t1!.length === c ? t1!.pop()! : replace()),
    insert: (key) => (from > 0 ? t2! : t1!).unshift(key),
  })
}

/** With exact counts in place of a sketch. */
export function naiveWTinyLfu(capacity: number): Naive {
  const windowAtMost = Math.max(1, Math.floor(0.01 * capacity))
  const safeAtMost = Math.floor(0.8 * (capacity - windowAtMost))
  const [window, probation, safe]: number[][] = [[], [], []]
  const counts = new Map<number, number>()
  let counted = 0
  const size = () => window!.length + probation!.length + safe!.length
  const of = (key: number) => counts.get(key) ?? 0
  return naive(capacity, {
    lists: [window!, probation!, safe!],
    every(key) {
      counts.set(key, Math.min(15, of(key) + 1))
      if (++counted < 10 * Math.max(16, size())) return
      counted = Math.floor(counted / 2)
      for (const [one, n] of counts) counts.set(one, Math.floor(n / 2))
    },
    hit(key) {
      const list = [window!, probation!, safe!].find((one) => one.includes(key))!
      without(list, key)
      ;(list === window! ? window! : safe!).unshift(key)
      if (safe!.length > safeAtMost) probation!.unshift(safe!.pop()!)
    },
    victim() {
      const main = probation!.length > 0 ? probation! : safe!
      if (main.length === 0) return window!.pop()!
      if (window!.length < windowAtMost) return main.pop()!
      const candidate = window!.pop()!
      if (of(candidate) <= of(main.at(-1)!)) return candidate
      const victim = main.pop()!
      probation!.unshift(candidate)
      return victim
    },
    insert(key) {
      window!.unshift(key)
      if (window!.length > windowAtMost) probation!.unshift(window!.pop()!)
    },
  })
}
