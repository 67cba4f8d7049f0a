/** Objects in Varnish: how long they are hits, who waits for a fetch, and what is not kept at all. */

import { Unfit } from '../../../unfit.ts'
import { allowOnly, textOf } from '../../case-fields.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import type { Scene } from '../../recording.ts'
import { requestRows } from '../../request-rows.ts'
import { readVcl } from '../vcl.ts'
import { originAt } from './origin.ts'
import { type Answered, type Asked, playVarnish } from './playing.ts'
import { DEFAULT_TTL } from './program.ts'

/** How far two runs were apart, s, as the notes say: one by one, and in order of completion. */
const APART = 0.08
const APART_COMPLETED = 0.12

export const cachesPlayer: Player = {
  needs: ['case', 'requests'],
  play(scene) {
    const { recording, fields, observed } = scene
    allowOnly(scene, [...this.needs, 'origin_note', 'origin_mode_changes'], ['params'])
    const { origin_note: note = '', origin_mode_changes: changes = [] } = fields
    if (typeof note !== 'string' || !Array.isArray(changes)) throw new Unfit('the origin is not understood')
    let defaultTtl = DEFAULT_TTL
    for (const param of Array.isArray(fields.params) ? fields.params : []) {
      const ttl = /^default_ttl=(\d+)$/.exec(String(param))
      if (ttl) defaultTtl = Number(ttl[1])
      else if (!/^thread_pool_min=/.test(String(param))) throw new Unfit(`nothing is known of "${param}"`)
    }
    const vcl = readVcl(partOf(recording.config, textOf(scene, 'case'))).statements
    const origin = (url: string, at: number) => originAt(url, at, note, changes)
    const { answers, fetches } = playVarnish(vcl, origin, requestsOf(scene), defaultTtl)
    const isByCompletion = /responses is in order of completion/.test(recording.notes)
    const responses = isByCompletion ? completed(answers) : oneByOne(answers, requestsOf(scene))
    const apart = isByCompletion ? APART_COMPLETED : APART
    const played = { case: fields.case, responses, origin_fetches: fetches }
    return compared(observed, played, (expected, got, position) => {
      const isTime = /\.responses\[\d+\]\[(?:4|2)\]$|\.origin_fetches\[\d+\]\[0\]$/.test(position)
      return isTime ? Math.abs(expected - got) <= apart : expected === got
    })
  },
}

function oneByOne(answers: readonly Answered[], requests: readonly Asked[]): readonly unknown[] {
  return answers.map(({ status, cache, body, age, done }, i) => {
    return [status, cache, body, age === null ? null : String(age), (done - requests[i]!.at) / 1000]
  })
}

/** Who of those that wait is served first is not determined: by time, then by kind. */
function completed(answers: readonly Answered[]): readonly unknown[] {
  return answers
    .map(({ status, cache, done }) => [status, (cache ?? '').split(' ')[0]!, done / 1000] as const)
    .toSorted((a, b) => a[2] - b[2] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0))
}

/** The text of one case: each begins with a comment that names it. */
function partOf(config: string, name: string): string {
  const parts = config.split(/^# case /m).slice(1)
  const part = parts.find((text) => text.slice(0, text.indexOf('\n')).trim() === name)
  if (part === undefined) throw new Unfit(`the configuration has no part for "${name}"`)
  return part.slice(part.indexOf('\n'))
}

function requestsOf(scene: Scene): readonly Asked[] {
  return requestRows(scene, 'url').map(({ target, ...asked }) => ({ ...asked, url: target }))
}
