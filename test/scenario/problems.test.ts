import { describe, expect, test } from 'vitest'
import { strategies } from '../../src/policies/balancing/index.ts'
import { describe as line, parse } from '../../src/scenario/index.ts'
import { problemsOf, scenarioWith } from './texts.ts'

const STRATEGIES = strategies.names.join(', ')

/** The problems without the file's name. */
const wrong = (text: string) => problemsOf(text).map((problem) => problem.replace('s.yaml:', ''))
const client = (text: string) => wrong(scenarioWith({ client: text }))
const tier = (text: string) => wrong(scenarioWith({ tier: text }))
const rest = (text: string) => wrong(scenarioWith({ rest: text }))

const DURATION = 'a duration is needed, such as 250ms or 2s'
const NAMES =
  'constant, uniform, exponential, erlang, hyperexponential, lognormal, pareto, weibull, gamma, geometric, empirical, mixture'

test('all problems come at once, in the order of the text', () => {
  const text = `format: evenkeel/2
name: Everything wrong
duration: 120
clients:
  shoppers:
    rate: 400ms
    hedging: { attempts: 2 }
tiers:
  web:
    balancing: { strategy: least-conections }
    replicas: 4
    service: { demand: 12, concurency: 8, discipline: fofo }
faults:
  - { at: 30s, crash: web/9 }
  - { at: 75s, recover: wbe/2 }
expect:
  - availabilty > 99%
`
  expect(wrong(text)).toEqual([
    '1:9: format: "evenkeel/2" is not a known format; allowed: evenkeel/1; did you mean "evenkeel/1"?',
    `3:11: duration: "120" has no unit; ${DURATION}; did you mean "120s"?`,
    '6:11: clients.shoppers.rate: "400ms" is a duration; a rate is needed, such as 400/s or 30/m.',
    '7:5: clients.shoppers.hedging: "hedging" is not modelled yet.',
    `10:28: tiers.web.balancing.strategy: "least-conections" is not a balancing strategy; allowed: ${STRATEGIES}; did you mean "least-connections"?`,
    `12:24: tiers.web.service.demand: "12" has no unit; ${DURATION}; did you mean "12ms"?`,
    '12:28: tiers.web.service.concurency: "concurency" is not a setting of service; allowed: demand, concurrency, queue, discipline, patience, setUp, blocking, shed, limit, dropLate, codel, lifoAfter, warmUp; did you mean "concurrency"?',
    '12:55: tiers.web.service.discipline: "fofo" is not a queue discipline; allowed: fifo, lifo, ps, codel, adaptive-lifo; did you mean "fifo"?',
    '14:23: faults.1.crash: "web/9" is no replica; "web" has web/1 to web/4.',
    '15:25: faults.2.recover: "wbe/2": there is no tier "wbe"; the tiers are web; did you mean "web/2"?',
    '17:5: expect.1: "availabilty" is not a figure of the report, such as availability, latency.p99 or requests.failed; did you mean "availability"?',
  ])
})

test('a problem has its parts apart', () => {
  expect(parse(scenarioWith({ tier: 'replica: 3' }), 'a.yaml').problems).toEqual([
    {
      file: 'a.yaml',
      path: 'tiers.web.replica',
      line: 4,
      column: 10,
      message: expect.stringMatching(
        /^"replica" is not a setting of a tier; allowed: profile, balancing, replicas, service, .*\.$/,
      ),
      hint: 'Did you mean "replicas"?',
    },
  ])
  expect(line({ file: 'f', path: '', line: 0, column: 0, message: 'It is wrong.', hint: '' })).toBe(
    'f: It is wrong.',
  )
})

