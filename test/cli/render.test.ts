import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { measured } from '../../src/cli/render/expectations.ts'
import { clock, duration, percent, plain, whole } from '../../src/cli/render/numbers.ts'
import { seedText } from '../../src/cli/render/seed.ts'
import { bars, strip } from '../../src/cli/render/strip.ts'
import { isColoured, styleFor, widthOf } from '../../src/cli/render/style.ts'
import { summary } from '../../src/cli/render/summary.ts'
import { table } from '../../src/cli/render/table.ts'
import { timeAxis } from '../../src/cli/render/time-axis.ts'
import { simulate } from '../../src/run/simulate.ts'
import { parse } from '../../src/scenario/index.ts'

describe('figures', () => {
  test.each([
    [whole(0), '0'],
    [whole(999.6), '1,000'],
    [whole(1234567), '1,234,567'],
    [plain(0), '0'],
    [plain(0.01234), '0.012'],
    [plain(1.234), '1.23'],
    [plain(56.78), '56.8'],
    [plain(432.1), '432'],
    [plain(NaN), '–'],
    [percent(0), '0 %'],
    [percent(1), '100 %'],
    [percent(0.5), '50.0 %'],
    [percent(0.0123), '1.23 %'],
    [percent(0.999999), '99.9999 %'],
    [percent(0.99999999999), '> 99.9999 %'],
    [duration(0.0005), '500 ns'],
    [duration(0.25), '250 µs'],
    [duration(12.345), '12.3 ms'],
    [duration(2500), '2.50 s'],
    [clock(0.25), '250 ms'],
    [clock(90), '90 s'],
    [clock(600), '10 min'],
    [clock(36000), '10 h'],
    [clock(864000), '10 d'],
    [seedText(''), '""'],
    [seedText(0), '0'],
  ])('%s is %s', (text, wanted) => expect(text).toBe(wanted))

  test('of expectations are shown in the unit in which they were expected', () => {
    expect(measured({ text: 'availability > 99%', holds: true, measured: 0.9975 })).toBe('99.75 %')
    expect(measured({ text: 'latency.p99 < 250ms', holds: true, measured: 1500 })).toBe('1.50 s')
    expect(measured({ text: 'requests.failed < 10', holds: true, measured: 3 })).toBe('3.00')
    expect(measured({ text: 'hitRate > 50%', holds: false, measured: null })).toBe('–')
  })
})

describe('a strip', () => {
  test('brings many steps to few bars, and widens few steps', () => {
    expect(bars([1, 3, 5, 7], 2, 'mean')).toEqual([2, 6])
    expect(bars([1, 3, 5, 7], 2, 'max')).toEqual([3, 7])
    expect(bars([1, 2], 5, 'mean')).toEqual([1, 1, 2, 2])
    expect(bars([null, 3, null, null], 2, 'mean')).toEqual([3, null])
    expect(bars([], 10, 'max')).toEqual([])
  })

  test('is as high as its values, and shows even the smallest that is not 0', () => {
    expect(strip([0, 1, 4, 8, 16, null], 2, 16)).toEqual(['    █ ', ' ▁▄██ '])
    expect(strip([0.0001, 0], 1, 16)).toEqual(['▁ '])
    expect(strip([0, 0], 1, 0)).toEqual(['  '])
  })
})

test('the time axis has round ticks, a dashed warm-up and named marks', () => {
  const { line, labels, marks } = timeAxis(60, 120, 10, [
    { at: 30, what: 'crash web/2' },
    { at: 100, what: 'recover web/2' },
  ])
  expect(line).toMatch(/^├╌{4}─{10}┬─{14}┬─{14}┬─{14}$/)
  expect(labels).toMatch(/^0 s {12}30 s {11}60 s {11}90 s$/)
  expect(marks.indexOf('▲')).toBe(15)
  expect(marks).toContain('▲ crash web/2')
})

test('a table is as wide as its widest cells', () => {
  const lines = table(
    {
      head: ['web', 'share'],
      rows: [
        ['web/1', '9 %'],
        ['w', '100 %'],
      ],
    },
    styleFor(false),
  )
  expect(lines).toEqual(['web     share', 'web/1     9 %', 'w       100 %'])
})

