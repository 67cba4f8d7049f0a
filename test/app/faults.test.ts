/** What can be made to happen from the screen: every kind, to everything it can be about, as a right scenario. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { openFirst } from '../../src/app/edits.ts'
import { fitting } from '../../src/app/faults/fitting.ts'
import { happen } from '../../src/app/faults/happen.ts'
import { KIND_ICONS } from '../../src/app/faults/icons.ts'
import { KINDS, kindOf } from '../../src/app/faults/kinds.ts'
import { type Entered, enteredOf, initially, isBeyondForm, saidOf } from '../../src/app/faults/said.ts'
import { isBalancerUp, kindsFor, sendersTo, targetOf, targetsFor } from '../../src/app/faults/targets.ts'
import {
  changeTimed,
  moveTimed,
  removeTimed,
  setFromNow,
  setLoad,
  unleash,
} from '../../src/app/faults/timed.ts'
import { loadReader, reader } from '../../src/app/reader.ts'
import { draft, history } from '../../src/app/stores/draft.ts'
import { playhead } from '../../src/app/stores/playhead.ts'
import { withEntries } from '../../src/app/timeline/entry-marks.ts'
import { timelineMarks } from '../../src/app/timeline/marks.ts'
import { HAPPENINGS } from '../../src/scenario/format/fault-parts.ts'
import { tierAt } from '../../src/scenario/tier-at.ts'
import { doorOf } from '../../src/worker/door.ts'

const TEXT = `# mine
clients:
  users: { rate: 100/s }
  loop: { arrivals: { closed: { users: 3, thinkTime: 1s } } }
tiers:
  edge:
    balancers: 2
    replicas: [{ count: 2, zone: north }, { zone: south }]
    cache: { capacity: 1MB, ttl: 10s }
  app: { replicas: 2, health: { active: { interval: 2s } } }
duration: 1m
`
await loadReader()
beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  await openFirst(doorOf(), 'mine', TEXT, 12.3456e9)
})

const scenario = () => draft.getState().scenario!
const entries = () => reader().entriesOf(draft.getState().text)

test('every kind that the file format knows can be chosen, and deploys', () => {
  expect(KINDS.map(({ id }) => id).sort()).toEqual([...HAPPENINGS, 'deploy'].sort())
  for (const { id } of KINDS) expect(KIND_ICONS[id], id).toBeDefined()
})

describe.each(KINDS.map((kind) => [kind.id, kind] as const))('%s', (_, kind) => {
  test('happens to everything it can be about, and is found again as it was entered', () => {
    const targets = targetsFor(kind, scenario())
    expect(targets.length).toBeGreaterThan(0)
    for (const target of targets) {
      const entered = initially(kind, target)
      happen(kind, entered, scenario())
      expect(draft.getState().problems, target).toEqual([])
      const [entry] = entries()
      expect(entry).toMatchObject({ what: kind.id, target, at: 12.345e9, section: kind.section })
      expect(saidOf(kind, enteredOf(kind, entry!.said))).toEqual(saidOf(kind, entered))
      expect(draft.getState().change).toBe(`${kind.id} ${target} at 0:12.3`)
      history.getState().undo()
      expect(draft.getState().text).toBe(TEXT)
    }
  })

  test('with everything set', () => {
    const target = targetsFor(kind, scenario())[0]!
    for (const option of kind.options[0]?.choices ?? [{ id: '' }]) {
      const full: Entered = {
        target,
        amounts: Object.fromEntries(kind.amounts.map(({ key, initial = 50 }) => [key, initial])),
        options: Object.fromEntries(kind.options.map(({ key }) => [key, option.id])),
        lasts: kind.canLast ? 7.5 : 0,
        from: kind.hasFrom ? 'balancer/2' : '',
      }
      happen(kind, full, scenario(), 5e9)
      expect(draft.getState().problems).toEqual([])
      expect(saidOf(kind, enteredOf(kind, entries()[0]!.said))).toEqual(saidOf(kind, full))
      history.getState().undo()
    }
  })
})

describe('targets', () => {
  test('are known by their names', () => {
    const kindsOf = (name: string) => targetOf(scenario(), name)?.kind
    expect(['edge/1', 'app', 'balancer/2', 'users', 'south', 'nobody'].map(kindsOf)).toEqual([
      'replica',
      'tier',
      'balancer',
      'clients',
      'zone',
      undefined,
    ])
    expect(sendersTo(scenario(), 'edge/1')).toEqual(['balancer/1', 'balancer/2'])
    expect(sendersTo(scenario(), 'app')).toEqual(['edge/1', 'edge/2', 'edge/3'])
  })
  test('are offered only what can happen to them', () => {
    const idsFor = (name: string) => kindsFor(targetOf(scenario(), name)!).map(({ id }) => id)
    expect(idsFor('edge/1')).toContain('purge')
    expect(idsFor('app/1')).not.toContain('purge')
    expect(idsFor('users')).toEqual(['spike'])
    expect(idsFor('loop')).toEqual([])
    expect(idsFor('balancer')).toEqual(['crash', 'recover', 'reload'])
  })
  test('what falls on a replica may strike its tier or zone', () => {
    expect(fitting(kindOf('crash'), 'edge/3', scenario())).toBe('edge/3')
    expect(fitting(kindOf('scale'), 'edge/3', scenario())).toBe('edge')
    expect(fitting(kindOf('outage'), 'edge/3', scenario())).toBe('south')
    expect(fitting(kindOf('spike'), 'edge/3', scenario())).toBeUndefined()
    expect(fitting(kindOf('purge'), 'app/1', scenario())).toBeUndefined()
  })
})

test('a balancer that was killed can be told to recover, and is known to be up or not', () => {
  happen(kindOf('crash'), initially(kindOf('crash'), 'balancer/2'), scenario(), 10e9)
  happen(kindOf('recover'), initially(kindOf('recover'), 'balancer/2'), scenario(), 20e9)
  const up = (name: string) => [9e9, 10e9, 20e9].map((at) => isBalancerUp(scenario(), name, at))
  expect(up('balancer/2')).toEqual([true, false, true])
  expect(up('balancer')).toEqual([true, false, true])
  expect(up('balancer/1')).toEqual([true, true, true])
})

test('a flood is about nobody: it can be let fall on anything, and begins when it was told to', () => {
  const flood = kindOf('flood')
  expect(fitting(flood, 'edge/3', scenario())).toBe('edge/3')
  happen(flood, { ...initially(flood, 'edge/3'), lasts: 4 }, scenario(), 6e9)
  expect(scenario().clients.map(({ id }) => id)).toContain('flood')
  expect(draft.getState().text).toMatch(/at: 6s[\s\S]*at: 10s/)
})

test('a purge may be one of some keys only', () => {
  const purge = kindOf('purge')
  happen(purge, { ...initially(purge, 'edge/1'), amounts: { keys: 10 } }, scenario())
  expect(draft.getState().text).toContain('purge: edge/1')
  expect(scenario().faults[0]).toMatchObject({ kind: 'purge', keys: 0.1 })
})

test('a deploy and more replicas get the room they need, in the same step', () => {
  const scale = kindOf('scale')
  happen(scale, { ...initially(scale, 'app'), amounts: { to: 6 } }, scenario())
  expect(scenario().tiers[1]!.replicas).toHaveLength(6)
  const deploy = kindOf('deploy')
  happen(deploy, { ...initially(deploy, 'edge'), options: { strategy: 'blue-green' } }, scenario())
  expect(scenario().tiers[0]!.replicas).toHaveLength(6)
  history.getState().undo(2)
  expect(draft.getState().text).toBe(TEXT)
})

describe('an entry that is there', () => {
  beforeEach(() => happen(kindOf('crash'), { ...initially(kindOf('crash'), 'app/1'), lasts: 5 }, scenario()))
  test('is moved in one step, however many nudges it takes', () => {
    moveTimed('faults', 0, 13e9, 'crash app/1', true)
    moveTimed('faults', 0, 14e9, 'crash app/1', true)
    expect(scenario().faults[0]).toMatchObject({ at: 14e9 })
    history.getState().undo()
    expect(scenario().faults[0]).toMatchObject({ at: 12.345e9 })
  })
  test('is changed and taken out', () => {
    changeTimed('faults', 0, { for: undefined, crash: 'app/2' }, 'change it')
    expect(scenario().faults).toHaveLength(1)
    removeTimed('faults', 0, 'crash app/2')
    expect(scenario().faults).toEqual([])
    expect(draft.getState().text).toBe(TEXT)
  })
  test('stands on the timeline with its beginning and its end, in the place of what they bring about', () => {
    const marks = withEntries(timelineMarks(scenario(), []), entries(), 60e9)
    expect(marks.map(({ at, kind, title, of }) => [at, kind, title, of?.part])).toEqual([
      [12.345e9, 'crash', 'app/1 crashes', 'start'],
      [17.345e9, 'recover', 'app/1 recovers', 'end'],
    ])
  })
  test('whose amount is a distribution keeps it', () => {
    const said = { at: '1s', pause: 'app', every: { exponential: { mean: '5s' } }, lasts: '200ms' }
    const kind = kindOf('pause')
    expect(enteredOf(kind, said).amounts).toEqual({ lasts: 200 })
    expect(isBeyondForm(kind, said)).toEqual(['every'])
  })
})

describe('the load', () => {
  test('changes at the playhead, as often as one likes; back to what it was it ends there', () => {
    setLoad('users', 4)
    playhead.setState({ at: 20e9 })
    setLoad('users', 2)
    playhead.setState({ at: 30e9 })
    setLoad('users', 1)
    expect(entries().map(({ said }) => said)).toEqual([
      { at: '12.345s', spike: 'users', factor: 4, for: '7.655s' },
      { at: '20s', spike: 'users', factor: 2, for: '10s' },
    ])
    expect(draft.getState().problems).toEqual([])
  })
  test('goes down as well as up', () => {
    setLoad('users', 0.5)
    expect(scenario().faults).toMatchObject([{ kind: 'spike', amount: 0.5 }])
    expect(withEntries(timelineMarks(scenario(), []), entries(), 60e9)).toMatchObject([
      { title: 'users begins to send less: 0.5× as much' },
    ])
    setLoad('users', 1)
    expect(draft.getState().text).toBe(TEXT)
  })
  test('set by one hand while the time goes on, it is one entry and one step', () => {
    const steps = () => history.getState().pastStates.length
    setLoad('users', 4)
    const before = steps()
    playhead.setState({ at: 14e9 })
    setLoad('users', 6, 12.345e9)
    setLoad('users', 8.1, 12.345e9)
    expect(entries().map(({ said }) => said)).toEqual([{ at: '12.345s', spike: 'users', factor: 8.1 }])
    expect(steps()).toBe(before)
  })
  test('changed twice at one instant is said once', () => {
    setLoad('users', 4)
    setLoad('users', 3)
    expect(entries()).toHaveLength(1)
    setLoad('users', 1)
    expect(draft.getState().text).toBe(TEXT)
  })
})

describe('settings from now on', () => {
  test('are entries at the playhead, one for each instant and tier', () => {
    setFromNow('balance', 'app', { with: 'random' }, 'random in app')
    setFromNow('balance', 'app', { with: 'least-connections' }, 'least-connections in app')
    setFromNow('checks', 'app', { interval: '1s' }, 'interval 1s')
    setFromNow('checks', 'app', { fall: 1 }, 'fall 1')
    expect(entries().map(({ said }) => said)).toEqual([
      { at: '12.345s', balance: 'app', with: 'least-connections' },
      { at: '12.345s', checks: 'app', interval: '1s', fall: 1 },
    ])
    expect(draft.getState().problems).toEqual([])
    expect(draft.getState().change).toBe('fall 1 from 0:12.3')
    const titles = withEntries(timelineMarks(scenario(), []), entries(), 60e9).map(({ title }) => title)
    expect(titles).toEqual([
      'All of app is balanced by Least connections',
      'All of app is checked by other settings',
    ])
  })
  test('are what the tier has from then on', () => {
    setFromNow('balance', 'app', { with: 'random' }, 'random in app')
    setFromNow('checks', 'app', { fall: 1 }, 'fall 1')
    const [before, after] = [12e9, 13e9].map((at) => tierAt(scenario(), 1, at))
    expect(before).toBe(scenario().tiers[1])
    expect(after).toMatchObject({
      strategy: { policy: 'random' },
      health: { active: { rule: { params: { interval: 2e9, fall: 1 } } } },
    })
  })
  test('that say more than a form can show stay as they are when another part is changed', () => {
    const kind = kindOf('balance')
    const said = { balance: 'app', with: { strategy: 'two-choices', choices: 3 } }
    expect(isBeyondForm(kind, said)).toEqual(['with'])
    expect(saidOf(kind, enteredOf(kind, said)).with).toBeUndefined()
  })
})

test('a flood is a population of its own that begins at the playhead, and another has another name', () => {
  unleash({ rate: 900, addresses: 7, lasts: 10 })
  unleash({ rate: 5, addresses: 1, lasts: 0 })
  expect(draft.getState().problems).toEqual([])
  expect(scenario().clients.slice(2)).toMatchObject([
    {
      id: 'flood',
      role: 'attack',
      addresses: 7,
      arrivals: {
        params: {
          points: [
            { at: 12.345e9, rate: 900 },
            { at: 22.345e9, rate: 0 },
          ],
        },
      },
    },
    { id: 'flood-2', addresses: 1 },
  ])
})
