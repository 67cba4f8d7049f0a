/** Varnish's probes of one backend: each result, and what the window makes of it. */

import { ERRED, PASSED, REFUSED, UNANSWERED } from '../../../../policies/health/active/check-rule.ts'
import { goodProbes, varnish } from '../../../../policies/health/active/varnish.ts'
import { Unfit } from '../../unfit.ts'
import { allowOnly } from '../case-fields.ts'
import { compared } from '../outcome.ts'
import type { Player } from '../player.ts'
import { isFields } from '../read-recording.ts'
import type { Scene } from '../recording.ts'
import { readVcl, type Statement } from './vcl.ts'

/** After the last probe of a phase the recorder changed the backend's mode, s. */
const CHANGE = 0.06

/** Probes in a phase. */
const MOST = 10_000

interface Probe {
  readonly window: number
  readonly threshold: number
  readonly initial: number
  /** s */
  readonly interval: number
}

export const probesPlayer: Player = {
  needs: ['probe', 'phases'],
  play(scene) {
    allowOnly(scene, this.needs, [])
    const probe = probeIn(scene)
    const { window, threshold } = probe
    const memory = new Int32Array(varnish.figures)
    varnish.begin({ ...probe }, memory, 0)
    const good = () => goodProbes(window, memory, 0)
    const isUp = () => varnish.isUp({ ...probe }, memory, 0)
    const began = isUp() ? 'healthy' : 'sick'
    const events: unknown[][] = ['Went', 'Still'].map((word) => {
      return ['initial state', '', `${word} ${began}`, good(), threshold, window]
    })
    for (const mode of modesOf(scene, probe.interval)) {
      const before = isUp()
      const { result, says } = resultOf(mode)
      varnish.conclude({ ...probe }, memory, 0, result)
      const word = isUp() === before ? 'Still' : 'Went'
      const state = `${word} ${isUp() ? 'healthy' : 'sick'}`
      events.push([result === PASSED ? 'good' : 'bad', says, state, good(), threshold, window])
    }
    return compared(scene.observed, events)
  },
}

/** The mode at each probe. The recorder begins to count after the first one, which comes with the configuration. */
function modesOf({ fields: { phases } }: Scene, interval: number): readonly string[] {
  if (!Array.isArray(phases)) throw new Unfit('"phases" must be a list')
  return (phases as readonly unknown[]).flatMap((phase, i) => {
    const { mode, until } = isFields(phase) ? phase : {}
    const parts = /^(\d{1,4}(?:\.\d+)?) (probes?|s)$/.exec(String(until))
    if (typeof mode !== 'string' || !parts) throw new Unfit('"phases" must have "mode" and "until" each')
    const lasts = Number(parts[1])
    const count = parts[2] === 's' ? Math.floor((lasts + CHANGE) / interval) : lasts
    if (count > MOST) throw new Unfit(`a phase has more than ${MOST} probes`)
    return Array.from({ length: count + (i === 0 ? 1 : 0) }, () => mode)
  })
}

/** What Varnish logs of a result. */
function resultOf(mode: string) {
  if (mode === 'ok') return { result: PASSED, says: 'HTTP/1.1 200 X' } as const
  if (mode === 'refuse') return { result: REFUSED, says: 'Open error 111 (Connection refused)' } as const
  if (mode === 'hang') return { result: UNANSWERED, says: 'Poll error 110 (Connection timed out)' } as const
  const status = /^status:(\d{3})$/.exec(mode)?.[1]
  if (status === undefined) throw new Unfit(`unknown mode "${mode}" of a backend`)
  return { result: status === '200' ? PASSED : ERRED, says: `HTTP/1.1 ${status} X` } as const
}

/** The text holds one VCL for each case, with one backend and its probe. */
function probeIn({ recording, index }: Scene): Probe {
  const vcls: Statement[][] = []
  for (const statement of readVcl(recording.config).statements) {
    if (statement.tokens[0]?.text === 'vcl') vcls.push([])
    vcls.at(-1)?.push(statement)
  }
  const backends = (vcls[index] ?? []).filter(({ tokens }) => tokens[0]?.text === 'backend')
  const probes = backends
    .flatMap(({ block }) => block ?? [])
    .filter(({ tokens }) => tokens[0]?.text === '.probe')
  if (vcls.length !== recording.input.length || probes.length !== 1 || !probes[0]!.block) {
    throw new Unfit('the configuration must have a VCL with one probe for each case')
  }
  const given = new Map(probes[0]!.block.map(({ tokens }) => [tokens[0]!.text, tokens[2]?.text ?? '']))
  for (const key of given.keys()) if (!KNOWN.has(key)) throw new Unfit(`unknown "${key}" of a probe`)
  const count = (key: string, other: number) => {
    const text = given.get(key)
    if (text === undefined) return other
    if (/^\d{1,2}$/.test(text) && Number(text) <= 64) return Number(text)
    throw new Unfit(`"${key}" must be a whole number up to 64`)
  }
  const threshold = count('.threshold', 3)
  const seconds = /^(\d+(?:\.\d+)?)(s|ms)$/.exec(given.get('.interval') ?? '5s')
  if (!seconds || Number(seconds[1]) === 0) throw new Unfit('".interval" must be a time')
  return {
    window: count('.window', 8),
    threshold,
    initial: count('.initial', threshold - 1),
    interval: Number(seconds[1]) / (seconds[2] === 'ms' ? 1000 : 1),
  }
}

const KNOWN = new Set(['.url', '.window', '.threshold', '.initial', '.interval', '.timeout'])
