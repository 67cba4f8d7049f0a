/** Rules of health held against recordings of real proxies. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import { SECOND } from '../../../src/base/time.ts'
import { ERRED, PASSED, REFUSED, UNANSWERED } from '../../../src/policies/health/active/check-rule.ts'
import { haproxy } from '../../../src/policies/health/active/haproxy.ts'
import { goodProbes, varnish } from '../../../src/policies/health/active/varnish.ts'
import { heard, NOTHING_SAID } from '../../../src/policies/health/agent-words.ts'
import { observes } from '../../../src/policies/health/passive/haproxy-observe.ts'
import { nginx } from '../../../src/policies/health/passive/nginx.ts'
import * as ending from '../../../src/policies/health/passive/watch.ts'
import type { Params } from '../../../src/policies/policy.ts'
import { choose, replied, sent, without } from '../../../src/policies/upstream/choose.ts'
import { letIn, takeOut } from '../../../src/policies/upstream/membership.ts'
import { openUpstream } from '../../../src/policies/upstream/open-upstream.ts'
import { penalise } from '../../../src/policies/upstream/penalise.ts'
import { EJECTED } from '../../../src/policies/upstream/standing.ts'

type Recorded = { input: any[]; observed: any[] }

function recording(name: string): Recorded {
  return JSON.parse(readFileSync(new URL(`../../fixtures/proxies/${name}.json`, import.meta.url), 'utf8'))
}

/** `check inter 400ms rise 2 fall 3`. */
function serverLine(text: string): Params {
  const time = (word: string) => {
    const found = new RegExp(`\\b${word} (\\d+)(ms|s)\\b`).exec(text)
    return found ? Number(found[1]) * (found[2] === 'ms' ? 1e6 : 1e9) : undefined
  }
  const count = (word: string, other: number) =>
    Number(new RegExp(`\\b${word} (\\d+)`).exec(text)?.[1] ?? other)
  return {
    interval: time('inter')!,
    fastInterval: time('fastinter'),
    downInterval: time('downinter'),
    rise: count('rise', 2),
    fall: count('fall', 3),
  }
}

/** As HAProxy's statistics show it. */
function status(health: number, rise: number, fall: number): string {
  if (health === rise + fall - 1) return 'UP'
  if (health >= rise) return `UP ${health - rise + 1}/${fall}`
  return health === 0 ? 'DOWN' : `DOWN ${health}/${rise}`
}

type Seen = readonly [seconds: number, kind: string, value: string]

/** Checks of one server whose mode changes when the recording says so. */
function checked(line: string, observed: readonly Seen[]): Seen[] {
  const params = serverLine(line)
  const memory = new Int32Array(haproxy.figures)
  const modes = observed.filter(([, kind]) => kind === 'mode')
  const first = observed.find(([, kind]) => kind === 'check')![2]
  const modeAt = (s: number) => modes.filter(([at]) => at <= s).at(-1)?.[2] ?? first
  const seen: Seen[] = []
  let shown = ''
  haproxy.begin(params, memory, 0)
  for (let at = 0; at <= observed.at(-1)![0]; ) {
    const mode = modeAt(at)
    const result = mode === 'ok' ? PASSED : mode === 'refuse' ? REFUSED : mode === 'hang' ? UNANSWERED : ERRED
    if (mode !== 'refuse') seen.push([at, 'check', mode])
    if (mode === 'hang') {
      const ends = at + haproxy.timeout(params, memory, 0) / SECOND
      // The harness lets go of a hanging check when its mode changes, some time later: when, only the next one tells.
      const letGo = modes.some(([when]) => when > at && when < ends)
      const next = observed.find(([when, kind]) => kind === 'check' && when > at + 0.1)
      at = letGo ? next![0] - haproxy.wait(params, memory, 0, true) / SECOND : ends
    }
    haproxy.conclude(params, memory, 0, result)
    const now = status(memory[0]!, Number(params.rise), Number(params.fall))
    if (now !== shown) seen.push([at, 'status', now])
    shown = now
    at += haproxy.wait(params, memory, 0, true) / SECOND
  }
  return seen
}

describe('HAProxy checks as recorded', () => {
  const { input, observed } = recording('haproxy_checks')
  test.each(input.map((one, i) => [one.case, one, observed[i]] as const))('%s', (_, one, recorded) => {
    const real: Seen[] = recorded.filter(([, kind]: Seen) => kind !== 'mode')
    const ours = checked(one.server, recorded)
    expect(ours.map(([, ...what]) => what)).toEqual(real.map(([, ...what]) => what))
    for (const [i, [at]] of real.entries()) expect(Math.abs(ours[i]![0] - at), `${i}`).toBeLessThan(0.11)
  })

  test('start spread over the interval', () => {
    const spread = recording('haproxy_check_spread')
    for (const [i, { server, servers }] of spread.input.entries()) {
      const params = serverLine(server)
      const due = Array.from({ length: servers }, (_, s) => haproxy.first(params, s, servers) / SECOND)
      for (const [at, name] of spread.observed[i]) {
        const s = Number(name.slice(1)) - 1
        expect(Math.abs(due[s]! - at), `${name} at ${at}`).toBeLessThan(0.15)
        due[s]! += Number(params.interval) / SECOND
      }
    }
  })
})

