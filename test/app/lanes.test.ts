/** Which lanes there are, what each of them shows, and what may be said of them together. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { editText, openFirst } from '../../src/app/edits.ts'
import { startRuns, stepEvent } from '../../src/app/engine.ts'
import { differenceInWords, settingsInWords } from '../../src/app/lanes/difference.ts'
import { kindOf, MOST_LANES, offered, rightKeys, strategyKey } from '../../src/app/lanes/lane-key.ts'
import { sameness } from '../../src/app/lanes/sameness.ts'
import { loadReader } from '../../src/app/reader.ts'
import { statusOfLanes } from '../../src/app/status.ts'
import { addLane, choice, choose, removeLane } from '../../src/app/stores/choice.ts'
import { draft } from '../../src/app/stores/draft.ts'
import { playhead } from '../../src/app/stores/playhead.ts'
import { runs } from '../../src/app/stores/runs.ts'
import { marksOfLanes } from '../../src/app/timeline/marks.ts'
import { parse } from '../../src/scenario/index.ts'
import { doorOf } from '../../src/worker/door.ts'
import { fakeEngine } from './fake-engine.ts'

const TEXT = `clients: { users: { rate: 100/s } }
tiers:
  web: { replicas: 3, balancing: { strategy: random } }
duration: 1m
variants:
  in turn: { tiers.web.balancing.strategy: round-robin }
  more: { tiers.web.replicas: 5 }
`
await loadReader()
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))
const lanes = () => runs.getState().lanes
const keys = () => lanes().map(({ key }) => key)

describe('a lane as a word of the address', () => {
  test.each([
    ['base', { kind: 'base' }],
    ['variant:a: b', { kind: 'variant', name: 'a: b' }],
    [strategyKey('web', 'random'), { kind: 'strategy', tier: 'web', strategy: 'random' }],
    ['variant:', undefined],
    ['nonsense', undefined],
  ])('%s', (word, kind) => expect(kindOf(word)).toEqual(kind))
  test('unknown words and repetitions are dropped, and those beyond four', () => {
    expect(rightKeys(['x', 'base', 'base'])).toEqual(['base'])
    expect(rightKeys([])).toEqual(['base'])
    expect(rightKeys('abcdef'.split('').map((c) => `variant:${c}`))).toHaveLength(MOST_LANES)
  })
})

describe('lanes', () => {
  let stop: () => void
  let engine: ReturnType<typeof fakeEngine>

  beforeEach(async () => {
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
    runs.setState({ lanes: [] })
    choice.setState({ lanes: {} })
    await openFirst(doorOf(), 'mine', TEXT, 0)
    engine = fakeEngine()
    stop = startRuns(engine)
    await settled()
  })
  afterEach(() => {
    stop()
    vi.unstubAllGlobals()
  })

  test('begin with the file as it is; the file offers its variants', () => {
    expect(keys()).toEqual(['base'])
    expect(offered(draft.getState().scenario!)).toEqual(['base', 'variant:in turn', 'variant:more'])
  })

  test('that are added run beside those that stay; no lane runs twice', async () => {
    const first = lanes()[0]!.current!.number
    addLane('mine', 'variant:in turn')
    addLane('mine', strategyKey('web', 'two-choices'))
    await settled()
    expect(lanes().map(({ name, status }) => [name, status])).toEqual([
      ['as written', 'done'],
      ['in turn', 'done'],
      ['Two choices', 'done'],
    ])
    expect(lanes().map(({ scenario }) => scenario!.tiers[0]!.strategy.policy)).toEqual([
      'random',
      'round-robin',
      'two-choices',
    ])
    expect(lanes()[0]!.current!.number).toBe(first)
    expect(engine.calls.filter((call) => call.startsWith('open'))).toHaveLength(3)
    expect(lanes().every(({ scenario }) => scenario!.seed === lanes()[0]!.scenario!.seed)).toBe(true)
  })

  test('that are taken away are closed; the last one stays', async () => {
    addLane('mine', 'variant:more')
    await settled()
    const { number } = lanes()[1]!.current!
    removeLane('mine', 'variant:more')
    removeLane('mine', 'base')
    expect(keys()).toEqual(['base'])
    expect(engine.calls).toContain(`close ${number}`)
  })

  test('a variant alone keeps showing the run before it until it has its own', async () => {
    const before = lanes()[0]!.current
    const { open } = engine
    engine.open = async (...asked) => {
      await settled()
      return open(...asked)
    }
    choose('mine', ['variant:more'])
    expect(lanes()[0]).toMatchObject({ name: 'more', status: 'computing' })
    expect(lanes()[0]!.current).toBe(before)
    await settled()
    await settled()
    expect(lanes()[0]!.current!.scenario.tiers[0]!.replicas).toHaveLength(5)
    expect(lanes()[0]!.previous).toBe(before)
  })

  test('all follow a change of the file', async () => {
    addLane('mine', 'variant:in turn')
    vi.useFakeTimers()
    editText(TEXT.replace('100/s', '200/s'))
    vi.runAllTimers()
    vi.useRealTimers()
    await settled()
    expect(lanes().map(({ current }) => current!.scenario.clients[0]!.arrivals.params.rate)).toEqual([
      200, 200,
    ])
  })

  test('a variant with problems has them in its lane; the others run', async () => {
    choose('mine', ['base', 'variant:in turn', 'variant:more'])
    vi.useFakeTimers()
    editText(TEXT.replace('round-robin', 'round-robbin').replace('100/s', '150/s'))
    vi.runAllTimers()
    vi.useRealTimers()
    await settled()
    const [base, wrong, more] = lanes()
    expect(wrong!.problems[0]).toMatchObject({ hint: expect.stringContaining('round-robin'), line: 6 })
    expect(wrong).toMatchObject({ scenario: undefined, current: undefined })
    for (const lane of [base!, more!]) {
      expect(lane.problems).toEqual([])
      expect(lane.current!.scenario.clients[0]!.arrivals.params.rate).toBe(150)
    }
    expect(draft.getState().problems).toHaveLength(1)
  })

  test('a variant that is no longer in the file says so', async () => {
    choose('mine', ['base', 'variant:more'])
    vi.useFakeTimers()
    editText(TEXT.replace(/ {2}more.*\n/, ''))
    vi.runAllTimers()
    vi.useRealTimers()
    await settled()
    expect(lanes()[1]!.problems[0]!.message).toContain('there is no variant "more"')
  })

  test('one step goes to the next event of any lane', async () => {
    addLane('mine', 'variant:more')
    await settled()
    const numbers = lanes().map(({ current }) => current!.number)
    engine.step = async (run, at, direction) => at + direction * (run === numbers[0] ? 7 : 3)
    playhead.setState({ at: 100 })
    await stepEvent(1)
    expect(playhead.getState().at).toBe(103)
    await stepEvent(-1)
    expect(playhead.getState().at).toBe(100)
  })

  test('are told of one by one; what happens to all is marked once', async () => {
    addLane('mine', 'variant:more')
    await settled()
    expect(statusOfLanes(lanes(), 1e9, false)).toMatch(/^Paused at 0:01, 2 lanes\. as written: .* more: /)
    const drawn = lanes().map((lane) => ({ name: lane.name, current: lane.current! }))
    const crash = { at: 5e9, kind: 'truth', node: 0, balancer: -1, value: 1, rate: 0, errors: 0 } as const
    const seen = { ...crash, at: 6e9, kind: 'belief', value: 0 } as const
    const [one, two] = drawn
    const marks = marksOfLanes([
      { ...one!, current: { ...one!.current, changes: [crash, seen] } },
      { ...two!, current: { ...two!.current, changes: [crash, { ...seen, at: 7e9 }] } },
    ])
    expect(marks.map(({ at, title }) => [at / 1e9, title])).toEqual([
      [5, 'web/1 crashes'],
      [6, 'The balancer takes web/1 out (as written)'],
      [7, 'The balancer takes web/1 out (more)'],
    ])
  })
})

describe('what differs, in words', () => {
  const { scenario } = parse(TEXT, 'mine.yaml')
  test('names a lone tier not at all, and what only the first lane changes', () => {
    const set = { 'tiers.web.balancing': { strategy: 'random', choices: 2 } }
    expect(settingsInWords(set, scenario!)).toBe('balancing: { strategy: random, choices: 2 }')
    expect(differenceInWords({}, { 'clients.users.rate': '5/s' }, scenario!)).toBe('rate as in the file')
    expect(differenceInWords(set, set, scenario!)).toBe('')
    expect(settingsInWords({ expect: ['availability > 9%'] }, scenario!)).toBe('')
  })
})

describe('what is the same', () => {
  const read = (text: string, variant?: string) =>
    parse(text, 'mine.yaml', variant === undefined ? {} : { variant }).scenario!
  const named = (...scenarios: ReturnType<typeof read>[]) =>
    sameness(scenarios.map((scenario, i) => ({ name: `lane ${i + 1}`, scenario })))

  test('open arrivals under one seed are the same requests', () => {
    const { isSame, words } = named(read(TEXT), read(TEXT, 'in turn'), read(TEXT, 'more'))
    expect(isSame).toBe(true)
    expect(words).toContain('exactly the same requests (seed 1)')
  })
  test('a closed loop is not, and it says so', () => {
    const text = TEXT.replace('rate: 100/s', 'arrivals: { closed: { users: 5, thinkTime: 1s } }')
    expect(named(read(text), read(text, 'in turn'))).toMatchObject({
      isSame: false,
      words: expect.stringContaining('not exactly the same requests'),
    })
  })
  test.each([
    ['rate: 100/s', 'rate: 101/s', 'other requests'],
    ['duration: 1m', 'duration: 2m', 'another length'],
    ['duration: 1m', 'duration: 1m\nseed: 2', 'another seed'],
    ['duration: 1m', 'duration: 1m\nfaults: [{ at: 5s, crash: web/1 }]', 'other faults'],
    ['replicas: 3', 'replicas: 3, service: { demand: { constant: 1ms } }', 'other work for each request'],
  ])('%s against %s', (from, to, what) => {
    expect(named(read(TEXT), read(TEXT.replace(from, to))).words).toContain(`“lane 2” has ${what}`)
  })
})