describe('units', () => {
  test.each([
    ['duration: 250', `5:11: duration: "250" has no unit; ${DURATION}; did you mean "250s"?`],
    ['duration: 0', `5:11: duration: "0" has no unit; ${DURATION}; did you mean "0s"?`],
    ['duration: "5 sec"', `5:11: duration: "5 sec" is not a duration; ${DURATION}; did you mean "5s"?`],
    ['duration: -5s', `5:11: duration: "-5s" is negative; ${DURATION}.`],
    ['duration: -5', `5:11: duration: "-5" has no unit; ${DURATION}.`],
    ['duration: .nan', `5:11: duration: ".nan" is not a number one can reckon with; ${DURATION}.`],
    ['duration: 1e999', `5:11: duration: "1e999" is not a number one can reckon with; ${DURATION}.`],
    ['duration: 5/s', `5:11: duration: "5/s" is a rate; ${DURATION}.`],
    ['duration: 5MB', `5:11: duration: "5MB" is a size; ${DURATION}.`],
    ['duration: soon', `5:11: duration: "soon" is not a duration; ${DURATION}.`],
    ['duration: [1s]', `5:11: duration: [1s] is given; ${DURATION}.`],
    ['duration: { a: 1 }', `5:11: duration: { a: 1 } is given; ${DURATION}.`],
    ['duration: true', `5:11: duration: "true" is given; ${DURATION}.`],
    ['duration:', `5:10: duration: nothing is given; ${DURATION}.`],
    ['duration: 101d', '5:11: duration: "101d" is too much; the most allowed is 100d.'],
    ['duration: 0s', '5:11: duration: "0s" is too little; it must be above 0s.'],
    ['warmUp: 60s', '5:9: warmUp: "60s" is no shorter than the whole run.'],
    ['warmUp: ato', `5:9: warmUp: "ato" is not a duration; ${DURATION}.`],
    ['seed: 1.5', '5:7: seed: "1.5" cannot be a seed; a whole number or a text is needed.'],
    ['seed: [1]', '5:7: seed: [1] cannot be a seed; a whole number or a text is needed.'],
    ['seed: 1e300', '5:7: seed: "1e300" cannot be a seed; a whole number or a text is needed.'],
    ['seed: "a\\e[0m"', '5:7: seed: "a\\u001b[0m" cannot be a seed; a whole number or a text is needed.'],
    ['name: [a]', '5:7: name: [a] is given; a text is needed.'],
    ['name: "a\\0b"', '5:7: name: "a\\u0000b" has control characters in it.'],
  ])('%s', (text, problem) => expect(rest(text)).toEqual([problem]))

  test('of sizes and shares', () => {
    expect(client('rate: 1/s, requests: { size: 500 }')).toEqual([
      '2:41: clients.users.requests.size: "500" has no unit; a size is needed, such as 16KiB or 10MB; did you mean "500B"?',
    ])
    expect(client('rate: 1/s, requests: { size: 64KB }')).toEqual([
      `2:41: clients.users.requests.size: "64KB" is not a size; a size is needed, such as 16KiB or 10MB; did you mean "64kB"?`,
    ])
    expect(rest('faults: [{ at: 1s, errors: web, share: 30 }]')).toEqual([
      '5:40: faults.1.share: "30" is too much; the most allowed is 100%; did you mean "30%"?',
    ])
    expect(rest('faults: [{ at: 1s, errors: web, share: 130% }]')).toEqual([
      '5:40: faults.1.share: "130%" is too much; the most allowed is 100%.',
    ])
  })
})

