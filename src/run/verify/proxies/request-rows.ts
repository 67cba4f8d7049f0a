/** The requests of a case, as both recordings of caches write them. */

import { Unfit } from '../unfit.ts'
import { seconds } from './case-fields.ts'
import { isFields } from './read-recording.ts'
import type { Scene } from './recording.ts'

export interface RequestRow {
  /** ms from the recording's time 0. */
  readonly at: number
  /** What is asked for. */
  readonly target: string
  readonly method: string
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>
}

/**
 * @param targetKey what the recording calls that which is asked for
 * @throws Unfit when one of them has a field that nobody knows, or of another kind
 */
export function requestRows(
  { fields: { requests } }: Scene,
  targetKey: 'path' | 'url',
): readonly RequestRow[] {
  if (!Array.isArray(requests)) throw new Unfit('"requests" must be a list')
  return requests.map((request): RequestRow => {
    if (!isFields(request)) throw new Unfit('a request must be an object')
    const { at_s, [targetKey]: target, method = 'GET', headers = {}, ...rest } = request
    const [other] = Object.keys(rest)
    if (other !== undefined) throw new Unfit(`nothing is known of "${other}" of a request`)
    if (typeof target !== 'string' || typeof method !== 'string' || !isFields(headers)) {
      throw new Unfit(`a request needs a ${targetKey}, and may have a method and headers`)
    }
    const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    return { at: Math.round(seconds(at_s, 'at_s') * 1000), target, method, headers: new Map(named) }
  })
}