describe('Varnish probes as recorded', () => {
  const { input, observed } = recording('varnish_probes')
  test.each(input.map(({ probe }, i) => [probe, observed[i]] as const))('%s', (text: string, lines) => {
    const of = (name: string) => {
      const found = new RegExp(`\\.${name} = (\\d+);`).exec(text)?.[1]
      return found === undefined ? undefined : Number(found)
    }
    const params = { window: of('window')!, threshold: of('threshold')!, initial: of('initial') }
    const memory = new Int32Array(varnish.figures)
    varnish.begin(params, memory, 0)
    const told: [string, number][] = []
    for (const [result] of lines) {
      const before = varnish.isUp(params, memory, 0)
      if (result !== 'initial state') varnish.conclude(params, memory, 0, result === 'good' ? PASSED : ERRED)
      const after = varnish.isUp(params, memory, 0)
      const word = `${before === after && told.length > 0 ? 'Still' : 'Went'} ${after ? 'healthy' : 'sick'}`
      told.push([word, goodProbes(params.window, memory, 0)])
    }
    expect(told).toEqual(lines.map(([, , word, good]: string[]) => [word, good]))
  })
})

describe('HAProxy as recorded', () => {
  const { input, observed } = recording('haproxy_agent_markdown')

  test('does what its agent says', () => {
    let says = NOTHING_SAID
    for (const [answer, shown, weight] of observed[0]) {
      says = heard(says, answer)
      const word = says.isInMaintenance
        ? 'MAINT'
        : says.isDown
          ? 'DOWN (agent)'
          : says.drains
            ? 'DRAIN (agent)'
            : 'no check'
      expect([answer, word, (input[0].weight * says.percent) / 100]).toEqual([answer, shown, weight])
    }
  })

  test('marks a server down at the error limit', () => {
    const params = { ...serverLine('check inter 60s'), rise: 2, fall: 3 }
    const memory = new Int32Array(1)
    const errors = new Int32Array(1)
    haproxy.begin(params, memory, 0)
    for (const [code, server, shown] of observed[2]) {
      if (server === 's1') {
        const kind = code === 500 ? ending.ERRED : ending.GOOD
        if (observes(errors, 0, kind, { observe: 'layer7', errorLimit: input[2].limit }))
          haproxy.blame!(params, memory, 0, input[2].mode)
      }
      expect(status(memory[0]!, 2, 3)).toBe(shown)
    }
  })
})

describe('nginx loses and regains weight as recorded', () => {
  const { input, observed } = recording('nginx_wrr_failure_recovery')
  test.each(input.map((one, i) => [one.upstream, one, observed[i]] as const))('%s', (_, one, recorded) => {
    const members = one.weights.map((weight: number, i: number) => {
      return { name: `s${i + 1}`, weight, priority: 0, zone: '', maxConnections: 0 }
    })
    const u = openUpstream(
      {
        strategy: { policy: 'round-robin', params: {} },
        members,
        levels: { rule: 'strict', overprovisioning: 1.4 },
        panic: 0,
        line: 0,
        slowStart: undefined,
        affinity: undefined,
        subset: undefined,
        refresh: undefined,
      },
      stream(1, 'test'),
    )
    const watch = nginx.remember(
      { maxFails: one.max_fails[0], failTimeout: one.fail_timeout_s * SECOND, onErrors: false },
      members.length,
    )
    const failing = Number(one.failing.slice(1)) - 1
    let now = 1000.2 * SECOND
    const got: string[] = []
    for (let i = 0; i < one.requests; i++) {
      if (i === one.sleep_before_request) now += one.sleep_s * SECOND
      const refuses = i >= one.refuse_from_request && i < one.listen_again_from_request
      const tried: number[] = []
      for (;;) {
        for (let s = 0; s < members.length; s++) {
          if (nginx.isOut(watch, s, now)) takeOut(u, s, EJECTED)
          else letIn(u, s, EJECTED, now)
        }
        const asked = { key: 0, text: undefined, address: 0 }
        const server = without(u, tried, now, () => choose(u, asked as never, now))
        tried.push(server)
        sent(u, server)
        nginx.sent!(watch, server, now)
        const fails = refuses && server === failing
        replied(u, server, 0, fails, now)
        const kind = fails ? ending.REFUSED : ending.GOOD
        const taken = nginx.ended(watch, server, kind, members[server].weight, now)
        if (taken > 0) penalise(u, server, taken)
        if (!fails) break
      }
      got.push(tried.map((server) => `s${server + 1}`).join(', '))
    }
    expect(got).toEqual(recorded)
  })
})
