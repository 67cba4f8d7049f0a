/** What well-known columns are called on charts, and which of them belong together. */

export interface Words {
  readonly title: string
  readonly definition: string
  /** Its columns, and what each is called there; itself alone when absent. */
  readonly members?: Readonly<Record<string, string>>
}

/** Families of a tier's columns with words of their own; they come in this order. */
const TIERS: Readonly<Record<string, Words>> = {
  capacity: {
    title: 'Offered load and capacity',
    definition:
      'Requests per second that are asked of the tier, further tries among them; beside them what its replicas can serve as they truly are, and what balancers believe they can serve. Slots × speed ÷ mean work: queues, caches and slots kept for the next tier are not in it.',
    members: {
      offeredPerSecond: 'offered',
      capacityAlivePerSecond: 'capacity alive',
      capacityBelievedPerSecond: 'capacity believed',
    },
  },
  replicas: {
    title: 'Replicas alive and believed',
    definition:
      'Replicas that serve, those that balancers believe ready (on average over balancers), and those that exist and are paid for.',
    members: { replicasAlive: 'alive', replicasBelieved: 'believed', replicasPaid: 'paid for' },
  },
  hitRate: {
    title: 'Hit rate',
    definition: 'Requests that a cache answered by itself, of all that asked it, in each step.',
  },
  byteHitRate: {
    title: 'Hit rate of bytes',
    definition: 'Bytes of the requests that a cache answered by itself, of all that asked it, in each step.',
  },
  fetchesPerSecond: {
    title: 'Load on the origin',
    definition: 'Requests per second that caches sent on to where the content comes from.',
  },
  sessionsMovedPerSecond: {
    title: 'Sessions moved and broken',
    definition:
      'Sessions per second that another replica served than the one before, and those of them whose state was lost with that.',
    members: { sessionsMovedPerSecond: 'moved', sessionsBrokenPerSecond: 'broken' },
  },
  sessionsBegunPerSecond: {
    title: 'Sessions begun',
    definition: 'Sessions per second that were served for the first time.',
  },
  imbalance: {
    title: 'Imbalance',
    definition:
      'Requests that went to the busiest replica of a tier, as a multiple of the average: 1 is perfectly even.',
  },
  jain: {
    title: 'Jain index',
    definition:
      'How evenly requests are spread over the replicas of a tier: 1 is even, 1 ÷ replicas is all at one.',
  },
  cv: {
    title: 'Coefficient of variation',
    definition:
      'How unevenly requests are spread over the replicas of a tier: deviation over mean, 0 is even.',
  },
  handshakesPerSecond: {
    title: 'Handshakes and connections opened',
    definition: 'Connections that were opened per second, and the TLS handshakes among them.',
    members: { connectionsOpenedPerSecond: 'opened', handshakesPerSecond: 'handshakes' },
  },
  resumptionRate: {
    title: 'Handshakes that resumed',
    definition: 'Share of TLS handshakes that went on with an earlier session, which costs less.',
  },
  connections: {
    title: 'Open connections',
    definition: 'Connections of visitors that are open to the replicas of a tier.',
  },
  replicaSeconds: {
    title: 'Cost so far, replica-seconds',
    definition: 'Seconds for which replicas have existed, all together: what one pays for.',
  },
}

/** Of populations of clients. */
const CLIENTS: Readonly<Record<string, Words>> = {
  succeededPerSecond: {
    title: 'Succeeded, by population',
    definition: 'Requests of each population of clients that succeeded, per second.',
  },
  limitedPerSecond: {
    title: 'Limited, by population',
    definition: 'Requests of each population of clients that a limit turned away, per second.',
  },
}

/** By what columns are of: the first word of their ids. */
export const SCOPES: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  tiers: TIERS,
  clients: CLIENTS,
}

/** Columns of the whole cluster with words of their own. */
export const OVERALL: Readonly<Record<string, Words>> = {
  errorBudgetBurnt: {
    title: 'Error budget burnt',
    definition:
      'Share of the error budget that is used up: requests without success so far, over those that the objective allows (what the scenario expects of availability, else 99.9 %). Above 100 % the objective is missed.',
  },
  clientHitRate: {
    title: 'Answered by visitors’ own caches',
    definition: 'Requests that a visitor’s own cache answered, of all that asked one; they reach no network.',
  },
  inSystem: {
    title: 'In the system',
    definition: 'Requests that clients wait for at once, averaged over each step.',
  },
  arrivalsPerSecond: {
    title: 'Arrivals',
    definition: 'Requests that clients send, per second, without further tries.',
  },
}
