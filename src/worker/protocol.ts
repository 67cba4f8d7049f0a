/** What passes between the screen and the engine's worker: plain data only, times in nanoseconds. */

import type { Report } from '../measure/report.ts'
import type { Change, RunSeries } from '../measure/series.ts'
import type { Break } from '../run/breaks.ts'
import type { Comparison } from '../run/compare/result.ts'
import type { CrowdColumns } from '../run/crowd.ts'
import type { Doors } from '../run/door-counts.ts'
import type { Story } from '../run/explain/story.ts'
import type { FactColumns, FactFilter } from '../run/explain/window.ts'
import type { Complaints } from '../scenario/access-log/complaints.ts'
import type { FirstReading } from '../scenario/reading.ts'
import type { Scenario } from '../scenario/scenario.ts'

export type { Break } from '../run/breaks.ts'
export type { Comparison, Difference, FigureOutline } from '../run/compare/result.ts'
export type { Doors } from '../run/door-counts.ts'
export type { Candidate, Choice, Leg, Span, SpanKind, Story } from '../run/explain/story.ts'
export type { FactColumns, FactFilter } from '../run/explain/window.ts'

/** What has been computed so far; posted many times while a run computes, the last time with the report. */
export interface RunUpdate {
  readonly run: number
  readonly simulatedTo: number
  readonly series: RunSeries
  readonly changes: readonly Change[]
  /** Present when the run is complete. */
  readonly report?: Report
}

/** What moves between two instants. */
export interface TraceWindow {
  readonly run: number
  readonly from: number
  readonly to: number
  /** One drawn request stands for this many (requests whose serial number divides by it). */
  readonly stride: number
  readonly hops: Hops
  readonly levels: Levels
  /** Absent when no tier has a cache, a limit or connections that cost something. */
  readonly doors?: Doors
}

/** Columns of equal length, in order of departure. A dot's place is arithmetic on `departs` and `arrives`. */
export interface Hops {
  readonly count: number
  /** Serial number of the request; with a fraction it is a further try of that request; -1: it is of none. */
  readonly request: Float64Array
  /** Number of a node; -1 - n: balancer n in front; -1 - fronts - n: client population n. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly departs: Float64Array
  readonly arrives: Float64Array
  /** 0: a request on its way in; 1: a response on its way out. */
  readonly way: Uint8Array
  /** Of a response: its outcome (model/facts OK, ERROR, …); of a request: 0. */
  readonly outcome: Uint8Array
  /**
   * What moves, and whose answer: 0 a first try, 1 a further one, 2 a copy of one that is late, 3 a cache's fetch
   * in the background, 4 a health check, 5 a purge (from and to the node itself: it comes from outside, as do
   * checks by the node's own machine), 6 a full handshake, 7 a resumed one; absent: all are first tries.
   */
  readonly kind?: Uint8Array
  /** The client's address as the balancer sees it; absent: nobody knows. */
  readonly address?: Int32Array
  /** Balancers in front; absent: one. */
  readonly fronts?: number
}

/** How full each node was, sampled: value[frame * nodes + node], frame f being the instant from + f * step. */
export interface Levels {
  readonly step: number
  readonly frames: number
  readonly nodes: number
  readonly queued: Uint16Array
  readonly busy: Uint16Array
  /** Requests that wait at each balancer in front: held[frame * fronts + front]; absent: nobody waits there. */
  readonly held?: Uint16Array
  /**
   * Why any balancer leaves a node out, or gives it less: 1 down by checks, 2 ejected for its answers, 4 draining,
   * 8 in maintenance, 16 not heard of, 32 outside its subset, 64 in slow start, 128 on trial (half-open); absent: nothing.
   */
  readonly standing?: Uint8Array
  /**
   * Of each balancer in front, as `held`: 1 it is dead, 2 it serves the address of its pair, 4 DNS does not give
   * its address; absent: nothing.
   */
  readonly fronts?: Uint8Array
  /** Connections that are open; absent where they cost nothing. */
  readonly open?: Uint32Array
  /** How much of a cache's capacity is taken, 255 being all; absent where there is none. */
  readonly filled?: Uint8Array
}

/** Who comes between two instants of a run, and where they stick. */
export interface Crowd extends CrowdColumns {
  readonly run: number
}

/** A lane of a comparison. */
export interface Contender {
  readonly name: string
  /** What it changes of the scenario: dotted paths, each with its new value. */
  readonly set: Readonly<Record<string, unknown>>
  readonly scenario: Scenario
}

/**
 * The door of a worker that compares scenarios by replications, and knows nothing of the screen's runs. It does
 * one comparison at a time; a new one begins with what earlier ones have already run of the same scenarios.
 */
export interface ComparisonDoor {
  /** As that of the engine. */
  addLog(file: string, content: Blob): Promise<unknown>
  /**
   * Runs `replications` of each contender, the first being what the others are held against, all with the same
   * seeds. `onResult` gets the comparison so far after each replication of all, lastly the complete one.
   * Ends early when it is stopped, or another comparison begins.
   */
  compare(
    contenders: readonly Contender[],
    replications: number,
    onResult: (result: Comparison) => void,
  ): Promise<void>
  /** True: what is under way waits, and takes no time; false: it goes on. */
  hold(isHeld: boolean): Promise<void>
  /** Gives up what is under way; what has been run is kept. */
  stop(): Promise<void>
}

/** Reads scenario files for a screen that has no reader of its own yet: the engine has one anyway. */
export interface ReaderDoor {
  read(text: string, file: string): Promise<FirstReading>
}

/** Tells a worker that computes from one that is caught in it. */
export interface AliveDoor {
  /** Answers as soon as anything is heard. */
  alive(): Promise<void>
}

/** The worker's door, called through comlink. */
export interface EngineDoor {
  /**
   * Computes a run and keeps it for seeking; an earlier run of the same scenario up to some instant is
   * continued from there instead of begun anew. `onUpdate` is called at least once, lastly with the report.
   */
  open(run: number, scenario: Scenario, onUpdate: (update: RunUpdate) => void): Promise<void>
  /**
   * Hands over an access log under the file name by which scenarios name it, before a run that replays it is
   * opened; a later one of the same name takes its place.
   * @returns what was wrong with it, if anything
   */
  addLog(file: string, content: Blob): Promise<{ readonly records: number; readonly complaints: Complaints }>
  /** Stops computing and forgets. */
  close(run: number): Promise<void>
  /** What moves between `from` and `to`, at most `most` hops. */
  trace(run: number, from: number, to: number, most: number): Promise<TraceWindow>
  /** The instant of the next (direction 1) or previous (-1) event after or before `at`. */
  step(run: number, at: number, direction: 1 | -1): Promise<number>
  /** What became of a request and why; undefined when it has not been born in what is computed. */
  explain(run: number, request: number): Promise<Story | undefined>
  /** What happened between two instants, at most `most` facts; see run/explain/window.ts. */
  facts(run: number, from: number, to: number, filter: FactFilter, most: number): Promise<FactColumns>
  /**
   * The first instant after `from` and up to `to` at which an expectation of the scenario holds no longer, by what
   * has happened so far; undefined: none does, in what is computed (see scenario/judged.ts).
   */
  breaks(run: number, from: number, to: number): Promise<Break | undefined>
  /** Who comes between two instants, and to which replicas they stick; at most `most` people at a time. */
  crowd(run: number, from: number, to: number, most: number): Promise<Crowd>
}
