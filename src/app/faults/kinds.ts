/** Everything that can be made to happen, with what it is about and what can be set: menus, forms and the palette are made from it. */

/** What a timed entry can be about. */
export type TargetKind = 'replica' | 'tier' | 'balancer' | 'clients' | 'zone'

/** A number that an entry says, as people enter it. */
export interface Amount {
  /** The setting in the file; with a dot: inside a map. */
  readonly key: string
  /** In full, for screen readers: `How many times slower`. */
  readonly title: string
  /** Stands before the number where there is no room for the title. */
  readonly short?: string
  /** Shown after the number; `%`, `s` and `ms` are written into the file with it. */
  readonly unit: '×' | '%' | 's' | 'ms' | ''
  /** undefined: the file says nothing unless somebody does. */
  readonly initial: number | undefined
  /** What is meant while nothing is said; `all` when left out. */
  readonly otherwise?: string
  readonly min: number
  readonly max: number
  readonly step: number
}

/** One of several words, or a yes. */
export interface Option {
  readonly key: string
  readonly title: string
  /** Empty of `strategy`: whatever strategies there are. */
  readonly choices: readonly { readonly id: string; readonly title: string }[]
  /** What a form begins with, where that is not the first choice. */
  readonly initial?: string
}

export interface Kind {
  /** As the file writes it. */
  readonly id: string
  readonly section: 'faults' | 'rollouts'
  readonly title: string
  /** A sentence. */
  readonly summary: string
  readonly on: readonly TargetKind[]
  readonly amounts: readonly Amount[]
  readonly options: readonly Option[]
  /** True: it may end by itself (`for`). */
  readonly canLast: boolean
  /** Seconds after which a form lets it end; left out: it does not end by itself. */
  readonly lasts?: number
  /** True: it may be on the way from one sender only. */
  readonly hasFrom?: true
  /** Only where the tier has a cache. */
  readonly needsCache?: true
  /** Only where balancers check the tier's replicas. */
  readonly needsChecks?: true
}

const REPLICAS: readonly TargetKind[] = ['replica', 'tier']

function kind(
  id: string,
  title: string,
  summary: string,
  on: readonly TargetKind[],
  more: Partial<Omit<Kind, 'id' | 'title' | 'summary' | 'on'>> = {},
): Kind {
  return { id, title, summary, on, section: 'faults', amounts: [], options: [], canLast: false, ...more }
}

function amount(
  key: string,
  title: string,
  unit: Amount['unit'],
  initial: number | undefined,
  [min, max, step]: readonly [min: number, max: number, step: number],
  short?: string,
): Amount {
  return { key, title, unit, initial, min, max, step, ...(short && { short }) }
}

const SECONDS = [0.001, 86_400, 0.5] as const
const AS_IT_IS = { otherwise: 'as it is' } as const
const SHARE = [0.1, 100, 5] as const

const PURGED_KEYS = amount(
  'keys',
  'Percent of the keys that are meant, as by a ban',
  '%',
  undefined,
  SHARE,
  'keys',
)

