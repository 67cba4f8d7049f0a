/** What the words of a recording say of its origin: status, headers, delay and when it fails. */

import { Unfit } from '../../../unfit.ts'

export type Failure = 'refuses' | 'closes'

export interface OriginAnswer {
  /** Undefined: it gives none. */
  readonly status: number | undefined
  readonly failure?: Failure
  /** In the order in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** ms until it is there. */
  readonly delay: number
}

export interface Origin {
  /** @param nth of the origin's fetches, from 1; @param at ms */
  answer(nth: number, at: number): OriginAnswer
  /** Its ETag at an instant, ms; undefined: it has none. */
  etag(at: number): string | undefined
}

type Header = readonly [name: string, value: string]

/** @throws Unfit when a word is left over */
export function originFrom(words: string): Origin {
  let rest = words
  const take = (pattern: RegExp) => {
    const found = pattern.exec(rest)
    if (found) rest = rest.replace(found[0], ' ')
    return found
  }
  const ms = (text: string | undefined) => Math.round(Number(text) * 1000)
  const etags = take(/ETag "([^"]+)" until t=([\d.]+), then "([^"]+)"; 304 to a matching If-None-Match/)
  const other = take(/, but (\d{3}) from t=([\d.]+) to t=([\d.]+)/)
  const refusing = take(/, but from t=([\d.]+) to t=([\d.]+) it refuses connections/)
  const then = take(
    / until t=([\d.]+), then (?:(\d{3})|accepts the connection and closes it without an answer)/,
  )
  const laterAfter = take(/; first(?: answer)? at once, later(?: ones)? after ([\d.]+)s/)
  const takes = take(/; the first fetch takes ([\d.]+) s, the others ([\d.]+) s/)
  const after = take(/ after ([\d.]+)s/)
  const listed = take(/ with \{(.*)\}/)
  const written = take(/ with ([\w-]+): (.+?)\s*$/)
  const isNoStore = take(/ no-store\b/) !== null
  take(/, no cache headers/)
  const status = Number(take(/^\s*(?:always )?(\d{3})/)?.[1] ?? (etags ? 200 : NaN))
  if (Number.isNaN(status) || rest.trim() !== '') throw new Unfit(`nothing is known of the origin "${words}"`)
  const headers: Header[] = isNoStore ? [['Cache-Control', 'no-store']] : []
  if (written) headers.push([written[1]!, written[2]!])
  for (const [, name, value] of (listed?.[1] ?? '').matchAll(/'([^']+)': '([^']*)'/g)) {
    headers.push([name!, value!])
  }
  const isFrom = (at: number, found: RegExpExecArray | null, from: number) =>
    found !== null && at >= ms(found[from]) && at < ms(found[from + 1])
  return {
    etag: (at) => (etags ? `"${at < ms(etags[2]) ? etags[1] : etags[3]}"` : undefined),
    answer(nth, at) {
      const later = laterAfter && nth > 1 ? ms(laterAfter[1]) : 0
      const given = takes ? ms(takes[nth === 1 ? 1 : 2]) : later
      const delay = after ? ms(after[1]) : given
      if (isFrom(at, refusing, 1)) return { status: undefined, failure: 'refuses', headers: [], delay: 0 }
      if (then && at >= ms(then[1])) {
        return then[2] === undefined
          ? { status: undefined, failure: 'closes', headers: [], delay: 0 }
          : { status: Number(then[2]), headers: [], delay }
      }
      return { status: isFrom(at, other, 2) ? Number(other![1]) : status, headers, delay }
    },
  }
}
