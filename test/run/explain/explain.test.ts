/** The story of a request is what really happened to it, and its reasons are those of the moment. */
import { expect, test } from 'vitest'
import { CODE, OBJECT, SUBJECT } from '../../../src/base/fact-rows.ts'
import type { Probe } from '../../../src/engine/fact-log.ts'
import { LIMITED, OK, REFUSED, SENT, SETTLED } from '../../../src/model/facts.ts'
import { explainRequest } from '../../../src/run/explain/explain.ts'
import type { Story } from '../../../src/run/explain/story.ts'
import { openSession, replayOf, type Session, work } from '../../../src/run/session.ts'
import { parse } from '../../../src/scenario/index.ts'
import type { Scenario } from '../../../src/scenario/scenario.ts'
import { shipped } from '../../shipped.ts'

const { scenario: crash } = shipped.find(({ id }) => id === 'crash')!

interface Way {
  readonly nodes: number[]
  outcome: number
}

/** What a plain run did with every request. */
function witness(): { readonly ways: Map<number, Way>; readonly probe: Probe } {
  const ways = new Map<number, Way>()
  const wayOf = (subject: number) => {
    const request = Math.floor(subject)
    const way = ways.get(request) ?? { nodes: [], outcome: -1 }
    ways.set(request, way)
    return way
  }
  const probe: Probe = {
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const code = int[(row << 3) + CODE]!
        const subject = num[(row << 2) + SUBJECT]!
        if (subject < 0) continue
        if ((code & 255) === SENT) wayOf(subject).nodes.push(int[(row << 3) + OBJECT]!)
        if ((code & 255) === SETTLED) wayOf(subject).outcome = code >> 8
      }
    },
  }
  return { ways, probe }
}

function run(scenario: Scenario): {
  session: Session
  ways: Map<number, Way>
  story(request: number): Story
} {
  const { ways, probe } = witness()
  const session = openSession({ ...scenario, warmUp: 0 }, { probes: [probe] })
  while (!work(session, 1000));
  const replay = replayOf(session, probe)
  return { session, ways, story: (request) => explainRequest(session, replay, request)! }
}

const short: Scenario = {
  ...crash,
  duration: 12e9,
  faults: [{ at: 3e9, kind: 'crash', tier: 0, replica: 1, amount: 0 }],
}

test('a story goes the way of the run: every tenth request, wherever it lies between checkpoints', () => {
  const { ways, story } = run(short)
  const settled = [...ways].filter(([, { outcome }]) => outcome >= 0)
  expect(settled.length).toBeGreaterThan(1000)
  for (const [request, { nodes, outcome }] of settled.filter((_, i) => i % 10 === 0)) {
    const told = story(request)
    expect(told.legs.filter(({ node }) => node >= 0).map(({ node }) => node)).toEqual(nodes)
    expect(told.outcome).toBe(outcome)
    expect(told.choices.map(({ chosen }) => chosen)).toEqual(nodes)
  }
})

test('least connections is seen to take a replica with the fewest in flight', () => {
  const { ways, story } = run({
    ...short,
    tiers: short.tiers.map((tier) => ({ ...tier, strategy: { policy: 'least-connections', params: {} } })),
  })
  const picks = [...ways.keys()].filter((_, i) => i % 25 === 0).flatMap((request) => story(request).choices)
  expect(picks.length).toBeGreaterThan(20)
  for (const { how, chosen, candidates } of picks) {
    expect(how).toBe('picked')
    const able = candidates.filter(({ out }) => out === 0)
    const least = Math.min(...able.map(({ inFlight, weight }) => inFlight / weight))
    const one = able.find(({ node }) => node === chosen)!
    expect(one.inFlight / one.weight).toBe(least)
    expect(one.score).toBe(least)
  }
})

test('a choice is told by the strategy of its instant, also where that takes over while a request is on its way', () => {
  const at = 2e9
  const strategy = { policy: 'least-connections', params: {} }
  const { ways, story } = run({
    ...short,
    duration: 4e9,
    tiers: short.tiers.map((tier) => ({ ...tier, strategy: { policy: 'round-robin', params: {} } })),
    clients: short.clients.map((one) => ({
      ...one,
      latency: { policy: 'constant', params: { value: 100e6 } },
    })),
    faults: [{ at, kind: 'balance', tier: 0, replica: -1, amount: 0, strategy }],
  })
  // Those that are born within a fifth of a second around it, and a few before.
  const near = [...ways.keys()].slice(Math.floor(ways.size * 0.45), Math.ceil(ways.size * 0.52))
  const stories = near.map(story).filter(({ choices }) => choices.length > 0)
  const names = (some: readonly Story[]) => [
    ...new Set(some.flatMap(({ choices }) => choices).map((one) => one.strategy)),
  ]
  const onTheWay = stories.filter(({ born, choices }) => born < at && choices[0]!.at > at)
  expect(onTheWay.length).toBeGreaterThan(2)
  expect(names(onTheWay)).toEqual(['least-connections'])
  expect(names(stories.filter(({ choices }) => choices[0]!.at < at))).toEqual(['round-robin'])
  for (const { choices } of onTheWay) {
    const { chosen, candidates } = choices[0]!
    const least = Math.min(...candidates.map(({ inFlight }) => inFlight))
    expect(candidates.find(({ node }) => node === chosen)!.inFlight).toBe(least)
    expect(candidates.every(({ note }) => note !== '')).toBe(true)
  }
})

