/** What a checkpoint of a run holds, and how a run is put back to it. */

import { flush } from '../engine/fact-log.ts'
import { bytesOf, copyTree, restoreTree } from '../engine/tree.ts'
import type { RecorderState } from '../measure/recorder-state.ts'
import type { Cluster } from '../model/cluster.ts'
import type { Run } from './run.ts'

export interface Saved {
  readonly cluster: Omit<Cluster, 'fixed'>
  readonly recorder: RecorderState
  readonly print: { readonly lanes: Int32Array }
}

/** A copy of everything that changes in a run. */
export function save(run: Run): Saved {
  flush(run.log)
  const { fixed: _shared, ...state } = run.cluster
  return {
    cluster: copyTree(state),
    recorder: copyTree(run.recording.state),
    print: copyTree(run.print.state),
  }
}

/** Puts a run of the same clients and tiers back (or forward) to a checkpoint. */
export function restore(run: Run, saved: Saved): void {
  run.log.filled = 0
  restoreTree(run.cluster, saved.cluster)
  restoreTree(run.recording.state, saved.recorder)
  restoreTree(run.print.state, saved.print)
  run.recording.series.steps = saved.recorder.step
  run.isOver = false
}

/** Puts only the cluster back: for a replay that is looked at, not measured. */
export function restoreCluster(run: Run, saved: Saved): void {
  run.log.filled = 0
  restoreTree(run.cluster, saved.cluster)
}

/** Bytes that a checkpoint holds in its tables. */
export function sizeOf(saved: Saved): number {
  return bytesOf(saved)
}
