/**
 * Simple scaling: beyond a threshold so many replicas more, or fewer, and then a pause in which nothing is
 * changed. The pause begins when the change is complete: when the last replica serves, or is gone.
 *
 * Source: Amazon EC2 Auto Scaling user guide, "Step and simple scaling policies" and "Scaling cooldowns". Its
 * scheduled actions and what operators do are not held up by the pause, and begin none.
 */

export interface SimpleSettings {
  /** Shares of the slots that are busy: above the one more are added, below the other some are taken away. */
  readonly above: number
  readonly below: number
  readonly add: number
  readonly remove: number
  /** ns */
  readonly cooldown: number
}

/** When its last change began; and when that was last seen to be incomplete. Plain data. */
export interface Pause {
  /** True from a change on until the pause after it is over. */
  rests: boolean
  /** The pause ends then, as far as is known. */
  until: number
}

/** The change of a moment ago is seen to be incomplete, or is begun: the pause is yet to begin. */
export function begins(pause: Pause, now: number, { cooldown }: SimpleSettings): void {
  pause.rests = true
  pause.until = now + cooldown
}

/**
 * How many replicas there shall be.
 * @param load the share of slots that were busy since the last decision, over all replicas that serve; NaN: none did
 */
export function decideSimply(
  pause: Pause,
  load: number,
  current: number,
  now: number,
  settings: SimpleSettings,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  if (pause.rests && now < pause.until) return current
  pause.rests = false
  const wanted =
    load > settings.above
      ? current + settings.add
      : load < settings.below
        ? current - settings.remove
        : current
  const next = Math.max(min, Math.min(max, wanted))
  if (next !== current) begins(pause, now, settings)
  return next
}