describe('clients', () => {
  const ARRIVALS = 'poisson, constant, renewal, mmpp, ramp, steps, spike, diurnal, closed, log'
  test.each([
    [
      'timeout: 1s',
      '2:10: clients.users: a client population needs "rate" or "arrivals"; such as "rate: 100/s".',
    ],
    [
      'rate: 1/s, arrivals: 1/s',
      '2:23: clients.users.arrivals: "rate" and "arrivals" are given; only one of rate, arrivals is allowed here.',
    ],
    [
      'rate: 400',
      '2:18: clients.users.rate: "400" has no unit; a rate is needed, such as 400/s or 30/m; did you mean "400/s"?',
    ],
    ['rate: 0/s', '2:18: clients.users.rate: "0/s" is too little; it must be above 0/s.'],
    [
      'rate: 20000000/s',
      '2:18: clients.users.rate: "20000000/s" is too much; the most allowed is 10000000/s.',
    ],
    [
      'arrivals: { log: a.log }, sessions: {}',
      '2:48: clients.users.sessions: a log says when each request comes; sessions are of other arrivals.',
    ],
    [
      'arrivals: { log: a.log }, addresses: { nat: { share: 10% } }',
      '2:56: clients.users.addresses.nat: a log brings its own addresses; "nat" is of other arrivals.',
    ],
    [
      'rate: 1/s, addresses: { count: 5, nat: { gateways: 0 } }',
      '2:63: clients.users.addresses.nat.gateways: "0" is too little; the least allowed is 1.',
    ],
    [
      'rate: 1/s, connections: {}',
      '2:36: clients.users.connections: connections need "requests", "lifetime" or both.',
    ],
    [
      'rate: 9000000/s, sessions: { requests: 2 }',
      '2:10: clients.users: "users" may send 18000000 requests a second; the most allowed is 10000000.',
    ],
    [
      'rate: 1/s, addresses: 1e10',
      '2:34: clients.users.addresses: "1e10" is too much; the most allowed is 1000000000.',
    ],
    [
      'rate: 1/s, onTimeout: give-up',
      '2:34: clients.users.onTimeout: "give-up" is not what can become of the work; allowed: continue, cancel.',
    ],
    [
      'arrivals: poison',
      `2:22: clients.users.arrivals: "poison" is not an arrival process; allowed: ${ARRIVALS}; or a rate is needed, such as 400/s or 30/m; did you mean "poisson"?`,
    ],
    ['arrivals: {}', `2:22: clients.users.arrivals: {} is given; an arrival process is needed: ${ARRIVALS}.`],
    [
      'arrivals: [a]',
      `2:22: clients.users.arrivals: [a] is given; an arrival process is needed: ${ARRIVALS}.`,
    ],
    [
      'arrivals: { poisson: {}, constant: {} }',
      '2:37: clients.users.arrivals.constant: "poisson" and "constant" are given; one arrival process is needed.',
    ],
    [
      'arrivals: { poisson: { rat: 5/s } }',
      '2:33: clients.users.arrivals.poisson: "poisson" needs "rate"; a rate is needed, such as 400/s or 30/m.|2:35: clients.users.arrivals.poisson.rat: "rat" is not a setting of "poisson"; allowed: rate; did you mean "rate"?',
    ],
    ['arrivals: { mmpp: [] }', '2:30: clients.users.arrivals.mmpp: at least 1 of the states must be given.'],
    [
      'arrivals: { mmpp: [{ rate: 0/s, stay: 1s }] }',
      '2:30: clients.users.arrivals.mmpp: "mmpp": states must have at least one with a rate above 0.',
    ],
    [
      'arrivals: { steps: [{ at: 5s, rate: 1/s }, { at: 5s, rate: 1/s }] }',
      '2:31: clients.users.arrivals.steps: "steps": points must be in order of time, each at its own instant.',
    ],
    [
      'arrivals: { closed: { users: 5, thinkTime: 0s } }',
      '2:10: clients.users: "users" may send without end in no time; think time or network latency must be above 0.',
    ],
    [
      'arrivals: { closed: { users: 5000000, thinkTime: 1ms } }',
      '2:10: clients.users: "users" may send 5000000000 requests a second; the most allowed is 10000000.',
    ],
    [
      'arrivals: { renewal: 1ns }',
      '2:10: clients.users: "users" may send 1000000000 requests a second; the most allowed is 10000000.',
    ],
    [
      'rate: 1/s, requests: { keys: { zipf: { count: 0 } } }',
      '2:58: clients.users.requests.keys.zipf.count: "0" is too little; the least allowed is 1.',
    ],
    [
      'rate: 1/s, requests: { keys: { hot-set: { count: 5, hot: 6 } } }',
      '2:52: clients.users.requests.keys.hot-set: "hot-set": hot must not be above count.',
    ],
  ])('%s', (text, problems) => expect(client(text).join('|')).toEqual(problems))

  test('must be there, with right names', () => {
    const TIERS = 'tiers: { web: }\n'
    expect(wrong(`${TIERS}clients: {}`)).toEqual(['2:10: clients: at least one client population is needed.'])
    expect(wrong(TIERS)).toEqual([
      '1:1: a scenario needs "clients"; a map of client populations by name is needed.',
    ])
    expect(wrong(`${TIERS}clients: [a]`)).toEqual([
      '2:10: clients: [a] is given; a map of client populations by name is needed.',
    ])
    expect(wrong(`${TIERS}clients: { "my users": { rate: 1/s } }`)).toEqual([
      '2:12: clients.my users: "my users" cannot be the name of a client population: only letters, digits and "-", from a letter on, at most 63; did you mean "my-users"?',
    ])
    expect(wrong(`${TIERS}clients: { web: { rate: 1/s } }`)).toEqual([
      '1:10: tiers.web: "web" is already the name of a client population; a tier needs another.',
    ])
  })

  test('may not bring more than can be run', () => {
    expect(wrong(scenarioWith({ client: 'rate: 2000/s', rest: 'duration: 100d' }))).toEqual([
      '2:3: clients: 17300000000 requests may come in this run; the most allowed is 10000000000; take a lower rate or a shorter duration.',
    ])
  })
})

