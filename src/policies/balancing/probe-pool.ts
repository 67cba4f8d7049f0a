/**
 * What probes have told lately: a few answers, at most one of each replica, and how many requests in flight the
 * last answers of all told of, which says what is much.
 *
 * Source: Wydrowski et al., NSDI 2024, 4.1 to 4.3 (probe pool, hot and cold, removal).
 */

/** So many answers say what is much; the paper leaves open how many are looked at. */
const REMEMBERED = 128

export interface ProbePool {
  /** Of each answer, oldest first: whose, when, requests in flight, latency in ns, and uses that are left. */
  readonly replica: Int32Array
  readonly at: Float64Array
  readonly inFlight: Int32Array
  readonly latency: Float64Array
  readonly uses: Float64Array
  count: number
  /** Requests in flight of the last answers: as they came, round and round, and in ascending order. */
  readonly recent: Int32Array
  readonly ascending: Int32Array
  answers: number
}

export interface Probed {
  readonly replica: number
  readonly inFlight: number
  readonly latency: number
}

export function probePool(size: number): ProbePool {
  return {
    replica: new Int32Array(size),
    at: new Float64Array(size),
    inFlight: new Int32Array(size),
    latency: new Float64Array(size),
    uses: new Float64Array(size),
    count: 0,
    recent: new Int32Array(REMEMBERED),
    ascending: new Int32Array(REMEMBERED),
    answers: 0,
  }
}

/** Takes an answer in. An older one of the same replica goes, or the oldest of all when there is no room. */
export function add(probes: ProbePool, { replica, inFlight, latency }: Probed, now: number, uses: number) {
  drop(probes, replica)
  if (probes.count === probes.replica.length) removeAt(probes, 0)
  const place = probes.count++
  probes.replica[place] = replica
  probes.at[place] = now
  probes.inFlight[place] = inFlight
  probes.latency[place] = latency
  probes.uses[place] = uses
  remember(probes, inFlight)
}

/** Forgets what a replica told. */
export function drop(probes: ProbePool, replica: number): void {
  const place = placeOf(probes, replica)
  if (place >= 0) removeAt(probes, place)
}

/** Where the answer of a replica stands, or -1. */
export function placeOf({ replica, count }: ProbePool, of: number): number {
  for (let place = 0; place < count; place++) if (replica[place] === of) return place
  return -1
}

export function removeAt(probes: ProbePool, place: number): void {
  const { replica, at, inFlight, latency, uses, count } = probes
  for (const column of [replica, at, inFlight, latency, uses]) column.copyWithin(place, place + 1, count)
  probes.count--
}

/** With more requests in flight than this a replica is hot: the quantile `share` of the last answers. */
export function heatLimit({ ascending, answers }: ProbePool, share: number): number {
  if (share === 0) return -1
  if (share === 1) return Infinity
  const known = Math.min(answers, REMEMBERED)
  return ascending[Math.max(0, Math.ceil(share * known) - 1)]!
}

/** The cold answer with the least latency; if all are hot, the one with the fewest in flight. */
export function bestOf(probes: ProbePool, limit: number): number {
  let best = 0
  for (let place = 1; place < probes.count; place++) {
    if (isBetter(probes, limit, place, best)) best = place
  }
  return best
}

/** The hot answer with the most in flight; if all are cold, the one with the greatest latency. */
export function worstOf(probes: ProbePool, limit: number): number {
  let worst = 0
  for (let place = 1; place < probes.count; place++) {
    if (isBetter(probes, limit, worst, place)) worst = place
  }
  return worst
}

/** Cold before hot, cold ones by latency, hot ones by requests in flight. */
export function isBetter({ inFlight, latency }: ProbePool, limit: number, a: number, b: number): boolean {
  const isHot = inFlight[a]! > limit
  if (isHot !== inFlight[b]! > limit) return !isHot
  return isHot ? inFlight[a]! < inFlight[b]! : latency[a]! < latency[b]!
}

function remember(probes: ProbePool, inFlight: number): void {
  const { recent, ascending, answers } = probes
  const place = answers % REMEMBERED
  let known = Math.min(answers, REMEMBERED)
  if (answers >= REMEMBERED) {
    const old = atOrAbove(ascending, known, recent[place]!)
    ascending.copyWithin(old, old + 1, known)
    known--
  }
  const mine = atOrAbove(ascending, known, inFlight)
  ascending.copyWithin(mine + 1, mine, known)
  ascending[mine] = inFlight
  recent[place] = inFlight
  probes.answers++
}

/** The first place of a value that is not below. */
function atOrAbove(ascending: Int32Array, count: number, value: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
