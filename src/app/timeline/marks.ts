/** What the timeline marks: what happened to replicas, and when the balancers noticed. */

import type { TimelineEntry } from '../../measure/report.ts'
import type { Change } from '../../measure/series.ts'
import type { TimedEntry } from '../../scenario/edit/entries.ts'
import type { Fault, FaultKind, Scenario } from '../../scenario/scenario.ts'
import { percent, plain } from '../format.ts'
import { strategyTitle } from '../stores/abilities.ts'
import type { Run } from '../stores/runs.ts'
import type { EntryMark } from './entry-marks.ts'

type Shown = Extract<
  FaultKind,
  'crash' | 'hang' | 'slow' | 'errors' | 'recover' | 'purge' | 'softPurge' | 'update'
>

export interface Mark {
  readonly at: number
  readonly kind: Shown | 'detected'
  /** A sentence. */
  readonly title: string
  /** True: the scenario says so, rather than that it came about. */
  readonly isPlanned?: true
  /** The entry of the text that it is; absent: nothing to take hold of. */
  readonly of?: EntryMark
}

const VERBS: Readonly<Record<FaultKind, string>> = {
  crash: 'crashes',
  hang: 'hangs',
  slow: 'becomes slow',
  errors: 'begins to fail requests',
  recover: 'recovers',
  purge: 'is purged',
  softPurge: 'is purged softly',
  update: 'holds what has changed',
  pause: 'begins to pause',
  flap: 'begins to flap',
  partition: 'is cut off',
  latency: 'is far away',
  loss: 'begins to lose messages',
  drain: 'is drained',
  weight: 'gets another weight',
  spike: 'begins to send more',
  reload: 'reads its configuration anew',
  down: 'crashes',
  deploy: 'gets a new version',
  scale: 'gets another number of replicas',
  balance: 'is balanced by another strategy',
  checks: 'is checked by other settings',
  slots: 'gets another number of slots',
}
/** The same, when it is over. */
const ENDS: Partial<Record<FaultKind, string>> = {
  pause: 'pauses no more',
  flap: 'flaps no more',
  partition: 'can be reached again',
  latency: 'is as near as before',
  loss: 'loses no more messages',
  drain: 'is drained no more',
  weight: 'has its weight again',
  spike: 'sends as before',
  slots: 'has its slots again',
  down: 'recovers',
}
/** What somebody does on purpose: marked like what balancers do. */
const OPERATED: readonly FaultKind[] = [
  'drain',
  'weight',
  'reload',
  'deploy',
  'scale',
  'balance',
  'checks',
  'slots',
]
const PLAIN: readonly FaultKind[] = [
  'crash',
  'hang',
  'slow',
  'errors',
  'recover',
  'purge',
  'softPurge',
  'update',
]

/** The cause is seen a moment before the mark, so that one sees it happen. */
export const RUN_UP = 0.25e9

/** More than these and the timeline is a fence: the rest is told by the charts. */
const MOST_MARKS = 300

/** Of all lanes, in order of time: what happens to all alike once, else with the lane's name. */
export function marksOfLanes(
  lanes: readonly { readonly name: string; readonly current: Run }[],
): readonly Mark[] {
  const seen = new Map<string, { mark: Mark; names: string[] }>()
  for (const { name, current } of lanes) {
    for (const mark of timelineMarks(current.scenario, current.changes, current.report?.timeline)) {
      const key = `${mark.at} ${mark.kind} ${mark.title}`
      const known = seen.get(key)
      if (known) known.names.push(name)
      else seen.set(key, { mark, names: [name] })
    }
  }
  return [...seen.values()]
    .map(({ mark, names }) =>
      names.length === lanes.length ? mark : { ...mark, title: `${mark.title} (${names.join(', ')})` },
    )
    .sort((a, b) => a.at - b.at)
    .slice(0, MOST_MARKS)
}

/** Of the timed entries of one run, each with its entry. */
export function marksOfRun({
  scenario,
}: Pick<Run, 'scenario'>): readonly (Mark & { readonly fault: Fault })[] {
  return scenario.faults
    .filter(({ at }) => at <= scenario.duration)
    .map((fault) => ({ ...markOf(scenario, fault), fault }))
}

