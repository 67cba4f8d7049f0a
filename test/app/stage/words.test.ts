import { describe, expect, test } from 'vitest'
import { facilitiesOf } from '../../../src/app/stage/facilities.ts'
import { commonest, failuresFor, findFailures, reasonText } from '../../../src/app/stage/failures.ts'
import { viewGroup } from '../../../src/app/stage/group-view.ts'
import { healthHistory } from '../../../src/app/stage/health-history.ts'
import { OUTCOMES } from '../../../src/app/stage/outcomes.ts'
import { packColor } from '../../../src/app/stage/palette.ts'
import { pictures } from '../../../src/app/stage/picture.ts'
import { describeReplica, shownStanding } from '../../../src/app/stage/replica-view.ts'
import { fittingName } from '../../../src/app/stage/short-name.ts'
import { stepTo } from '../../../src/app/stage/steps.ts'
import type { Change } from '../../../src/measure/series.ts'
import { OUTCOME_GROUPS, OUTCOME_NAMES } from '../../../src/model/facts.ts'
import { hopsOf, syntheticScenario, syntheticWindow } from './synthetic.ts'

const plan = {
  tiers: [
    { id: 'web', replicas: 4, concurrency: 8 },
    { id: 'db', replicas: 2, concurrency: 4 },
  ],
  rate: 100,
  service: 100,
  latency: 20,
  seconds: 4,
}
const facilities = facilitiesOf(syntheticScenario(plan))
const speeds = Float64Array.from(facilities, ({ speed }) => speed)
const window = syntheticWindow(plan)
const truth = (at: number, node: number, value: number, rate: number, errors = 0): Change => ({
  at,
  kind: 'truth',
  node,
  balancer: 0,
  value,
  rate,
  errors,
})
const belief = (at: number, node: number, balancer: number, value: number): Change => ({
  at,
  kind: 'belief',
  node,
  balancer,
  value,
  rate: 0,
  errors: 0,
})

test('outcomes are numbered, named and told apart as in the facts', () => {
  expect(OUTCOMES.map(({ title }) => title)).toEqual(OUTCOME_NAMES)
  const shapes = new Map(OUTCOMES.map(({ shape }, outcome) => [shape, OUTCOME_GROUPS[outcome]]))
  OUTCOMES.forEach(({ shape, title }, outcome) => {
    if (title !== 'cancelled') expect(shapes.get(shape)).toBe(OUTCOME_GROUPS[outcome])
  })
})

describe('what a replica says', () => {
  const changes = [
    truth(10, 0, 1, 0),
    belief(20, 0, 0, 0),
    truth(30, 1, 0, 0.2),
    truth(40, 2, 0, 1, 0.3),
    truth(50, 3, 2, 0),
  ]
  const draft = pictures(facilities)
  const sayAt = (at: number, node: number) => {
    const { views } = draft(healthHistory(changes, speeds).stateAt(at), undefined, at, 1, 0)
    return describeReplica(views[node]!, facilities[node]!)
  }
  test.each([
    [5, 0, 'up, believed ready'],
    [15, 0, 'crashed, believed ready'],
    [25, 0, 'crashed, believed out'],
    [35, 1, '5× slow, believed ready'],
    [45, 2, '30 % errors, believed ready'],
    [55, 3, 'hung, believed ready'],
  ])('at %i of replica %i: %s', (at, node, said) => expect(sayAt(at, node)).toBe(said))

  test('includes how full it is where the trace knows', () => {
    const levels = {
      ...window.levels,
      step: 1e12,
      frames: 1,
      busy: Uint16Array.of(3, 0, 0, 0, 0, 0),
      queued: Uint16Array.of(2, 0, 0, 0, 0, 0),
    }
    const { views } = pictures(facilities)(
      healthHistory([], speeds).stateAt(0),
      { ...window, levels },
      1e9,
      1,
      0,
    )
    expect(describeReplica(views[0]!, facilities[0]!)).toBe('up, believed ready, 3 of 8 busy, 2 waiting')
  })

  test('counts the balancers that disagree', () => {
    const history = healthHistory([belief(1, 4, 2, 0), belief(2, 4, 3, 0), belief(3, 4, 3, 0)], speeds)
    const { views } = pictures(facilities)(history.stateAt(9), undefined, 9, 1, 0)
    expect(describeReplica(views[4]!, facilities[4]!)).toBe('up, believed ready by 2 of 4')
  })
})

describe('redraws', () => {
  test('the same picture is handed out while nothing that it says has changed', () => {
    const draft = pictures(facilities)
    const history = healthHistory([truth(2e9, 0, 1, 0)], speeds)
    const first = draft(history.stateAt(1e9), window, 1e9, 1, 0)
    expect(draft(history.stateAt(1e9), window, 1e9, 1, 0)).toBe(first)
  })

  test('a change of one replica leaves the views of all others as they are', () => {
    const draft = pictures(facilities)
    const history = healthHistory([truth(2e9, 1, 1, 0)], speeds)
    const before = draft(history.stateAt(1e9), undefined, 1e9, 1, 0)
    const after = draft(history.stateAt(2e9), undefined, 2e9, 1, 0)
    const same = after.views.map((view, node) => view === before.views[node])
    expect(same).toEqual([true, false, true, true, true, true])
  })
})

