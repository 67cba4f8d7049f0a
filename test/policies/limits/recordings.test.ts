/** The limiters of nginx 1.22.1, HAProxy 2.6.12 and varnish-modules 0.20.0, decision for decision. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NO_ROW } from '../../../src/base/keyed-rows.ts'
import { concurrency } from '../../../src/policies/limits/concurrency.ts'
import { leakyBucket } from '../../../src/policies/limits/leaky-bucket.ts'
import { PASS, REJECT } from '../../../src/policies/limits/limit.ts'
import { slidingWindow } from '../../../src/policies/limits/sliding-window.ts'
import { vsthrottle } from '../../../src/policies/limits/vsthrottle.ts'
import { ended, explain, judge, zone } from '../../../src/policies/limits/zone.ts'
import { ms, paramsOf, verdicts } from './driver.ts'

interface Recording {
  readonly config: string
  readonly input: readonly any[]
  readonly observed: readonly any[]
}

function recording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`../../fixtures/proxies/${name}.json`, import.meta.url), 'utf8'))
}

const PER: Readonly<Record<string, number>> = { s: 1, m: 60 }

/** What `limit_req` and its zone say for a location. */
function limitReq(config: string, location: string) {
  const rule = new RegExp(`location /${location}/ \\{ limit_req zone=(\\w+)([^;]*);`).exec(config)!
  const [, rate, per] = new RegExp(`zone=${rule[1]}:\\w+ rate=(\\d+)r/(\\w)`).exec(config)!
  const option = (name: string) => Number(new RegExp(`\\b${name}=(\\d+)`).exec(rule[2]!)?.[1] ?? 0)
  return {
    rate: Number(rate) / PER[per!]!,
    burst: option('burst'),
    delay: option('delay'),
    nodelay: /\bnodelay\b/.test(rule[2]!),
  }
}

describe('nginx_limit_req', () => {
  const { config, input, observed } = recording('nginx_limit_req')
  const cases = input.map(({ location, sent_at_ms }, k) => ({ location, sent_at_ms, seen: observed[k] }))

  test.each(cases)('$location: statuses and delays as planned', ({ location, sent_at_ms, seen }) => {
    const params = limitReq(config, location)
    const told = verdicts(leakyBucket, params, sent_at_ms.map(ms))
    expect(told.map((verdict) => (verdict === REJECT ? 503 : 200))).toEqual(
      seen.map(({ status }: any) => status),
    )
    expect(
      told.map((verdict) => (verdict === REJECT ? 'REJECTED' : verdict > 0 ? 'DELAYED' : 'PASSED')),
    ).toEqual(seen.map(({ limit_req_status }: any) => limit_req_status))
    for (const [i, verdict] of told.entries()) {
      if (verdict > PASS) expect(Math.abs(verdict / 1e6 - seen[i].latency_ms)).toBeLessThanOrEqual(20)
    }
  })

  test.each(cases)('$location: the excess that nginx logged, at the instants of sending', (it) => {
    const params = paramsOf(leakyBucket, limitReq(config, it.location))
    const memory = zone(leakyBucket, params)
    for (const { sent_ms, excess, status } of it.seen) {
      const words = explain(leakyBucket, params, memory, 1, ms(sent_ms))
      const own = Number(/an excess of ([\d.]+)/.exec(words)?.[1] ?? 0)
      expect(Math.abs(own - excess), words).toBeLessThanOrEqual(0.01 * Number(params.rate) + 0.002)
      const verdict = judge(leakyBucket, params, memory, 1, ms(sent_ms))
      expect(verdict === REJECT).toBe(status === 503)
    }
  })
})

describe('nginx_limit_conn', () => {
  const { config, input, observed } = recording('nginx_limit_conn')
  test.each(input.map((recorded, k) => ({ ...recorded, k })))('case $k is judged alike', ({ script, k }) => {
    const limit = Number(new RegExp(`limit_conn c${k} (\\d+);`).exec(config)![1])
    const params = paramsOf(concurrency, { limit })
    const memory = zone(concurrency, params)
    const open = new Map<number, string>()
    const seen: unknown[] = []
    for (const [what, request, key] of script) {
      if (what === 'start') {
        const verdict = key === '' ? PASS : judge(concurrency, params, memory, key.charCodeAt(0), 0)
        if (verdict === PASS) open.set(request, key)
        seen.push(verdict === PASS ? 'open' : 503)
      } else if (open.has(request)) {
        if (open.get(request) !== '') {
          ended(concurrency, params, memory, open.get(request)!.charCodeAt(0))
        }
        open.delete(request)
      }
    }
    expect(seen).toEqual(observed[k])
    expect(memory.rows.size).toBe(new Set([...open.values()].filter((key) => key !== '')).size)
    expect(memory.rows.free === NO_ROW || memory.rows.used > memory.rows.size).toBe(true)
  })
})

describe('haproxy_req_rate_limit', () => {
  const { config, input, observed } = recording('haproxy_req_rate_limit')
  const cases = input.map(({ frontend, sent_at_ms }, k) => ({ frontend, sent_at_ms, seen: observed[k] }))

  function ruleOf(frontend: string) {
    const body = config.slice(config.indexOf(`frontend ${frontend}\n`))
    const [, table, limit] = /sc_http_req_rate\(0,(\w+)\) gt (\d+)/.exec(body)!
    const [, seconds] = new RegExp(`backend ${table}\\n.*http_req_rate\\((\\d+)s\\)`).exec(config)!
    return { limit: Number(limit), window: Number(seconds) * 1e9 }
  }

  test.each(cases)(
    '$frontend: the same statuses, as planned and as sent',
    ({ frontend, sent_at_ms, seen }) => {
      const statuses = seen.map(([status]: any) => status)
      for (const at of [sent_at_ms, seen.map(([, , sent]: any) => sent)]) {
        const told = verdicts(slidingWindow, ruleOf(frontend), at.map(ms))
        expect(told.map((verdict) => (verdict === REJECT ? 429 : 200))).toEqual(statuses)
      }
    },
  )

  test.each(cases)('$frontend: the rate that the rule saw, to within the jitter', ({ frontend, seen }) => {
    const params = paramsOf(slidingWindow, ruleOf(frontend))
    const memory = zone(slidingWindow, params)
    for (const [, rate, sent] of seen) {
      judge(slidingWindow, params, memory, 1, ms(sent))
      const words = explain(slidingWindow, params, memory, 1, ms(sent))
      expect(Math.abs(Number(/^rate (\d+)/.exec(words)![1]) - rate), words).toBeLessThanOrEqual(1)
    }
  })
})

describe('varnish_vsthrottle', () => {
  const { config, input, observed } = recording('varnish_vsthrottle')
  test.each(input.map((recorded, k) => ({ ...recorded, k })))(
    'case $k is judged alike',
    ({ sent_at_ms, k }) => {
      const rule = new RegExp(`is_denied\\("k${k}", (\\d+), (\\d+)s(?:, (\\d+)s)?\\)`).exec(config)!
      const params = {
        limit: Number(rule[1]),
        period: Number(rule[2]) * 1e9,
        block: Number(rule[3] ?? 0) * 1e9,
      }
      for (const at of [sent_at_ms, observed[k].map(([, sent]: any) => sent)]) {
        const told = verdicts(vsthrottle, params, at.map(ms))
        expect(told.map((verdict) => (verdict === REJECT ? 429 : 200))).toEqual(
          observed[k].map(([status]: any) => status),
        )
      }
    },
  )
})
