/** Notices that a worker does not answer. It is not ended for that: a slow machine is not a dead one. */

const TICK_MS = 1000
/** Seconds without an answer after which something is said (app/panels/notices.tsx names them). */
const LONG_SECONDS = 10

/**
 * Asks every second while an answer is awaited. Seconds are counted by a timer, and only while the page is in sight:
 * time in which it stood still itself is nobody's silence.
 * @param ask what a worker that hears anything answers at once
 * @param onSilence gets true when it has been silent for long, false when it is not any more
 * @returns ends it
 */
export function noticeSilence(
  isAwaited: () => boolean,
  ask: () => Promise<unknown>,
  onSilence: (isSilent: boolean) => void,
): () => void {
  let isAsked = false
  let seconds = 0
  const answered = () => {
    if (seconds >= LONG_SECONDS) onSilence(false)
    isAsked = false
    seconds = 0
  }
  const timer = setInterval(() => {
    if (document.hidden) return
    if (isAsked) {
      seconds++
      if (seconds === LONG_SECONDS) onSilence(true)
    } else if (isAwaited()) {
      isAsked = true
      ask().then(answered, answered)
    }
  }, TICK_MS)
  return () => {
    clearInterval(timer)
    answered()
  }
}