test('the state at an instant is the same whichever way one came there', () => {
  const changes = Array.from({ length: 200 }, (_, at) =>
    at % 3 === 0
      ? truth(at, at % 6, at % 2, (at % 5) / 5, (at % 7) / 7)
      : belief(at, at % 6, at % 2, (at >> 1) % 2),
  )
  const wandering = healthHistory(changes, speeds)
  for (const at of [150, 3, 77, 199, 0, 198, 42, 42]) {
    expect(structuredClone(wandering.stateAt(at))).toEqual(healthHistory(changes, speeds).stateAt(at))
  }
})

test('a failure is shown at its replica for a second of wall time, fading', () => {
  const hops = hopsOf([{ request: 1, from: 2, to: -1, departs: 1e9, arrives: 1.01e9, way: 1, outcome: 4 }])
  const failures = failuresFor(6)
  const ages = [0.99, 1, 1.3, 1.9, 2.1].map((at) => {
    findFailures({ ...window, hops }, at * 1e9, 1, failures)
    return [failures.outcome[2], failures.age[2]]
  })
  expect(ages).toEqual([
    [0, 0],
    [4, 0],
    [4, 1],
    [4, 3],
    [0, 0],
  ])
})

test('failures are counted where they happened: at clients that lost patience, at balancers unless passed on', () => {
  const row = { departs: 1e9, arrives: 1.01e9, way: 1 }
  const hops = hopsOf([
    { ...row, request: 1, from: -1, to: -2, outcome: 5 },
    { ...row, request: 2, from: -1, to: -2, outcome: 5 },
    { ...row, request: 3, from: -1, to: -2, outcome: 7 },
    { ...row, request: 4, from: 2, to: -1, outcome: 4, departs: 0.9e9, arrives: 1e9 },
    { ...row, request: 4, from: -1, to: -2, outcome: 4 },
  ])
  const failures = failuresFor(6, 1, 1)
  findFailures({ ...window, stride: 4, hops }, 1.2e9, 1, failures)
  expect([...failures.outcome]).toEqual([0, 0, 4, 0, 0, 0, 7, 5])
  expect([...failures.count]).toEqual([0, 0, 4, 0, 0, 0, 4, 8])
  expect(reasonText(5, 8)).toBe('too late ×8')
  expect(reasonText(5, 1)).toBe('too late')
  expect(reasonText(4, 12_345)).toBe('queue full ×12k')
  const places = [
    [4, 3],
    [5, 2],
    [0, 0],
    [5, 2],
  ].map(([failure, count]) => ({ failure: failure!, failures: count! }))
  expect(commonest(places)).toEqual({ failure: 5, failures: 4 })
})

test.each([
  [0, undefined],
  [1 + 2, 'E'],
  [4 + 8, 'M'],
  [64 + 128, 'T'],
  [32, undefined],
])('of what is held against a replica (%i) the worst is shown: %s', (standing, letter) => {
  const { views } = pictures(facilities)(healthHistory([], speeds).stateAt(0), undefined, 0, 1, 0)
  expect(shownStanding({ ...views[0]!, standing })?.letter).toBe(letter)
})

test('a cell that stands for several says how many of them are what', () => {
  const history = healthHistory([truth(1, 1, 1, 0), belief(2, 1, 0, 0), truth(3, 2, 0, 0.5)], speeds)
  const levels = {
    ...window.levels,
    step: 1e12,
    frames: 1,
    busy: Uint16Array.of(8, 0, 4, 1, 0, 0),
    queued: Uint16Array.of(6, 0, 0, 0, 0, 0),
  }
  const { views } = pictures(facilities)(history.stateAt(9), { ...window, levels }, 9, 1, 0)
  const group = viewGroup(undefined, facilities.slice(0, 4), views.slice(0, 4))
  expect(group.name).toBe('web/1 to web/4')
  expect(group.description).toBe(
    '2 up, 1 slow, 1 crashed; 3 of 4 believed ready; on average 3.3 of 8 busy, 1.5 waiting',
  )
  expect([group.condition, group.ailing, group.belief]).toEqual(['crashed', 2, 'partly'])
  expect(viewGroup(group, facilities.slice(0, 4), views.slice(0, 4))).toBe(group)
})

test('arrows walk a grid of cells and stop at its ends', () => {
  const steps = (from: number) =>
    ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'x'].map((key) =>
      stepTo(key, from, 10, 4),
    )
  expect(steps(5)).toEqual([6, 4, 9, 1, 0, 9, undefined])
  expect(steps(9)).toEqual([9, 8, 9, 5, 0, 9, undefined])
})

test('a name that does not fit is cut to what the heading does not say', () => {
  expect(fittingName('web/12', 80)).toBe('web/12')
  expect(fittingName('application-servers/12', 80)).toBe('/12')
})

test('colours are packed as the bytes of a picture', () => {
  expect(packColor('rgb(1, 2, 3)')).toBe(0xff030201)
  expect(packColor('color(srgb 1 0.5 0)')).toBe(0xff0080ff)
})
