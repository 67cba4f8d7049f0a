/**
 * Runs jobs on all cores. The results are those of running them one after the other, and come in the same
 * order; only the wall clock can tell.
 */

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Interruption } from '../interruption.ts'
import { type Job, type JobResult, runJob } from '../job.ts'
import type { Progress } from '../progress.ts'
import { inOrder } from './in-order.ts'
import type { FromRunner, ToRunner } from './messages.ts'

export interface Jobs {
  readonly count: number
  /** The job at a place, from 0; made when its turn comes. */
  job(place: number): Job
  /** Called with each result in the order of the jobs, undefined for those that Ctrl-C left no time for. */
  onResult(place: number, result: JobResult | undefined): void
}

/** Where the build puts runner.ts (vite.cli.config.ts): beside the command line's own file. */
const RUNNER = 'runner.js'

/** How often a thread's owner listens for Ctrl-C, milliseconds. */
const LISTEN = 50

/**
 * Runs all jobs, or those for which Ctrl-C leaves time.
 * @param threads how many at once; all cores when left out
 * @throws what a job throws
 */
export async function runJobs(
  jobs: Jobs,
  asked: Interruption,
  progress: Progress,
  threads: number = availableParallelism(),
): Promise<void> {
  const wanted = Math.min(threads, jobs.count)
  if (wanted > 1) await inThreads(jobs, wanted, asked, progress)
  else await oneByOne(jobs, asked, progress)
  progress.clear()
}

async function oneByOne(jobs: Jobs, asked: Interruption, progress: Progress): Promise<void> {
  for (let place = 0; place < jobs.count; place++) {
    const part: Progress = { show: (share) => progress.show((place + share) / jobs.count), clear() {} }
    jobs.onResult(place, asked.isAsked ? undefined : await runJob(jobs.job(place), asked, part))
  }
}

async function inThreads(
  jobs: Jobs,
  threads: number,
  asked: Interruption,
  progress: Progress,
): Promise<void> {
  const deliver = inOrder<JobResult | undefined>((place, result) => jobs.onResult(place, result))
  const shares = new Float64Array(threads)
  let next = 0
  let done = 0
  const workers = Array.from({ length: threads }, () => new Worker(new URL(RUNNER, import.meta.url)))

  function work(worker: Worker, thread: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let place = 0
      const say = (message: ToRunner) => worker.postMessage(message)
      const takeNext = () => {
        while (asked.isAsked && next < jobs.count) deliver(next++, undefined)
        if (next >= jobs.count) return resolve()
        place = next++
        say({ job: jobs.job(place) })
      }
      worker.on('error', reject)
      worker.on('exit', (code) => reject(new Error(`a thread ended by itself (${code})`)))
      worker.on('message', (message: FromRunner) => {
        if ('share' in message) shares[thread] = message.share
        else {
          shares[thread] = 0
          done++
          deliver(place, message.result)
          takeNext()
        }
        progress.show((done + shares.reduce((sum, share) => sum + share)) / jobs.count)
      })
      takeNext()
    })
  }

  const listening = setInterval(() => {
    if (asked.isAsked) for (const worker of workers) worker.postMessage('stop' satisfies ToRunner)
  }, LISTEN)
  try {
    await Promise.all(workers.map(work))
  } finally {
    clearInterval(listening)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}
