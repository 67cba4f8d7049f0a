/**
 * Kubernetes' probes of one container: startup holds back the other two until it has passed; readiness says
 * whether the pod gets requests; liveness (and a startup that never passes) has the container restarted, with
 * a back-off that doubles from 10 s to 5 min and is forgotten after 10 min.
 *
 * Probes run at whole periods from the start of the pod; one that is not due then waits for the next. The
 * first restart is made at once. Here a container has run well for long when the simulation starts.
 *
 * Source: Kubernetes 1.31, pkg/kubelet/prober/worker.go, client-go's flowcontrol.Backoff, and "Configure
 * Liveness, Readiness and Startup Probes".
 */

import { SECOND } from '../../base/time.ts'

/** Which probe. */
export const STARTUP = 0
export const READINESS = 1
export const LIVENESS = 2
export type ProbeKind = typeof STARTUP | typeof READINESS | typeof LIVENESS

/** Times in ns. */
export interface Probe {
  readonly initialDelay: number
  readonly period: number
  readonly timeout: number
  /** Passes and failures in a row that count; a pass of startup and liveness counts at once. */
  readonly success: number
  readonly failure: number
}

/** By kind; undefined: not set. */
export type Probes = readonly [startup?: Probe, readiness?: Probe, liveness?: Probe]

export interface Container {
  /** When it was started; -Infinity: before the simulation. */
  startedAt: number
  isRunning: boolean
  /** The startup probe has passed, or there is none. */
  hasStarted: boolean
  /** The readiness probe says so, or there is none. */
  isReady: boolean
  /** It has failed and waits for its restart: it is not probed. */
  onHold: boolean
  /** By kind: results alike in a row, and 1 when they are passes. */
  readonly run: Int32Array
  readonly passes: Uint8Array
  restarts: number
  /** How long the next restart has to wait, ns, and when that was set. */
  backOff: number
  backOffSetAt: number
}

const FIRST_BACK_OFF = 10 * SECOND
const LONGEST_BACK_OFF = 300 * SECOND

/** A container that has run well for long. */
export function runningContainer(): Container {
  return {
    startedAt: -Infinity,
    isRunning: true,
    hasStarted: true,
    isReady: true,
    onHold: false,
    run: new Int32Array(3),
    passes: new Uint8Array(3),
    restarts: 0,
    backOff: 0,
    backOffSetAt: -Infinity,
  }
}

/** True when its pod gets requests. */
export function isServing({ isRunning, hasStarted, isReady }: Container): boolean {
  return isRunning && hasStarted && isReady
}

/** True when a probe runs at this tick of its period. */
export function isDue(of: Container, kind: ProbeKind, probes: Probes, now: number): boolean {
  const probe = probes[kind]
  if (probe === undefined || !of.isRunning || of.onHold) return false
  if (now - of.startedAt < probe.initialDelay) return false
  return kind === STARTUP ? !of.hasStarted : of.hasStarted
}

/** A probe has ended. @returns true when the container is to be restarted */
export function concludeProbe(of: Container, kind: ProbeKind, probes: Probes, passed: boolean): boolean {
  const { success, failure } = probes[kind]!
  if ((of.passes[kind] === 1) === passed && of.run[kind]! > 0) of.run[kind]!++
  else {
    of.run[kind] = 1
    of.passes[kind] = passed ? 1 : 0
  }
  if (of.run[kind]! < (passed ? (kind === READINESS ? success : 1) : failure)) return false
  if (kind === READINESS) of.isReady = passed
  else if (passed) of.hasStarted = true
  else {
    of.onHold = true
    of.run[kind] = 0
    return true
  }
  return false
}

/** It has been stopped. @returns how long it stays so, ns */
export function containerStops(of: Container, now: number): number {
  of.isRunning = false
  if (now - of.backOffSetAt > 2 * LONGEST_BACK_OFF) of.backOff = 0
  return of.backOff
}

/** It has been started again: nothing is known of it. */
export function containerStarts(of: Container, probes: Probes, now: number): void {
  of.isRunning = true
  of.onHold = false
  of.startedAt = now
  of.hasStarted = probes[STARTUP] === undefined
  of.isReady = probes[READINESS] === undefined
  of.run.fill(0)
  of.restarts++
  of.backOff = of.backOff === 0 ? FIRST_BACK_OFF : Math.min(2 * of.backOff, LONGEST_BACK_OFF)
  of.backOffSetAt = now
}
