/** The status for those who listen: polite, and at most every 1.5 seconds. */

import { useEffect, useState } from 'react'
import unseen from '../parts/unseen.module.css'
import { statusOfLanes } from '../status.ts'
import { playhead } from '../stores/playhead.ts'
import { runs } from '../stores/runs.ts'

const EVERY_MS = 1500
/** While it plays nobody wants to be talked to all the time. */
const PLAYING_MS = 10_000

export function StatusLine() {
  const [sentence, setSentence] = useState('')
  useEffect(() => {
    let last = 0
    let wasPlaying = false
    const timer = setInterval(() => {
      const { at, playing } = playhead.getState()
      const now = Date.now()
      if (playing && playing === wasPlaying && now - last < PLAYING_MS) return
      const { lanes } = runs.getState()
      last = now
      wasPlaying = playing
      setSentence(statusOfLanes(lanes, at, playing))
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <p className={unseen.words} role="status" aria-live="polite" data-status="">
      {sentence}
    </p>
  )
}
