/** Recordings of failing servers that a plain model of nginx makes, with other limits, modes and times, all hold. */

import { expect, test } from 'vitest'
import { below, type Stream, stream } from '../../../../src/base/stream.ts'
import { outcomesOf, recordingOf } from './play-one.ts'

interface PlainServer {
  readonly weight: number
  readonly maxFails: number
  readonly failTimeout: number
  readonly isDown: boolean
  readonly isBackup: boolean
  mode: string
  current: number
  effective: number
  fails: number
  accessed: number
  checked: number
}

interface Rules {
  /** What is passed on: error, timeout, http_503, … */
  readonly listed: readonly string[]
  /** 0: no limit. */
  readonly tries: number
  readonly isLeast: boolean
}

function serversBy(random: Stream): PlainServer[] {
  const count = 1 + below(random, 5)
  return Array.from({ length: count }, (_, i) => {
    const weight = 1 + below(random, 9)
    return {
      weight,
      maxFails: below(random, 4),
      failTimeout: 1 + below(random, 3),
      isDown: i > 0 && below(random, 6) === 0,
      isBackup: i > 0 && below(random, 4) === 0,
      mode: 'ok',
      current: 0,
      effective: weight,
      fails: 0,
      accessed: -1e9,
      checked: -1e9,
    }
  })
}

/**
 * Everybody who can be used gains what it has; what failures took comes back by one in each turn. With
 * least_conn all are idle and so equal, but where only one can be used there is no turn.
 */
function turn(
  all: readonly PlainServer[],
  group: readonly PlainServer[],
  tried: readonly PlainServer[],
  now: number,
  isLeast: boolean,
) {
  const usable = group.filter((s) => {
    const isOut = s.maxFails > 0 && s.fails >= s.maxFails && now - s.checked <= s.failTimeout
    return !s.isDown && !tried.includes(s) && (all.length === 1 || !isOut)
  })
  let total = 0
  let best: PlainServer | undefined
  if (isLeast && usable.length === 1) best = usable[0]
  else {
    for (const s of usable) {
      s.current += s.effective
      total += s.effective
      if (s.effective < s.weight) s.effective++
      if (!best || s.current > best.current) best = s
    }
  }
  if (!best) return undefined
  best.current -= total
  if (now - best.checked > best.failTimeout) best.checked = now
  return best
}

function ask(all: readonly PlainServer[], { listed, tries, isLeast }: Rules, now: number) {
  const tried: PlainServer[] = []
  const names: string[] = []
  const statuses: string[] = []
  const end = (status: number) => [status, names, statuses]
  const usable = all.filter(({ isDown }) => !isDown).length
  let left = tries > 0 ? Math.min(tries, usable) : usable
  for (;;) {
    const picked =
      turn(
        all,
        all.filter(({ isBackup }) => !isBackup),
        tried,
        now,
        isLeast,
      ) ??
      turn(
        all,
        all.filter(({ isBackup }) => isBackup),
        tried,
        now,
        isLeast,
      )
    names.push(picked ? `s${all.indexOf(picked) + 1}` : 'u')
    if (!picked) {
      statuses.push('502')
      return end(502)
    }
    tried.push(picked)
    const status = { ok: 200, refuse: 502, close: 502 }[picked.mode] ?? Number(picked.mode.slice(7))
    statuses.push(String(status))
    const isError = picked.mode === 'refuse' || picked.mode === 'close'
    const isListed = listed.includes(isError ? 'error' : `http_${status}`)
    const isPassedOn = isListed && left > 1 && all.length > 1
    const isFailure = isError || (isPassedOn && status !== 403 && status !== 404)
    if (all.length > 1 && isFailure) {
      picked.fails++
      picked.accessed = picked.checked = now
      if (picked.maxFails > 0) {
        picked.effective = Math.max(0, picked.effective - Math.trunc(picked.weight / picked.maxFails))
      }
    } else if (picked.accessed < picked.checked) picked.fails = 0
    if (!isPassedOn) return end(status)
    left--
  }
}

const MODES = ['ok', 'refuse', 'close', 'status:503', 'status:404', 'status:500']
const LISTED = [[], ['error'], ['error', 'timeout', 'http_503'], ['error', 'http_500', 'http_404']]

test.each(['', 'least_conn;'])(
  'a plain model of nginx’s failures agrees with our policies: "%s"',
  (method) => {
    const random = stream(6, 'naive-failures')
    for (let n = 0; n < 120; n++) {
      const servers = serversBy(random)
      const listed = LISTED[below(random, LISTED.length)]!
      const rules = {
        listed: listed.length > 0 ? listed : ['error', 'timeout'],
        tries: below(random, 4),
        isLeast: method !== '',
      }
      const phase = below(random, 9) / 10
      const changes: { at_s: number; server: string; mode: string }[] = []
      const times: number[] = []
      const observed: unknown[] = []
      for (let k = 0, at = 0.05; k < 60; k++, at += 0.1 * below(random, 8) + 0.01) {
        if (below(random, 5) === 0) {
          const server = below(random, servers.length)
          const mode = MODES[below(random, MODES.length)]!
          servers[server]!.mode = mode
          changes.push({ at_s: at, server: `s${server + 1}`, mode })
        }
        times.push(at)
        observed.push(ask(servers, rules, Math.floor(at + phase + 1e-9)))
      }
      const lines = servers.map(({ weight, maxFails, failTimeout, isDown, isBackup }, i) => {
        const options = `weight=${weight} max_fails=${maxFails} fail_timeout=${failTimeout}s`
        return `server 10.0.0.${i}:80 ${options}${isDown ? ' down' : ''}${isBackup ? ' backup' : ''};`
      })
      const next = listed.length > 0 ? `proxy_next_upstream ${listed.join(' ')};` : ''
      const recording = recordingOf({
        system: 'nginx 1.22.1',
        config: `http { upstream u { ${method} ${lines.join(' ')} } ${next} server { location / { proxy_pass http://u; proxy_next_upstream_tries ${rules.tries}; } } }`,
        input: [{ upstream: 'u', request_at_s: times, backend_mode_changes: changes }],
        observed: [observed],
        notes: `Time 0 is ${phase} s after a whole wall-clock second.`,
      })
      expect(outcomesOf(recording), `recording ${n}`).toEqual([{ kind: 'held', tests: [] }])
    }
  },
)
