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

/**
 * What an answer changes, as a whole number below `EFFECTS`, for whoever has to hand it on as one.
 * @param answer a percent in it is at most 100
 */
export function effectOf(answer: string): number {
  const off = heard({ percent: NO_PERCENT, drains: false, isInMaintenance: false, isDown: false }, answer)
  const on = heard({ percent: NO_PERCENT, drains: true, isInMaintenance: true, isDown: true }, answer)
  const flag = (a: boolean, b: boolean) => (a !== b ? KEPT : a ? SET : CLEARED)
  return (
    ((flag(off.drains, on.drains) * 3 + flag(off.isInMaintenance, on.isInMaintenance)) * 3 +
      flag(off.isDown, on.isDown)) *
      PERCENTS +
    off.percent
  )
}

export interface AgentEffect {
  /** undefined: the weight stays. */
  readonly percent: number | undefined
  /** What is said now; undefined: as before. */
  readonly drains: boolean | undefined
  readonly isInMaintenance: boolean | undefined
  readonly isDown: boolean | undefined
}

/** What a number by `effectOf` stands for. */
export function effectBy(number: number): AgentEffect {
  const percent = number % PERCENTS
  const flags = Math.floor(number / PERCENTS)
  const said = (flag: number) => (flag === KEPT ? undefined : flag === SET)
  return {
    percent: percent === NO_PERCENT ? undefined : percent,
    drains: said(Math.floor(flags / 9)),
    isInMaintenance: said(Math.floor(flags / 3) % 3),
    isDown: said(flags % 3),
  }
}

const KEPT = 0
const CLEARED = 1
const SET = 2
const NO_PERCENT = 127
const PERCENTS = 128
export const EFFECTS = 27 * PERCENTS

/** True of words that HAProxy knows, in an answer that asks for 0 to 100 percent. */
export function isAnswer(answer: string): boolean {
  const words = answer.toLowerCase().split(/[\s,]+/)
  return words.every((word) => KNOWN.test(word))
}

const KNOWN = /^(?:(?:100|\d{1,2})%|ready|drain|maint|up|down|fail|stopped)$/
