/** A thread of the command line: takes jobs and gives back what came of them. */

import { parentPort } from 'node:worker_threads'
import { runJob } from '../job.ts'
import type { FromRunner, ToRunner } from './messages.ts'

if (parentPort === null) throw new Error('this file is a thread of the command line, not a program')
const port = parentPort
const tell = (message: FromRunner) => port.postMessage(message)
const asked = { isAsked: false }

port.on('message', (message: ToRunner) => {
  if (message === 'stop') asked.isAsked = true
  else {
    // What goes wrong is thrown in this thread, which ends it and is thrown again by the pool.
    void runJob(message.job, asked, { show: (share) => tell({ share }), clear() {} }).then((result) =>
      tell({ result }),
    )
  }
})