describe('tiers', () => {
  test.each([
    ['replicas: 0', '4:20: tiers.web.replicas: "0" is too little; the least allowed is 1.'],
    ['replicas: 1000000', '4:20: tiers.web.replicas: "1000000" is too much; the most allowed is 10000.'],
    ['replicas: 2.5', '4:20: tiers.web.replicas: "2.5" is given; a whole number is needed.'],
    ['replicas: 4s', '4:20: tiers.web.replicas: "4s" is a duration; a whole number is needed.'],
    [
      'replicas: .inf',
      '4:20: tiers.web.replicas: ".inf" is not a number one can reckon with; a whole number is needed.',
    ],
    ['replicas: []', '4:20: tiers.web.replicas: at least 1 of the replicas must be given.'],
    [
      'replicas: { a: 1 }',
      '4:20: tiers.web.replicas: { a: 1 } is given; a number of replicas is needed, or a list of them.',
    ],
    [
      'replicas: [{ count: 9999 }, { count: 2 }]',
      '4:20: tiers.web.replicas: 10001 replicas are given; the most allowed is 10000.',
    ],
    [
      'replicas: [{ weight: 0 }]',
      '4:31: tiers.web.replicas.1.weight: "0" is too little; it must be above 0.',
    ],
    ['replicas: [{ cores: 4 }]', '4:23: tiers.web.replicas.1.cores: "cores" is not modelled yet.'],
    ['routes: {}', '4:10: tiers.web.routes: "routes" is not modelled yet.'],
    [
      'balancing: no-such',
      `4:21: tiers.web.balancing: "no-such" is not a balancing strategy; allowed: ${STRATEGIES}.`,
    ],
    [
      'balancing: { strategy: random, choices: 3 }',
      '4:41: tiers.web.balancing.choices: "choices" is not a setting of "random"; allowed: rule, refresh, per.',
    ],
    [
      'balancing: { strategy: two-choices, choises: 3 }',
      '4:46: tiers.web.balancing.choises: "choises" is not a setting of "two-choices"; allowed: rule, choices, replacement, refresh, per; did you mean "choices"?',
    ],
    [
      'balancing: { strategy: two-choices, refrsh: 1s }',
      '4:46: tiers.web.balancing.refrsh: "refrsh" is not a setting of "two-choices"; allowed: rule, choices, replacement, refresh, per; did you mean "refresh"?',
    ],
    [
      'balancing: { strategy: ring-hash, minRingSize: 10, maxRingSize: 9 }',
      '4:21: tiers.web.balancing: "ring-hash": minRingSize must not be above maxRingSize.',
    ],
    [
      'balancing: { stratgy: random }',
      '4:23: tiers.web.balancing.stratgy: "stratgy" is not a setting of balancing without a strategy; allowed: strategy; did you mean "strategy"?',
    ],
    [
      'balancing: { strategy: { two-choices: {} }, choices: 3 }',
      '4:54: tiers.web.balancing.choices: "choices" stands beside a strategy that has its parameters within it; put all in one place.',
    ],
    [
      'balancing: [a]',
      `4:21: tiers.web.balancing: [a] is given; a balancing strategy is needed: ${STRATEGIES}.`,
    ],
    [
      'service: { demand: exponental }',
      `4:29: tiers.web.service.demand: "exponental" is not a distribution; allowed: ${NAMES}; or ${DURATION}; did you mean "exponential"?`,
    ],
    [
      'service: { demand: exponential }',
      `4:29: tiers.web.service.demand: "exponential" needs "mean"; ${DURATION}.`,
    ],
    [
      'service: { demand: { lognormal: { mean: 5ms } } }',
      '4:42: tiers.web.service.demand.lognormal: "lognormal" needs "cv"; a plain number is needed, such as 1.5.',
    ],
    [
      'service: { demand: { uniform: { min: 5ms, max: 1ms } } }',
      '4:40: tiers.web.service.demand.uniform: "uniform": min must not be above max.',
    ],
    [
      'service: { demand: { erlang: { k: 1.5, mean: 1ms } } }',
      '4:44: tiers.web.service.demand.erlang.k: "1.5" is given; a whole number is needed.',
    ],
    [
      'service: { demand: { hyperexponential: { mean: 1ms, cv: 0.5 } } }',
      '4:66: tiers.web.service.demand.hyperexponential.cv: "0.5" is too little; the least allowed is 1.',
    ],
    [
      'service: { concurrency: 0 }',
      '4:34: tiers.web.service.concurrency: "0" is too little; the least allowed is 1.',
    ],
    [
      'service: { queue: endless }',
      '4:28: tiers.web.service.queue: "endless" is given; a whole number is needed, or unlimited.',
    ],
    [
      'service: { blocking: yes }',
      '4:31: tiers.web.service.blocking: "yes" is given; true or false is needed; did you mean "true"?',
    ],
    ['network: 5ms', '4:19: tiers.web.network: "5ms" is given; network is needed: a map with latency.'],
    [
      'health: { active: { fall: 0 } }',
      '4:36: tiers.web.health.active.fall: "0" is too little; the least allowed is 1.',
    ],
    [
      'health: { active: { interval: 1us } }',
      '4:40: tiers.web.health.active.interval: "1us" is too little; the least allowed is 1ms.',
    ],
    [
      'health: { passive: { rule: haproxy-observe } }',
      '4:29: tiers.web.health.passive: "haproxy-observe" acts on checks: it needs active checks with the rule haproxy.',
    ],
    [
      'health: { active: { rule: varnsh } }',
      '4:36: tiers.web.health.active.rule: "varnsh" is not a rule of active checks; allowed: standard, haproxy, varnish, alb, envoy, kubernetes; did you mean "varnish"?',
    ],
    [
      'health: { active: { rule: varnish, threshold: 9 } }',
      '4:28: tiers.web.health.active: "varnish": the threshold (9) is above the window (8).',
    ],
    [
      'failures: { mttf: 5m }',
      `4:20: tiers.web.failures: failures needs "mttr"; a duration or a distribution of durations is needed, such as 10m.`,
    ],
  ])('%s', (text, problem) => expect(tier(text)).toEqual([problem]))

  test('may not be too many, nor have too many neighbours', () => {
    const CLIENTS = 'clients: { users: { rate: 1/s } }\n'
    const many = Array.from({ length: 17 }, (_, i) => `t${i}: {}`).join(', ')
    expect(wrong(`${CLIENTS}tiers: { ${many} }`)).toEqual([
      '2:8: tiers: 17 tiers are given; the most allowed is 16.',
    ])
    expect(wrong(`${CLIENTS}tiers: { a: { replicas: 2000 }, b: { replicas: 2000 } }`)).toEqual([
      '2:8: tiers: all balancers together would look after 4002000 replicas; the most allowed is 1000000; each node of a tier balances over all of the next tier.',
    ])
  })
})