/** In order of time; a complete run's `timeline` knows how many keys moved. */
export function timelineMarks(
  scenario: Scenario,
  changes: readonly Change[],
  timeline: readonly TimelineEntry[] = [],
): readonly Mark[] {
  const names = scenario.tiers.flatMap((tier) => tier.replicas.map((replica) => replica.id))
  const marks: Mark[] = scenario.faults
    .filter((fault) => fault.at <= scenario.duration)
    .map((fault) => markOf(scenario, fault))
  const planned = new Set(scenario.faults.map((fault) => fault.at))
  const health = new Map<number, number>()
  const out = new Set<number>()
  for (const { at, kind, node, value } of changes) {
    const name = names[node] ?? ''
    if (kind === 'truth') {
      const was = health.get(node) ?? 0
      health.set(node, value)
      const news = newsOf(was, value)
      if (at === 0 || value === was || planned.has(at) || !news) continue
      marks.push({ at, kind: news.kind, title: `${name} ${news.verb}` })
    } else if ((value === 0) !== out.has(node)) {
      if (value === 0) out.add(node)
      else out.delete(node)
      const title = value === 0 ? `The balancer takes ${name} out` : `The balancer takes ${name} back in`
      marks.push({ at, kind: 'detected', title: `${title}${keysText(timeline, name, at)}` })
    }
  }
  return marks.sort((a, b) => a.at - b.at).slice(0, MOST_MARKS)
}

/** What begins, in more words where more is known. @param factor of a spike */
function verbOf(kind: FaultKind, strategy?: string, factor = Number.POSITIVE_INFINITY): string {
  if (kind === 'spike' && Number.isFinite(factor))
    return `begins to send ${factor < 1 ? 'less' : 'more'}: ${plain(factor)}× as much`
  return kind === 'balance' && strategy ? `is balanced by ${strategyTitle(strategy)}` : VERBS[kind]
}

/** The same of an entry as the file writes it. @param said all that it says */
export function wordsOf(
  what: string,
  said: TimedEntry['said'] = {},
): {
  readonly kind: Mark['kind']
  readonly begins: string
  readonly ends: string
} {
  const fault = SAID_AS[what] ?? (what as FaultKind)
  const ends = what === 'undrain'
  const { with: chosen, factor } = said
  const strategy = typeof chosen === 'object' ? (chosen as { strategy?: unknown } | null)?.strategy : chosen
  const verb = verbOf(
    fault,
    typeof strategy === 'string' ? strategy : undefined,
    typeof factor === 'number' ? factor : undefined,
  )
  return {
    kind: kindOf({ kind: fault, ...(ends && { ends }) }),
    begins: (ends && ENDS[fault]) || (what === 'restart' ? 'restarts' : verb),
    ends: what === 'restart' ? 'is back' : (ENDS[fault] ?? VERBS.recover),
  }
}

/** Words of the file that are other kinds to the engine. */
const SAID_AS: Readonly<Record<string, FaultKind>> = { restart: 'crash', outage: 'crash', undrain: 'drain' }

function kindOf({ kind, ends }: Pick<Fault, 'kind' | 'ends'>): Mark['kind'] {
  if (kind === 'down') return ends ? 'recover' : 'crash'
  if (PLAIN.includes(kind)) return kind as Mark['kind']
  if (ends) return 'recover'
  return OPERATED.includes(kind) ? 'detected' : 'slow'
}

function markOf(scenario: Scenario, fault: Fault): Mark {
  const verb = (fault.ends && ENDS[fault.kind]) || verbOf(fault.kind, fault.strategy?.policy, fault.amount)
  return { at: fault.at, kind: kindOf(fault), title: `${target(scenario, fault)} ${verb}`, isPlanned: true }
}

function target(scenario: Scenario, { tier, replica, client, balancer }: Fault): string {
  if (client !== undefined) return scenario.clients[client]?.id ?? 'A population'
  if (balancer !== undefined) return balancer < 0 ? 'The balancer' : `Balancer ${balancer + 1}`
  const place = scenario.tiers[tier]
  if (!place) return 'A replica'
  return replica < 0 ? `All of ${place.id}` : (place.replicas[replica]?.id ?? place.id)
}

/** `; 25 % of the keys move` where keys decide who serves a request. */
function keysText(timeline: readonly TimelineEntry[], name: string, at: number): string {
  const entry = timeline.find(
    ({ where, detected }) => where === name && detected !== undefined && Math.round(detected * 1e9) === at,
  )
  return entry?.keysMoved === undefined ? '' : `; ${percent(entry.keysMoved)} of the keys move`
}

/** What a change of health is called; values as in the facts. */
function newsOf(was: number, is: number): { readonly kind: Shown; readonly verb: string } | undefined {
  if (is === 0) return { kind: 'recover', verb: was === STARTING ? 'has started' : VERBS.recover }
  if (is === 1) return { kind: 'crash', verb: VERBS.crash }
  if (is === 2) return { kind: 'hang', verb: VERBS.hang }
  if (is === STARTING) return { kind: 'update', verb: 'starts' }
  return is === STOPPING ? { kind: 'update', verb: 'stops' } : undefined
}

const STARTING = 4
const STOPPING = 5
