/** Requests that vsthrottle denies. */

import { vsthrottle } from '../../../../policies/limits/vsthrottle.ts'
import { Unfit } from '../../unfit.ts'
import { allowOnly, whole } from '../case-fields.ts'
import { limited, sentAt } from '../limits.ts'
import { compared } from '../outcome.ts'
import type { Player } from '../player.ts'
import { readVcl, type Statement } from './vcl.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }

export const limitsPlayer: Player = {
  needs: ['limit', 'period', 'sent_at_ms'],
  play(scene) {
    allowOnly(scene, this.needs, ['block'])
    const call = callsIn(readVcl(scene.recording.config).statements)[scene.index]
    if (!call) throw new Unfit(`the configuration has no vsthrottle.is_denied for case ${scene.index}`)
    const { limit, period, block, status } = call
    const played = limited(scene, vsthrottle, { limit, period, block }, ({ at, isRejected }) => [
      isRejected ? status : 200,
      at,
    ])
    return compared(scene.observed, played, sentAt(1))
  },
}

interface Call {
  readonly limit: number
  /** ns */
  readonly period: number
  readonly block: number
  readonly status: number
}

/** Each `if (… vsthrottle.is_denied("key", limit, period[, block]) …) { return (synth(status, …)); }`. */
function callsIn(statements: readonly Statement[]): readonly Call[] {
  return statements.flatMap(({ tokens, block = [] }) => {
    const at = tokens.findIndex(({ text }) => text === 'vsthrottle.is_denied')
    if (at < 0) return callsIn(block)
    const end = tokens.findIndex(({ text }, i) => i > at && text === ')')
    const args = tokens.slice(at + 2, end).filter(({ text }) => text !== ',')
    const [key, limit, period, blocked] = args
    if (key?.kind !== 'text' || !limit || !period) throw new Unfit('a vsthrottle.is_denied is not understood')
    const synth = block.flatMap((statement) => statement.tokens.map(({ text }) => text)).join(' ')
    const status = /synth \( (\d{3})/.exec(synth)?.[1]
    if (status === undefined) throw new Unfit('a denied request must be answered by synth')
    return [
      {
        limit: whole(Number(limit.text), 'limit'),
        period: duration(period.text),
        block: blocked ? duration(blocked.text) : 0,
        status: Number(status),
      },
    ]
  })
}

/** ns */
function duration(text: string): number {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  if (!parts) throw new Unfit(`"${text}" is not a duration`)
  return Math.round(Number(parts[1]) * UNITS[parts[2]!]!)
}