describe('faults', () => {
  test.each([
    ['{ crash: web/2 }', '5:10: faults.1: a fault needs "at"; a duration is needed, such as 250ms or 2s.'],
    [
      '{ at: 5s }',
      '5:10: faults.1: a fault needs one of crash, hang, slow, errors, recover, purge, softPurge, update, pause, flap, restart, outage, partition, latency, loss, drain, undrain, weight, spike, reload, scale, balance, checks, slots.',
    ],
    ['{ at: 5, crash: web }', `5:16: faults.1.at: "5" has no unit; ${DURATION}; did you mean "5s"?`],
    [
      '{ at: 5s, crsh: web }',
      '5:20: faults.1.crsh: "crsh" is not a setting of a fault; allowed: at, crash, hang, slow, errors, recover, purge, softPurge, update, pause, flap, restart, outage, partition, latency, loss, drain, undrain, weight, spike, reload, scale, balance, checks, slots, factor, share, keys, breaksOff, every, lasts, up, down, takes, add, from, as, to, with, interval, timeout, fall, rise, for; did you mean "crash"?',
    ],
    [
      '{ at: 5s, crash: web, hang: web }',
      '5:32: faults.1.hang: "crash" and "hang" are given; only one of crash, hang, slow, errors, recover, purge, softPurge, update, pause, flap, restart, outage, partition, latency, loss, drain, undrain, weight, spike, reload, scale, balance, checks, slots is allowed here.',
    ],
    ['{ at: 5s, attack: web }', '5:20: faults.1.attack: "attack" is not modelled yet.'],
    ['{ at: 5s, crash: web/0 }', '5:27: faults.1.crash: "web/0" is no replica; "web" has web/1 to web/4.'],
    ['{ at: 5s, crash: web/x }', '5:27: faults.1.crash: "web/x" is no replica; "web" has web/1 to web/4.'],
    ['{ at: 5s, crash: 3 }', '5:27: faults.1.crash: "3": there is no tier "3"; the tiers are web.'],
    ['{ at: 5s, slow: web }', '5:10: faults.1.factor: "slow" needs "factor", such as factor: 5.'],
    ['{ at: 5s, slow: web, factor: 0 }', '5:39: faults.1.factor: "0" is too little; it must be above 0.'],
    ['{ at: 5s, errors: web }', '5:10: faults.1.share: "errors" needs "share", such as share: 30%.'],
    [
      '{ at: 5s, crash: web, factor: 5 }',
      '5:40: faults.1.factor: "factor" belongs to "slow" or "spike", not to "crash".',
    ],
    [
      '{ at: 5s, recover: web, for: 5s }',
      '5:39: faults.1.for: "for" says when a fault ends; "recover" is no fault.',
    ],
    [
      'crash',
      '5:10: faults.1: "crash" is given; a fault is needed: a map with at, crash, hang, slow, errors, recover, purge, softPurge, update, pause, flap, restart, outage, partition, latency, loss, drain, undrain, weight, spike, reload, scale, balance, checks, slots, factor, share, keys, breaksOff, every, lasts, up, down, takes, add, from, as, to, with, interval, timeout, fall, rise, for.',
    ],
  ])('%s', (text, problem) => expect(rest(`faults: [${text}]`)).toEqual([problem]))

  test('are told even where their tier is wrong', () => {
    const text = scenarioWith({ tier: 'replicas: 4, queue: 3', rest: 'faults: [{ at: 1s, crash: web/5 }]' })
    expect(wrong(text)).toHaveLength(2)
  })
})

