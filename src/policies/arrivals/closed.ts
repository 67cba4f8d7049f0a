/**
 * A closed population: a fixed number of users, each of whom sends, waits for the answer, thinks, and sends
 * again. So the load falls when the answers come late. Each user's first request comes after one think time.
 */

import type { ParamSpec } from '../policy.ts'
import type { Arrivals } from './arrivals.ts'

const params = {
  users: {
    kind: 'integer',
    title: 'Users',
    summary: 'How many users there are; at most this many requests are ever under way.',
    min: 1,
    max: 10_000_000,
  },
  thinkTime: {
    kind: 'distribution',
    title: 'Think time',
    summary: 'From an answer to the same user’s next request, drawn anew each time.',
  },
} as const satisfies ParamSpec

export const closed: Arrivals = {
  name: 'closed',
  title: 'Closed',
  summary: 'Users who wait for their answer before they ask again: the load slows down with the system.',
  source: 'Scherr (1967); Schroeder et al., "Open versus closed: a cautionary tale" (NSDI 2006)',
  params,
  mode: 'closed',
  memory: 0,
}
