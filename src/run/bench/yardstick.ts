/**
 * The yardstick of the benchmark: the same workloads as one tight loop without structure, measures of its own
 * or a way to stop, save or look. It says how fast this machine could go, so that ratios can be quoted.
 *
 * One binary heap of departures in typed arrays, the next arrival outside of it, alea for draws, -ln(u) for
 * exponentials, a log-linear histogram of latencies. No style to follow.
 */

import { stream } from '../../base/stream.ts'

/** Bucket of 2^-40 s, the least latency that is told apart. */
const LOWEST = (1023 - 40) << 7

export interface YardstickResult {
  readonly done: number
  readonly meanMs: number
  readonly p99Ms: number
}

/** @param kind 'W1' round robin, 'W2' fewest in flight, 'W3' two random choices */
export function yardstick(
  kind: string,
  replicas: number,
  load: number,
  requests: number,
  seed: number,
): YardstickResult {
  const [a0, b0, c0, carry0] = stream(seed, 'yardstick') as unknown as [number, number, number, number]
  let s0 = a0
  let s1 = b0
  let s2 = c0
  let carry = carry0
  const service = 0.01
  const gap = service / (load * replicas)
  const rule = kind === 'W1' ? 1 : kind === 'W2' ? 2 : 3

  const times = new Float64Array(replicas + 8)
  const owners = new Int32Array(replicas + 8)
  let size = 0

  let capacity = 4096
  let next = new Int32Array(capacity)
  let born = new Float64Array(capacity)
  let free = -1
  let used = 0
  const first = new Int32Array(replicas).fill(-1)
  const last = new Int32Array(replicas)
  const load_ = new Int32Array(replicas)

  const lists = 4096
  const after = new Int32Array(replicas + lists)
  const before = new Int32Array(replicas + lists)
  for (let i = 0; i < replicas + lists; i++) after[i] = before[i] = i
  if (rule === 2) {
    for (let i = 0; i < replicas; i++) {
      const end = before[replicas]!
      after[end] = i
      before[i] = end
      after[i] = replicas
      before[replicas] = i
    }
  }
  let least = 0

  const counts = new Uint32Array(1 << 16)
  const bits = new Float64Array(1)
  const words = new Uint32Array(bits.buffer)
  let sum = 0
  let done = 0
  let arrived = 0
  let turn = 0
  let t = 2091639 * s0 + carry * 2.3283064365386963e-10
  s0 = s1
  s1 = s2
  carry = t | 0
  s2 = t - carry
  let nextArrival = -Math.log(1 - s2) * gap

  for (;;) {
    let now: number
    if (size === 0 || nextArrival <= times[0]!) {
      if (arrived === requests) {
        if (size === 0) break
      } else {
        now = nextArrival
        arrived++
        let r = 0
        if (rule === 1) {
          r = turn
          if (++turn === replicas) turn = 0
        } else if (rule === 2) {
          while (after[replicas + least] === replicas + least) least++
          r = after[replicas + least]!
        } else {
          t = 2091639 * s0 + carry * 2.3283064365386963e-10
          s0 = s1
          s1 = s2
          carry = t | 0
          s2 = t - carry
          r = (s2 * replicas) | 0
          t = 2091639 * s0 + carry * 2.3283064365386963e-10
          s0 = s1
          s1 = s2
          carry = t | 0
          s2 = t - carry
          const other = (s2 * replicas) | 0
          if (load_[other]! < load_[r]!) r = other
        }
        let id = free
        if (id >= 0) free = next[id]!
        else {
          if (used === capacity) {
            capacity *= 2
            const wideNext = new Int32Array(capacity)
            wideNext.set(next)
            next = wideNext
            const wideBorn = new Float64Array(capacity)
            wideBorn.set(born)
            born = wideBorn
          }
          id = used++
        }
        born[id] = now
        next[id] = -1
        const count = ++load_[r]!
        if (rule === 2) {
          const x = before[r]!
          const y = after[r]!
          after[x] = y
          before[y] = x
          const head = replicas + count
          const end = before[head]!
          after[end] = r
          before[r] = end
          after[r] = head
          before[head] = r
        }
        if (count > 1) {
          next[last[r]!] = id
          last[r] = id
        } else {
          first[r] = last[r] = id
          t = 2091639 * s0 + carry * 2.3283064365386963e-10
          s0 = s1
          s1 = s2
          carry = t | 0
          s2 = t - carry
          const ends = now - Math.log(1 - s2) * service
          let hole = size++
          while (hole > 0) {
            const up = (hole - 1) >> 1
            if (times[up]! <= ends) break
            times[hole] = times[up]!
            owners[hole] = owners[up]!
            hole = up
          }
          times[hole] = ends
          owners[hole] = r
        }
        if (arrived === requests) nextArrival = Infinity
        else {
          t = 2091639 * s0 + carry * 2.3283064365386963e-10
          s0 = s1
          s1 = s2
          carry = t | 0
          s2 = t - carry
          nextArrival = now - Math.log(1 - s2) * gap
        }
        continue
      }
    }
    now = times[0]!
    const r = owners[0]!
    const id = first[r]!
    const latency = now - born[id]!
    sum += latency
    bits[0] = latency
    counts[(words[1]! >>> 13) - LOWEST]!++
    done++
    first[r] = next[id]!
    next[id] = free
    free = id
    const count = --load_[r]!
    if (rule === 2) {
      const x = before[r]!
      const y = after[r]!
      after[x] = y
      before[y] = x
      const head = replicas + count
      const end = before[head]!
      after[end] = r
      before[r] = end
      after[r] = head
      before[head] = r
      if (count < least) least = count
    }
    let time: number
    let owner: number
    if (count > 0) {
      t = 2091639 * s0 + carry * 2.3283064365386963e-10
      s0 = s1
      s1 = s2
      carry = t | 0
      s2 = t - carry
      time = now - Math.log(1 - s2) * service
      owner = r
    } else {
      if (--size === 0) continue
      time = times[size]!
      owner = owners[size]!
    }
    let hole = 0
    for (;;) {
      let down = 2 * hole + 1
      if (down >= size) break
      if (down + 1 < size && times[down + 1]! < times[down]!) down++
      if (times[down]! >= time) break
      times[hole] = times[down]!
      owners[hole] = owners[down]!
      hole = down
    }
    times[hole] = time
    owners[hole] = owner
  }
  let rank = Math.ceil(0.99 * done)
  let bucket = -1
  while (rank > 0) rank -= counts[++bucket]!
  words[1] = (bucket + LOWEST) << 13
  words[0] = 0
  return { done, meanMs: (sum / done) * 1e3, p99Ms: bits[0]! * 1e3 }
}
