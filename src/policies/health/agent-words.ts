/**
 * What HAProxy's agent says of a server in words: `N%` is a share of its configured weight; `drain` and `maint`
 * last until `ready`; `down`, `fail` and `stopped` until `up`. The weight survives them all.
 *
 * Source: HAProxy 2.6.12, management of `agent-check` (checks.c, tcpcheck_agent_expect_reply), and recordings.
 */

export interface AgentSays {
  /** Share of the configured weight, whole percents. */
  readonly percent: number
  readonly drains: boolean
  readonly isInMaintenance: boolean
  readonly isDown: boolean
}

/** Before an agent has said anything. */
export const NOTHING_SAID: AgentSays = Object.freeze({
  percent: 100,
  drains: false,
  isInMaintenance: false,
  isDown: false,
})

/** What holds after one more answer; what comes after `#` is for people, unknown words are passed over. */
export function heard(before: AgentSays, answer: string): AgentSays {
  const words = answer
    .split('#')[0]!
    .toLowerCase()
    .split(/[\s,]+/)
  return words.reduce(one, before)
}

function one(says: AgentSays, word: string): AgentSays {
  const percent = /^(\d{1,3})%$/.exec(word)?.[1]
  if (percent !== undefined) return { ...says, percent: Number(percent) }
  if (word === 'ready') return { ...says, drains: false, isInMaintenance: false }
  if (word === 'drain') return { ...says, drains: true, isInMaintenance: false }
  if (word === 'maint') return { ...says, isInMaintenance: true }
  if (word === 'up') return { ...says, isDown: false }
  if (word === 'down' || word === 'fail' || word === 'stopped') return { ...says, isDown: true }
  return says
}
