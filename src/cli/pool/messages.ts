/** What the command line and its threads say to each other. */

import type { Job, JobResult } from '../job.ts'

/** To a thread: one job at a time; `stop` ends it early. */
export type ToRunner = { readonly job: Job } | 'stop'

/** From a thread: the share of its job that is done, or what came of it. */
export type FromRunner = { readonly share: number } | { readonly result: JobResult | undefined }
