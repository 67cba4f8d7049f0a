/**
 * Kubernetes' horizontal pod autoscaler: how many replicas are wanted, from how busy they are.
 *
 * Sources: Kubernetes 1.30, "Horizontal Pod Autoscaling", "Algorithm details" and "Stabilization window";
 * pkg/controller/podautoscaler/replica_calculator.go. Scaling up is limited to doubling or 4 more, whichever
 * is more, each decision, as by default.
 */

export interface Measured {
  /** 0 to 1; undefined: not known yet. */
  readonly utilisation: number | undefined
  readonly isReady: boolean
}

export interface HpaSettings {
  readonly min: number
  readonly max: number
  /** 0 to 1 */
  readonly target: number
  readonly tolerance: number
}

/** Wishes of the past, the oldest first: when, and how many. Plain data. */
export interface Wishes {
  readonly at: number[]
  readonly wish: number[]
}

/**
 * How many replicas the load asks for: ceil(n × present / target), with the replicas that are not ready taken
 * for idle when it would go up, and those of which nothing is known for idle going up and busy at the target
 * going down; nothing changes within the tolerance, or where that would turn the decision round.
 * @param current replicas now
 */
export function wishFor(measured: readonly Measured[], current: number, settings: HpaSettings): number {
  const { target, tolerance } = settings
  const known = measured.filter(({ utilisation, isReady }) => isReady && utilisation !== undefined)
  if (known.length === 0) return current
  const missing = measured.filter(({ utilisation, isReady }) => isReady && utilisation === undefined).length
  const unready = measured.filter(({ isReady }) => !isReady).length
  const total = known.reduce((sum, { utilisation }) => sum + utilisation!, 0)
  const ratio = total / known.length / target
  const looksAtUnready = unready > 0 && ratio > 1
  if (!looksAtUnready && missing === 0) {
    return isWithin(ratio, tolerance) ? current : upwards(ratio * known.length)
  }
  const count = known.length + missing + (looksAtUnready ? unready : 0)
  const assumed = ratio < 1 ? missing * target : 0
  const changed = (total + assumed) / count / target
  if (isWithin(changed, tolerance) || ratio < 1 !== changed < 1) return current
  const wish = upwards(changed * count)
  return changed < 1 === wish < current ? wish : current
}

/**
 * What is done about a wish: between the limits, not more than doubled at once, and by the wishes of the
 * stabilisation windows. Forgets wishes that are too old to matter.
 * @param windows how far back wishes count, when going up and when going down; ns
 */
export function decide(
  wishes: Wishes,
  wish: number,
  current: number,
  now: number,
  windows: { readonly up: number; readonly down: number },
  { min, max }: HpaSettings,
): number {
  const oldest = now - Math.max(windows.up, windows.down)
  while (wishes.at.length > 0 && wishes.at[0]! <= oldest) {
    wishes.at.shift()
    wishes.wish.shift()
  }
  wishes.at.push(now)
  wishes.wish.push(wish)
  let lowest = wish
  let highest = wish
  for (const [i, at] of wishes.at.entries()) {
    if (at > now - windows.up) lowest = Math.min(lowest, wishes.wish[i]!)
    if (at > now - windows.down) highest = Math.max(highest, wishes.wish[i]!)
  }
  let wanted = current
  if (wanted < lowest) wanted = lowest
  if (wanted > highest) wanted = highest
  const most = Math.min(max, Math.max(2 * current, current + 4))
  return Math.max(min, Math.min(most, wanted))
}

function isWithin(ratio: number, tolerance: number): boolean {
  return Math.abs(ratio - 1) <= tolerance
}

/** Rounded up, but not for the dust that sums of shares leave. */
function upwards(count: number): number {
  return Math.ceil(count - 1e-9)
}