describe('expectations', () => {
  const FIGURE = 'is not a figure of the report, such as availability, latency.p99 or requests.failed'
  test.each([
    ['availability', '"availability" is not an expectation, such as "availability > 99%".'],
    ['latency.p98 < 1s', `"latency.p98" ${FIGURE}; did you mean "latency.p90"?`],
    ['availability => 99%', '"=>" does not compare; allowed: < <= > >= =; did you mean ">="?'],
    ['availability == 1', '"==" does not compare; allowed: < <= > >= =; did you mean "="?'],
    ['latency.p99 < 250', `"250" has no unit; ${DURATION}; did you mean "250ms"?`],
    ['latency.p99 < 99%', `"99%" is a share; ${DURATION}.`],
    ['availability > 99', '"99" is too much; the most allowed is 100%; did you mean "99%"?'],
    ['requests.failed = 5ms', '"5ms" is a duration; a plain number is needed, such as 1.5.'],
    ['requests.failed = none', '"none" is given; a plain number is needed, such as 1.5.'],
    ['tiers.wbe.imbalance < 2', `"tiers.wbe.imbalance" ${FIGURE}; did you mean "tiers.web.imbalance"?`],
    [
      'tiers.web.replicas.web/5.share < 2%',
      `"tiers.web.replicas.web/5.share" ${FIGURE}; did you mean "tiers.web.replicas.web/1.share"?`,
    ],
  ])('%s', (text, problem) => expect(rest(`expect: ['${text}']`)).toEqual([`5:10: expect.1: ${problem}`]))
})

