/** Requests that are rejected above an http_req_rate of a stick-table. */

import { rateOf, slidingWindow } from '../../../../../policies/limits/sliding-window.ts'
import { Unfit } from '../../../unfit.ts'
import { allowOnly, textOf, whole } from '../../case-fields.ts'
import { CLIENT_ROW, limited, sentAt } from '../../limits.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { readSections, type Section } from '../sections.ts'
import { milliseconds } from '../times.ts'

/** Some ms of jitter may move the rate by this. */
const RATE = 1

export const limitsPlayer: Player = {
  needs: ['frontend', 'sent_at_ms'],
  play(scene) {
    allowOnly(scene, this.needs, ['limit_gt', 'period'])
    const { sections } = readSections(scene.recording.config)
    const { table, limit, status } = ruleIn(sections, textOf(scene, 'frontend'))
    const period = periodOf(sections, table)
    const params = { limit, window: period * 1e6 }
    const played = limited(scene, slidingWindow, params, ({ at, isRejected }, { rows }) => [
      isRejected ? status : 200,
      rateOf(rows, CLIENT_ROW, Math.floor(at), period),
      at,
    ])
    const agree = sentAt(2, (expected, got, position) =>
      position.endsWith('][1]') ? Math.abs(expected - got) <= RATE : expected === got,
    )
    return compared(scene.observed, played, agree)
  },
}

interface Rule {
  readonly table: string
  readonly limit: number
  readonly status: number
}

/** The frontend's rule that tracks one key and rejects above a rate. */
function ruleIn(sections: readonly Section[], name: string): Rule {
  const frontend = sections.find(
    (section) => (section.kind === 'frontend' || section.kind === 'listen') && section.name === name,
  )
  const rules = (frontend?.lines ?? []).map(({ words }) => words.join(' '))
  const rejecting = rules.flatMap((rule) => {
    const rejects = /^http-request (?:return status|deny deny_status) (\d{3})\b.* if \{ (.+) \}$/.exec(rule)
    const above = /^sc_http_req_rate\(0,([\w.-]+)\) gt (\d+)$/.exec(rejects?.[2] ?? '')
    return above ? [{ status: Number(rejects![1]), table: above[1]!, limit: Number(above[2]) }] : []
  })
  const [rule] = rejecting
  if (!rule || rejecting.length > 1) throw new Unfit(`frontend "${name}" must have one rule on a rate`)
  const isTracked = rules.some((line) =>
    new RegExp(`^http-request track-sc0 \\S+ table ${rule.table}$`).test(line),
  )
  if (!isTracked) throw new Unfit(`frontend "${name}" does not track "${rule.table}"`)
  return { ...rule, limit: whole(rule.limit, 'gt') }
}

/** ms, of the http_req_rate that a table stores. */
function periodOf(sections: readonly Section[], name: string): number {
  const lines = sections.filter((section) => section.name === name).flatMap(({ lines }) => lines)
  const words = lines.find(({ words: [first] }) => first === 'stick-table')?.words ?? []
  const stored = words.map((word) => /(?:^|,)http_req_rate\((\w+)\)/.exec(word)?.[1]).find(Boolean)
  if (stored === undefined) throw new Unfit(`the table "${name}" stores no http_req_rate`)
  return milliseconds(stored)
}
