/**
 * `scaling`: who changes the number of replicas. Kubernetes' horizontal pod autoscaler with its defaults where
 * nothing is said; simple scaling with a cool-down; a schedule, beside them or alone.
 */

import type { Scaling, Schedule } from '../membership.ts'
import { listOf, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, integerOf, shareOf } from '../shapes/quantity.ts'
import { needed, optional, type RecordOf, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { MOST_FAULTS, MOST_REPLICAS } from './limits.ts'

const number = integerOf({ min: 1, max: MOST_REPLICAS })

const entry = record(
  {
    at: needed(durationOf({ bare: 's' }), 'When, from the start of the run, or of the repetition.'),
    replicas: needed(number, 'From then on there are no fewer replicas; with rule scheduled, as many.'),
  },
  { of: 'an entry of a schedule' },
)

const fields = {
  rule: standard(
    choiceOf(['hpa', 'simple', 'scheduled'], 'a rule for scaling'),
    'hpa: Kubernetes’ autoscaler; simple: so many more or fewer beyond thresholds, then a cool-down; scheduled: by the schedule alone.',
    'hpa',
  ),
  min: standard(number, 'Never fewer replicas.', 1),
  max: optional(
    number,
    'Never more; there is room for so many. Only with rule scheduled it may be left out.',
  ),
  target: standard(
    shareOf({ min: 0, above: true, max: 1 }),
    'Of hpa: the share of their slots that shall be busy, averaged over the time between two decisions.',
    '70%',
  ),
  sync: optional(
    durationOf({ min: 1e8, bare: 's' }),
    'From one decision to the next; left out: 15s, with rule simple 60s.',
  ),
  tolerance: standard(
    shareOf({ max: 1 }),
    'Of hpa: nothing is done while the load is not further from the target than this.',
    '10%',
  ),
  stabiliseDown: standard(
    durationOf({ bare: 's' }),
    'Of hpa: before replicas are taken away, the highest wish of so long a time counts.',
    '300s',
  ),
  stabiliseUp: standard(
    durationOf({ bare: 's' }),
    'Of hpa: before replicas are added, the lowest wish of so long a time counts.',
    '0s',
  ),
  readinessDelay: standard(
    durationOf({ bare: 's' }),
    'Of hpa: a replica that is not ready and younger than this is taken for idle when more are wanted.',
    '30s',
  ),
  above: standard(shareOf({ max: 1 }), 'Of simple: with more of the slots busy, replicas are added.', '80%'),
  below: standard(shareOf({ max: 1 }), 'Of simple: with fewer, some are taken away.', '30%'),
  add: standard(number, 'Of simple: how many at a time.', 1),
  remove: standard(number, 'Of simple: how many at a time.', 1),
  cooldown: standard(
    durationOf({ bare: 's' }),
    'Of simple: for so long after a change is complete nothing is changed.',
    '300s',
  ),
  schedule: optional(
    listOf(entry, { of: 'entries of a schedule', least: 1, most: MOST_FAULTS }),
    'How many replicas there are at least from when on; other rules may want more.',
  ),
  repeat: optional(
    durationOf({ min: 1e9, bare: 's' }),
    'The schedule begins anew after so long; left out: it does not.',
  ),
}

type Read = RecordOf<typeof fields>

const HPA = ['target', 'tolerance', 'stabiliseDown', 'stabiliseUp', 'readinessDelay'] as const
const SIMPLE = ['above', 'below', 'add', 'remove', 'cooldown'] as const

export const scaling: Shape<Scaling> = mapped(
  record(fields, { of: 'scaling', later: ['policy', 'metric'] }),
  (read, tree, spot): Scaling | undefined => {
    const max = read.max ?? mostIn(read)
    if (!isPossible(read, max, tree, spot)) return undefined
    const { rule, min, target, tolerance, stabiliseDown, stabiliseUp, readinessDelay } = read
    const { above, below, add, remove, cooldown } = read
    const sync = read.sync ?? (rule === 'simple' ? 60e9 : 15e9)
    const schedule = scheduleOf(read)
    return {
      min,
      max: max!,
      target,
      sync,
      tolerance,
      stabiliseDown,
      stabiliseUp,
      readinessDelay,
      ...(rule === 'hpa' ? {} : { rule }),
      ...(rule === 'simple' ? { simple: { above, below, add, remove, cooldown } } : {}),
      ...(schedule ? { schedule } : {}),
    }
  },
)

/** By the schedule alone there are as many as it ever says. */
function mostIn({ rule, schedule = [] }: Read): number | undefined {
  return rule === 'scheduled' ? Math.max(1, ...schedule.map(({ replicas }) => replicas)) : undefined
}

function scheduleOf({ schedule, repeat }: Read): Schedule | undefined {
  if (schedule === undefined) return undefined
  const entries = schedule.toSorted((a, b) => a.at - b.at)
  return repeat === undefined ? { entries } : { entries, every: repeat }
}

function isPossible(read: Read, max: number | undefined, tree: Tree, spot: Spot): boolean {
  let isRight = true
  const wrong = (key: string, message: string) => {
    complain(within(spot, key), (lookUp(tree, key) ?? tree).place, message)
    isRight = false
  }
  const { rule, min, schedule, repeat, above, below } = read
  for (const [keys, owner] of [
    [HPA, 'hpa'],
    [SIMPLE, 'simple'],
  ] as const) {
    for (const key of keys) {
      if (rule === owner || lookUp(tree, key) === undefined) continue
      wrong(key, `"${key}" belongs to the rule "${owner}", not to "${rule}"`)
    }
  }
  if (rule === 'scheduled' && lookUp(tree, 'sync'))
    wrong('sync', 'a schedule alone decides nothing between its entries')
  if (max === undefined) wrong('max', 'scaling needs "max"; a whole number is needed')
  else if (min > max) {
    complain(spot, tree.place, `at least ${min} replicas and at most ${max} cannot be`)
    isRight = false
  }
  if (rule === 'scheduled' && schedule === undefined)
    wrong('schedule', 'the rule "scheduled" needs "schedule", such as schedule: [{ at: 30s, replicas: 4 }]')
  if (rule === 'simple' && below >= above) wrong('below', '"below" must be less than "above"')
  if (repeat !== undefined && schedule === undefined) wrong('repeat', '"repeat" needs a "schedule"')
  const listed = lookUp(tree, 'schedule')
  for (const [i, { at, replicas }] of (schedule ?? []).entries()) {
    const item = listed?.kind === 'list' ? listed.items[i] : undefined
    const wrongIn = (key: string, message: string) => {
      const place = (lookUp(item, key) ?? tree).place
      complain(within(within(within(spot, 'schedule'), i + 1), key), place, message)
      isRight = false
    }
    if (max !== undefined && (replicas < min || replicas > max))
      wrongIn('replicas', `${replicas} replicas are scheduled; scaling keeps ${min} to ${max}`)
    if (repeat !== undefined && at >= repeat)
      wrongIn('at', 'an entry must lie before the schedule begins anew')
  }
  return isRight
}