describe('variants', () => {
  test.each([
    [
      '[a]',
      '5:11: variants: [a] is given; a map from names to changed settings is needed, such as { random: { tiers.web.balancing: random } }.',
    ],
    ['{ a: 5 }', '5:16: variants.a: "5" is given; changed settings are needed.'],
    ['{ "": {} }', '5:13: variants.: "" cannot name a variant: 1 to 60 characters are needed.'],
    [
      '{ toString: {} }',
      '5:13: variants.toString: "toString" cannot name a variant: it is a word of JavaScript, choose another.',
    ],
  ])('%s', (text, problem) => expect(rest(`variants: ${text}`)).toEqual([problem]))
})

describe('YAML', () => {
  const OPEN = 'not valid YAML: '
  test.each([
    [
      '',
      '1:1: the file is empty; the shortest one is { clients: { users: { rate: 100/s } }, tiers: { web: { replicas: 3 } } }',
    ],
    [
      '# nothing\n',
      '1:1: the file is empty; the shortest one is { clients: { users: { rate: 100/s } }, tiers: { web: { replicas: 3 } } }',
    ],
    [
      'hello',
      '1:1: this is not a scenario; the shortest one is { clients: { users: { rate: 100/s } }, tiers: { web: { replicas: 3 } } }',
    ],
    [
      '- a',
      '1:1: this is not a scenario; the shortest one is { clients: { users: { rate: 100/s } }, tiers: { web: { replicas: 3 } } }',
    ],
    ['tiers:\n\tweb: 1', '2:1: a tab indents this line; YAML is indented with spaces.'],
    ['a: [1,\nb: 2', '2:1: this line is not indented like the ones it belongs to.'],
    ['a: "x', `1:6: ${OPEN}missing closing "quote.`],
    ['a: b: c', '1:4: a "key: value" within a value; is it indented too far, or a second one on its line?'],
    [
      'a: 1\n b: 2',
      '1:4: a "key: value" within a value; is it indented too far, or a second one on its line?',
    ],
    ['a: 1\n---\na: 2', '2:1: a second document begins here; a scenario is one document.'],
    ['a: !x 1', '1:4: tags ("!…") are not used in scenarios.'],
    ['a: *b', '1:4: a: "*b" stands for nothing; no "&b" ends before it.'],
    ['a: &a [*a]', '1:8: a.1: "*a" stands for nothing; no "&a" ends before it.'],
  ])('%j', (text, problem) => expect(wrong(text)[0]).toEqual(problem))

  test('with a key twice', () => {
    expect(wrong(`${scenarioWith()}seed: 1\nseed: 2\n`)).toEqual([
      '6:1: seed: "seed" is given twice (first in line 5).',
    ])
    expect(client('rate: 1/s, rate: 2/s')).toEqual([
      '2:23: clients.users.rate: "rate" is given twice (first in line 2).',
    ])
  })

  test('with a key that is no text', () => {
    expect(wrong(`${scenarioWith()}[a]: 1\n`)).toEqual([
      '5:1: a key must be a plain text of at most 200 characters.',
    ])
  })

  test('with anchors is fine', () => {
    const text =
      'clients: { a: &a { rate: 1/s }, b: *a }\ntiers: { web: { service: &s { demand: 1ms } }, db: { service: *s } }'
    expect(wrong(text)).toEqual([])
  })

  test('of Windows, with a byte order mark', () => {
    expect(wrong(`\ufeff${scenarioWith({ rest: 'seed: .nan\n' }).replaceAll('\n', '\r\n')}`)).toEqual([
      '5:7: seed: ".nan" cannot be a seed; a whole number or a text is needed.',
    ])
  })
})
