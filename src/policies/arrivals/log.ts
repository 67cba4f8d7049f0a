/** Arrivals as an access log recorded them; the log also says who asked, for what, and how large it was. */

import type { ParamSpec } from '../policy.ts'
import type { Arrivals } from './arrivals.ts'

const params = {
  file: { kind: 'text', title: 'File', summary: 'Access log in common or combined format.' },
  speed: {
    kind: 'number',
    title: 'Speed',
    summary: 'How many times faster than recorded it is played.',
    default: 1,
    min: 0,
    above: true,
  },
  spread: {
    kind: 'choice',
    title: 'Spread',
    summary:
      'Logs know whole seconds only: spread the requests of a second evenly, at random, or not at all.',
    choices: ['even', 'random', 'none'],
    default: 'even',
  },
} as const satisfies ParamSpec

export const log: Arrivals = {
  name: 'log',
  title: 'Access log',
  summary: 'Replays a web server’s access log: its instants, clients, paths and sizes.',
  source: 'Apache HTTP Server documentation, mod_log_config (combined log format)',
  params,
  mode: 'log',
  memory: 0,
}