describe('colour', () => {
  test.each([
    [true, {}, {}, true],
    [false, { FORCE_COLOR: '1' }, { isTTY: true }, false],
    [undefined, {}, { isTTY: true }, true],
    [undefined, {}, {}, false],
    [undefined, { NO_COLOR: '1' }, { isTTY: true }, false],
    [undefined, { NO_COLOR: '' }, { isTTY: true }, true],
    [undefined, { FORCE_COLOR: '1' }, {}, true],
    [undefined, { FORCE_COLOR: '0' }, {}, false],
    [undefined, { TERM: 'dumb' }, { isTTY: true }, false],
  ])('with the flag %s, %o and %o is %s', (flag, env, screen, wanted) => {
    expect(isColoured(flag, env, screen)).toBe(wanted)
  })

  test('changes no character of the page', () => {
    const report = simulate(parse(SCENARIO, 'a.yaml').scenario!)
    const [bare, coloured] = [false, true].map((is) => summary(report, styleFor(is), 80)) as [string, string]
    expect(stripVTControlCharacters(coloured)).toBe(bare)
    expect(coloured).not.toBe(bare)
  })
})

const SCENARIO = `
name: A crash
seed: 7
duration: 60s
warmUp: 5s
clients: { users: { rate: 100/s, timeout: 1s } }
tiers:
  web: { replicas: 3, health: { active: { interval: 2s, timeout: 1s, fall: 3, rise: 2 } } }
faults: [{ at: 20s, crash: web/2 }, { at: 40s, recover: web/2 }]
expect: [availability > 99.99%]
`

describe('the page of a run', () => {
  const report = simulate(parse(SCENARIO, 'a.yaml').scenario!)
  const page = summary(report, styleFor(false), 80)

  test('tells what a person wants to know', () => {
    for (const words of [
      /^A crash\nseed 7 · 60 s, the first 5 s left out · [\d,]+ requests in /,
      /succeeded +[\d.]+\/s ┤[▁▂▃▄▅▆▇█ ]+\n/,
      /failed +[\d.]+\/s ┤ +[▁▂▃▄▅▆▇█]+\n/,
      /▲ crash web\/2 +▲ recover web\/2/,
      /\d+ refused/,
      /availability 9\d\.\d+ % · throughput/,
      /\nLatency +mean +p50/,
      /\nweb\/2 +[\d,]+ /,
      /20 s +crash +web\/2 +noticed after [\d.]+ s/,
      /✗ availability > 99\.99%/,
    ]) {
      expect(page).toMatch(words)
    }
  })

  test('keeps to the width it is given', () => {
    for (const width of [60, 80, 120]) {
      const [chart = ''] = summary(report, styleFor(false), width).split('\n\n').slice(1)
      for (const line of chart.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
    }
  })

  test('says when it is not the whole run', () => {
    expect(summary({ ...report, partial: true }, styleFor(false), 80)).toMatch(/\nPARTIAL: interrupted/)
  })

  test('copes with a run in which nothing happened', () => {
    const still = simulate({ ...parse(SCENARIO, 'a.yaml').scenario!, clients: [], duration: 1 })
    expect(summary(still, styleFor(false), 80)).toMatch(/arrived +0/)
  })
})

test('a line is as wide as the terminal, within reason', () => {
  expect([{}, { columns: 0 }, { columns: 20 }, { columns: 90 }, { columns: 500 }].map(widthOf)).toEqual([
    100, 100, 60, 90, 120,
  ])
})

describe('limits and connections', () => {
  const text = `
format: evenkeel/1
name: A flood
duration: 5s
clients:
  users: { rate: 40/s }
  bots: { role: attack, rate: 100/s, addresses: 1 }
tiers:
  edge:
    connections: {}
    tls: { resumption: 50% }
    rateLimit:
      policy: token-bucket
      rate: 60/s
      key: global
      classes: { known: { clients: [users], share: 100% }, others: { share: 30% } }
    service: { demand: 1ms, concurrency: 10 }
`
  const report = simulate(parse(text, 'flood.yaml').scenario!)
  const page = summary(report, styleFor(false), 80)

  test('are told of each population, tier and class', () => {
    const { attack, tiers } = report
    expect(page).toMatch(/\nClients +arrived +succeeded +limited +p50 +p99\nusers /)
    expect(page).toContain(
      `limits of rates and connections turned away ${percent(attack!.attackersLimitedShare!)} of the attackers`,
    )
    expect(page).toMatch(
      / connections opened · .* of the calls over open ones · .* resumed, .* of the work\n/,
    )
    expect(page).toContain(
      `${whole(tiers.edge!.limits!.limited)} turned away by limits of rates or connections (`,
    )
    expect(page).toMatch(/\nclasses +passed +limited\nknown .*\nothers /)
  })
})
