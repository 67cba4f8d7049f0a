/** Files that are no recordings, and recordings with something in them that nobody knows. */

import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { builtInRecordings } from '../../../../src/run/verify/proxies/built-in-recordings.ts'
import { readRecording } from '../../../../src/run/verify/proxies/read-recording.ts'
import type { Recording } from '../../../../src/run/verify/proxies/recording.ts'
import { type Made, outcomeOf, outcomesOf } from './play-one.ts'

/** What is wrong, each with its place. */
function problemsOf(content: unknown): string[] {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return readRecording('a.json', text).problems.map(({ path, message }) => `${path}: ${message}`)
}

const good = { system: 'nginx 1.22.1', config: 'http { }', input: [{}], observed: [1] }

describe('a file that is no recording has all its problems at once', () => {
  test.each<[string, unknown, (string | RegExp)[]]>([
    ['no JSON', '{', [/^: is not JSON/]],
    ['a list', [], [/^: must be an object/]],
    ['an empty object', {}, [/^system: must/, /^config: must/, /^input: must/, /^observed: must/]],
    ['a case that is no object', { ...good, input: [7] }, ['input[0]: must be an object, not 7.']],
    ['no cases', { ...good, input: [], observed: [] }, ['input: is empty.', 'observed: is empty.']],
    ['an answer too many', { ...good, observed: [1, 2] }, [/^observed: has 2 entries, but "input" has 1/]],
    ['notes that are no text', { ...good, notes: 5 }, ['notes: must be a text, not 5.']],
    [
      'nginx: an open block and a lost brace',
      { ...good, config: 'http {\n  server { listen 1;\n}' },
      [/line 1 of the configuration: this block is not closed/],
    ],
    [
      'nginx: a word left over',
      { ...good, config: 'http { }\nuser' },
      [/line 2 of .*"user" is not ended by ";"/],
    ],
    ['nginx: an open quote', { ...good, config: 'http { a "b; }' }, [/line 1 of .*this quote is not closed/]],
    [
      'HAProxy: a line in no section',
      { ...good, system: 'haproxy 2.6.12', config: '  mode http\nlisten a\n  bind "x' },
      [/line 1 of .*"mode" stands in no section/, /line 3 of .*a quote is not closed/],
    ],
    [
      'Varnish: a brace too many',
      { ...good, system: 'varnish 7.1.1', config: 'vcl 4.1;\n}' },
      [/line 2 of .*a "}" too many/],
    ],
  ])('%s', (_what, content, expected) => {
    const problems = problemsOf(content)
    expect(problems).toHaveLength(expected.length)
    for (const [i, pattern] of expected.entries()) expect(problems[i]).toMatch(pattern)
  })
})

const nginx = (inUpstream: string, more: Partial<Made> = {}, around = ''): Made => ({
  system: 'nginx 1.22.1',
  config: `${around} http { upstream u { ${inUpstream} } server { location / { proxy_pass http://u; } } }`,
  input: [{ upstream: 'u', requests: 2 }],
  observed: [['s1', 's2']],
  ...more,
})

const haproxy = (inListen: string, more: Partial<Made> = {}): Made => ({
  system: 'haproxy 2.6.12',
  config: `global\n  nbthread 1\nlisten l\n  bind :80\n${inListen}`,
  input: [{ listen: 'l', requests: 2 }],
  observed: [['a', 'b']],
  ...more,
})
const two = '  server a 1.1.1.1:1\n  server b 1.1.1.1:2\n'

const vcl = (init: string, more: Partial<Made> = {}): Made => ({
  system: 'varnish 7.1.1',
  config: `vcl 4.1; import directors; sub vcl_init { ${init} } sub vcl_recv { if (req.http.D == "d") { set req.backend_hint = d.backend(); } return (pass); }`,
  input: [{ test: 'd', sick: null }],
  observed: [['a', 'b', 'a']],
  ...more,
})
const pair = 'new d = directors.round_robin(); d.add_backend(a); d.add_backend(b);'

test('what is known is played', () => {
  for (const made of [nginx('server a:1; server b:1;'), haproxy(two), vcl(pair)]) {
    expect(outcomeOf(made)).toEqual({ kind: 'held', tests: [] })
  }
})