/** In the order in which menus show them. */
export const KINDS: readonly Kind[] = [
  kind(
    'crash',
    'Crash',
    'Dies: what it has fails at once, and nothing listens any more.',
    [...REPLICAS, 'balancer'],
    {
      canLast: true,
    },
  ),
  kind('hang', 'Hang', 'Accepts requests and never answers.', REPLICAS, { canLast: true }),
  kind('slow', 'Slow', 'Takes so many times as long for everything; below 1 it is faster.', REPLICAS, {
    amounts: [amount('factor', 'How many times slower', '×', 5, [0.05, 1e6, 0.5])],
    canLast: true,
  }),
  kind('errors', 'Errors', 'Fails a share of its requests fast: a gray failure.', REPLICAS, {
    amounts: [
      amount('share', 'Percent of requests that fail', '%', 30, SHARE),
      amount('keys', 'Percent of the keys that it strikes', '%', undefined, SHARE),
    ],
    options: [
      {
        key: 'breaksOff',
        title: 'How it fails',
        choices: [
          { id: '', title: 'an error as answer' },
          { id: 'true', title: 'breaks off (502)' },
        ],
      },
    ],
    canLast: true,
  }),
  kind('pause', 'Pause', 'Stands still now and then, as for garbage collection.', REPLICAS, {
    amounts: [
      amount('every', 'Seconds between pauses', 's', 5, SECONDS, 'every'),
      amount('lasts', 'Milliseconds that a pause lasts', 'ms', 500, [1, 1e6, 100], 'for'),
    ],
    canLast: true,
  }),
  kind('flap', 'Flap', 'Crashes and comes back, again and again.', REPLICAS, {
    amounts: [
      amount('up', 'Seconds up', 's', 5, SECONDS, 'up'),
      amount('down', 'Seconds down', 's', 2, SECONDS, 'down'),
    ],
    canLast: true,
  }),
  kind('restart', 'Restart', 'Dies, and is back after a time.', REPLICAS, {
    amounts: [amount('takes', 'Seconds that the restart takes', 's', 10, SECONDS, 'takes')],
  }),
  kind('partition', 'Cut off', 'No request reaches it, from one sender or from all.', REPLICAS, {
    options: [
      {
        key: 'as',
        title: 'What a request meets',
        choices: [
          { id: '', title: 'nothing comes back' },
          { id: 'refuse', title: 'refused at once' },
        ],
      },
    ],
    hasFrom: true,
    canLast: true,
  }),
  kind('latency', 'Far away', 'Each way there and back takes longer.', REPLICAS, {
    amounts: [amount('add', 'Milliseconds added each way', 'ms', 50, [0.001, 1e7, 10], '+')],
    hasFrom: true,
    canLast: true,
  }),
  kind('loss', 'Loss', 'A share of the messages is lost, and sent again.', REPLICAS, {
    amounts: [amount('share', 'Percent of messages that are lost', '%', 5, [0.1, 99.9, 1])],
    hasFrom: true,
    canLast: true,
  }),
  kind('recover', 'Recover', 'Well again.', [...REPLICAS, 'balancer']),
  kind('outage', 'Zone outage', 'All replicas of the zone die, in all tiers.', ['zone'], { canLast: true }),
  kind('drain', 'Drain', 'Gets no new clients, and finishes what it has.', REPLICAS, { canLast: true }),
  kind('undrain', 'Undrain', 'Gets clients as before.', REPLICAS),
  kind('weight', 'Weight', 'Has only a share of its weight with the balancers.', REPLICAS, {
    amounts: [amount('share', 'Percent of its weight', '%', 50, [0, 100, 10])],
    canLast: true,
  }),
  kind('slots', 'Slots', 'Serves so many at once; what it is serving it serves to the end.', REPLICAS, {
    amounts: [amount('to', 'How many slots of each', '', 2, [1, 10_000, 1], 'to')],
    canLast: true,
  }),
  kind('purge', 'Purge', 'Its cache is emptied.', REPLICAS, { needsCache: true, amounts: [PURGED_KEYS] }),
  kind(
    'softPurge',
    'Soft purge',
    'What its cache holds is old from now on, and served while it is fetched.',
    REPLICAS,
    {
      needsCache: true,
      amounts: [PURGED_KEYS],
    },
  ),
  kind(
    'update',
    'New content',
    'All that its cache holds changes at its origin, and nobody tells it.',
    REPLICAS,
    {
      needsCache: true,
    },
  ),
  kind('scale', 'Scale', 'Shall have so many replicas.', ['tier'], {
    amounts: [amount('to', 'How many replicas', '', 5, [1, 20_000, 1], 'to')],
  }),
  kind('deploy', 'Deploy', 'A new version replaces the present one.', ['tier'], {
    section: 'rollouts',
    options: [
      {
        key: 'strategy',
        title: 'How it is replaced',
        choices: [
          { id: 'rolling', title: 'rolling' },
          { id: 'recreate', title: 'recreate' },
          { id: 'blue-green', title: 'blue-green' },
          { id: 'canary', title: 'canary' },
        ],
      },
    ],
    amounts: [
      amount('maxSurge', 'How many more there may be meanwhile', '', 1, [0, 20_000, 1], 'surge'),
      amount('maxUnavailable', 'How many fewer there may be meanwhile', '', 0, [0, 20_000, 1], 'missing'),
      amount('version.speed', 'Speed of the new version', '×', 1, [0.001, 1e6, 0.1], 'speed'),
      amount(
        'version.errors',
        'Percent of requests that the new version fails',
        '%',
        0,
        [0, 100, 5],
        'errors',
      ),
      amount('canary.replicas', 'Replicas of the canary', '', 1, [1, 20_000, 1], 'canaries'),
      amount('canary.for', 'Seconds that the canary is watched', 's', 10, [0.001, 86_400, 1], 'watched'),
      amount(
        'canary.rollbackAbove',
        'Percent of errors above which it is undone',
        '%',
        5,
        [0, 100, 1],
        'undone above',
      ),
    ],
  }),
  kind(
    'balance',
    'Other strategy',
    'Its balancers choose by another strategy, and know what they knew.',
    ['tier'],
    {
      options: [{ key: 'with', title: 'Strategy', choices: [], initial: 'least-connections' }],
    },
  ),
  kind(
    'checks',
    'Other checks',
    'Its balancers check by other settings, and believe what they believed.',
    ['tier'],
    {
      needsChecks: true,
      amounts: [
        amount('interval', 'Seconds from one check to the next', 's', 1, SECONDS, 'every'),
        {
          ...amount('timeout', 'Seconds until a check has failed', 's', undefined, SECONDS, 'timeout'),
          ...AS_IT_IS,
        },
        {
          ...amount('fall', 'Failures in a row that take it out', '', undefined, [1, 1000, 1], 'fall'),
          ...AS_IT_IS,
        },
        {
          ...amount('rise', 'Passes in a row that bring it back', '', undefined, [1, 1000, 1], 'rise'),
          ...AS_IT_IS,
        },
      ],
    },
  ),
  kind('spike', 'Spike', 'Sends so many times as many requests; below 1 fewer.', ['clients'], {
    amounts: [amount('factor', 'How many times as many requests', '×', 3, [0.01, 1000, 0.5])],
    canLast: true,
  }),
  kind('reload', 'Reload', 'Reads its configuration anew and forgets its counts.', ['balancer']),
]

/** Not a timed entry but a population of its own that begins to send; it is about nobody in particular. */
export const FLOOD = kind('flood', 'Flood (attack)', 'Attackers with many addresses begin to send.', [], {
  amounts: [
    amount('rate', 'Requests per second of the flood', '', 1000, [1, 1e6, 100]),
    amount('addresses', 'Addresses that the flood comes from', '', 20, [1, 1e6, 10]),
  ],
  canLast: true,
  lasts: 10,
})

/** All that a person can make happen. */
export const HAPPENINGS: readonly Kind[] = [...KINDS, FLOOD]

/** @throws Error when there is none of that id. */
export function kindOf(id: string): Kind {
  const found = HAPPENINGS.find((one) => one.id === id)
  if (!found) throw new Error(`nothing that can happen is called ${id}`)
  return found
}