test('the spans of a request fill its time, from its birth to its answer', () => {
  const { ways, story } = run(short)
  const good = [...ways].filter(([, { outcome }]) => outcome === OK).map(([request]) => request)
  expect(good.length).toBeGreaterThan(1000)
  for (const request of good.filter((_, i) => i % 40 === 0)) {
    const { legs, born, settled } = story(request)
    const spans = legs.flatMap((leg) => leg.spans).sort((a, b) => a.from - b.from)
    expect(spans[0]!.from).toBe(born)
    expect(Math.max(...spans.map(({ to }) => to))).toBe(settled)
    for (const [i, span] of spans.entries()) if (i > 0) expect(span.from).toBe(spans[i - 1]!.to)
  }
})

test('a refused request names the crash, and until when it was believed in, and why', () => {
  const { ways, story } = run(short)
  const [request] = [...ways].find(([, { outcome }]) => outcome === REFUSED)!
  const { causes } = story(request)
  expect(causes.map(({ text }) => text)).toEqual([
    'web/2 refused it: nothing listened there.',
    'web/2 crashed at 3 s.',
    expect.stringMatching(
      /^The balancer believed web\/2 to be ready until \d+(\.\d+)? s, because 3 checks in a row have to fail, with a check every /,
    ),
  ])
})

const text = (more: string) => `
duration: 20s
clients: { users: { rate: 60/s, timeout: 300ms } }
tiers:
  web:
    replicas: 2
    service: { concurrency: 2, demand: 40ms }
${more}`

test('a request that its client gave up on is told where its time went, and who was slow', () => {
  const { scenario } = parse(`${text('faults: [{ at: 5s, slow: web/1, factor: 20 }]')}\n`, 'slow.yaml')
  const { ways, story } = run(scenario!)
  const late = [...ways].find(([, { outcome }]) => outcome === 5)!
  const { causes } = story(late[0])
  expect(causes[0]!.text).toMatch(
    /^After 300 ms its client waited no longer; it had spent \d+ ms in (service|queues)/,
  )
  expect(causes.some(({ text: said }) => said === 'web/1 works 20 times slower since 5 s.')).toBe(true)
})

test('nobody to send to: the balancer says whom it believed out', () => {
  const health = 'health: { active: { interval: 1s, timeout: 200ms, fall: 2, rise: 2 } }'
  const { scenario, problems } = parse(
    `${text('').replace('replicas: 2', `replicas: 2\n    ${health}`)}faults: [{ at: 5s, crash: web }]\n`,
    'none.yaml',
  )
  expect(problems).toEqual([])
  const { ways, story } = run(scenario!)
  const turned = [...ways].find(([, { outcome }]) => outcome === 7)!
  const said = story(turned[0]).causes.map((cause) => cause.text)
  expect(said[0]).toBe('The balancer believed that no replica could take it.')
  expect(said.slice(1)).toEqual(
    [1, 2].map((n) => expect.stringContaining(`web/${n} crashed at 5 s, and has been believed out since`)),
  )
})

test('a request that was never born has no story', () => {
  const { session } = run({ ...short, duration: 1e9 })
  const replay = replayOf(session, { consume: () => undefined })
  expect(explainRequest(session, replay, 1e9)).toBeUndefined()
  expect(explainRequest(session, replay, -1)).toBeUndefined()
})

test('a limit of connections, and a request that is sent too slowly, are told from a limit of rates', () => {
  const causes = (settings: string, sending = '') => {
    const text = `duration: 3s
clients: { u: { rate: 20/s, addresses: 500${sending} } }
tiers: { web: { ${settings} } }`
    const { scenario } = parse(text, 'limits')
    const { ways, story } = run(scenario!)
    const [failed] = [...ways].find(([, { outcome }]) => outcome === LIMITED)!
    return story(failed).causes.map((cause) => cause.text)
  }
  expect(causes('rateLimit: { rate: 1/s, key: global }')).toEqual(['A rate limit at web/1 turned it away.'])
  expect(causes('connections: { perReplica: 3 }')).toEqual([
    'web/1 had as many connections as it may have (3).',
  ])
  expect(causes('connections: { headerTimeout: 500ms }', ', sending: 2s')).toEqual([
    'web/1 waited 500 ms for the whole of it, and for no longer.',
  ])
})