describe('what is not known makes a case unfit to run, whatever was observed', () => {
  test.each<[string, Made, RegExp]>([
    [
      'a directive in an upstream',
      nginx('server a:1; server b:1; sticky cookie c;'),
      /unknown directive "sticky"/,
    ],
    ['an option of a server', nginx('server a:1 slow_start=3s; server b:1;'), /unknown option "slow_start"/],
    ['a method', nginx('random three; server a:1; server b:1;'), /unknown method "random three"/],
    [
      'two upstreams of one name',
      nginx('server a:1; server b:1; } upstream u { server c:1;'),
      /two upstreams/,
    ],
    [
      'two sections of one name',
      haproxy(`${two}listen l\n  bind :81\n${two}`),
      /two sections are called "l"/,
    ],
    ['two methods', nginx('ip_hash; least_conn; server a:1;'), /two methods/],
    [
      'another upstream',
      nginx('server a:1;', { input: [{ upstream: 'w', requests: 1 }], observed: [[]] }),
      /no upstream "w"/,
    ],
    [
      'a directive around',
      nginx('server a:1; server b:1;', {
        config: 'http { limit_rate 5; upstream u { server a:1; server b:1; } }',
      }),
      /unknown directive "limit_rate"/,
    ],
    ['several workers', nginx('server a:1; server b:1;', {}, 'worker_processes 4;'), /worker_processes is 4/],
    [
      'a field of the input',
      nginx('server a:1; server b:1;', { input: [{ upstream: 'u', requests: 2, wind: 1 }] }),
      /nothing is known of "wind"/,
    ],
    [
      'a form of input',
      nginx('server a:1;', { input: [{ upstream: 'u', wind: 1 }] }),
      /no recordings of nginx with "upstream", "wind"/,
    ],
    [
      'a step',
      nginx('server a:1;', { input: [{ upstream: 'u', script: [['leap', 0]] }] }),
      /unknown step "leap"/,
    ],
    [
      'requests without anything to hash',
      nginx('hash $request_uri; server a:1; server b:1;'),
      /nothing to be hashed/,
    ],
    [
      'a key of several variables',
      nginx('hash $host$request_uri; server a:1; server b:1;', { input: [{ upstream: 'u', keys: ['/'] }] }),
      /nothing says what "\$host\$request_uri" is/,
    ],
    [
      'a setting of HAProxy',
      haproxy(`  tcp-request content reject\n${two}`),
      /unknown setting "tcp-request"/,
    ],
    [
      'an option of HAProxy',
      haproxy(`  option prefer-last-server\n${two}`),
      /unknown option "prefer-last-server"/,
    ],
    [
      'an option of a server of HAProxy',
      haproxy('  server a 1.1.1.1:1 track b/c\n'),
      /unknown option "track"/,
    ],
    ['a balance', haproxy(`  balance rdp-cookie\n${two}`), /unknown "balance rdp-cookie"/],
    [
      'a hash function',
      haproxy(`  balance source\n  hash-type consistent md5\n${two}`),
      /unknown "hash-type consistent md5"/,
    ],
    [
      'a command',
      haproxy(two, {
        input: [{ listen: 'l', requests: 1, stats_socket_commands_before_request: { 0: ['clear table l'] } }],
      }),
      /unknown command "clear table l"/,
    ],
    [
      'a queue of a server’s own',
      haproxy('  balance leastconn\n  server a 1.1.1.1:1 maxconn 1 maxqueue 2\n  server b 1.1.1.1:2\n'),
      /nothing is known of "maxqueue"/,
    ],
    [
      'checks that nobody can see',
      haproxy('  server a 1.1.1.1:1 check\n', {
        input: [{ phases: [{ mode: 'refuse', until: '3 checks' }] }],
      }),
      /a phase waits for checks that do not arrive/,
    ],
    ['a redispatch', haproxy(`  option redispatch 0\n${two}`), /unknown "option redispatch 0"/],
    [
      'a reason to try again',
      haproxy(`  retry-on junk-response\n${two}`),
      /unknown "retry-on junk-response"/,
    ],
    ['a director', vcl('new d = directors.lucky(); d.add_backend(a);'), /unknown director "lucky"/],
    ['a statement in vcl_init', vcl(`${pair} std.log("x");`), /there is no director "std"/],
    ['a test of no director', vcl(pair, { input: [{ test: 'e' }] }), /nothing says which director "e" asks/],
    [
      'another program',
      { ...nginx('server a:1;'), system: 'envoy 1.31' },
      /nothing is known of "envoy 1.31"/,
    ],
  ])('%s', (_what, made, because) => {
    const outcome = outcomeOf(made)
    expect(outcome.kind).toBe('not run')
    if (outcome.kind === 'not run') expect(outcome.because).toMatch(because)
  })
})

const JUNK = [
  null,
  0,
  -1,
  1.5,
  1e9,
  '',
  'x',
  '5%',
  [],
  [[]],
  [null],
  {},
  { 0: 1 },
  true,
  ['a'],
  [['start', 'x']],
]

test('no recording, however mangled, makes it stumble', () => {
  const random = stream(1, 'mangled')
  let played = 0
  for (const recording of builtInRecordings()) {
    // Draws take long, and their players share all else with the others.
    const short = recording.input.every(
      (fields) => !('sequential_requests' in fields) && fields.test !== 'random',
    )
    for (let n = 0; short && n < 25; n++) {
      const mangled = { ...recording, ...mangledPart(recording, random) } as Recording
      const { recording: again } = readRecording('a.json', JSON.stringify(mangled))
      if (!again) continue
      played++
      for (const { kind } of outcomesOf(again)) expect(kind).toMatch(/^(held|failed|not run)$/)
    }
  }
  expect(played).toBeGreaterThan(100)
})

function mangledPart(recording: Recording, random: Float64Array): Partial<Recording> {
  const what = below(random, 4)
  if (what === 0) {
    const from = below(random, recording.config.length)
    const to = Math.min(recording.config.length, from + below(random, 60))
    return { config: recording.config.slice(0, from) + recording.config.slice(to) }
  }
  const index = below(random, recording.input.length)
  const junk = JUNK[below(random, JUNK.length)]
  if (what === 1) return { observed: recording.observed.map((old, i) => (i === index ? junk : old)) }
  const input = recording.input.map((fields, i) => {
    if (i !== index) return fields
    const keys = Object.keys(fields)
    return { ...fields, [keys[below(random, keys.length)]!]: junk }
  })
  return { input }
}
