/**
 * What happened: the kinds of facts that the model records (see engine/fact-log.ts for the rows). Everything
 * that is measured, drawn or fingerprinted is folded from them; the model itself measures nothing.
 *
 * "Node" is the number of a replica counted over all tiers in order. "Request" is a serial number from 0 in
 * order of birth; with a fraction it is a further try of that request. Times are whole nanoseconds.
 */

/** A request is born. subject: request, object: address (32 bits), value: key, detail: client population */
export const ARRIVED = 0
/** A balancer sends it to a replica. subject: request, object: node, value: arrives at, detail: from (see `FRONT`) */
export const SENT = 1
/** It waits in a replica's queue. subject: request, object: node, value: queue length with it */
export const QUEUED = 2
/** A replica begins to serve it. subject: request, object: node, value: time waited in this queue, detail: 1 from the queue, 0 from the door */
export const STARTED = 3
/** Its service here is done and it goes on to the next tier. subject: request, object: node, detail: 1 when it keeps its slot */
export const FORWARDED = 4
/** It leaves a replica. subject: request, object: node, value: when the reply arrives upstream, detail: outcome + 16 x phase */
export const REPLIED = 5
/** Total time it spent in queues, only when above 0. subject: request, object: client population, value: ns */
export const WAITED = 6
/** The client has its answer, or gives up. subject: request, object: client population, value: latency, detail: outcome */
export const SETTLED = 7
/** A replica's true state changes. subject: share of errors, object: node, value: rate (work done per second), detail: health */
export const TRUTH = 8
/** A balancer changes its mind. subject: balancer, object: node, detail: 1 believed ready, 0 not */
export const BELIEVED = 9
/** A health check ends. subject: balancer (-1 - kind: a probe of Kubernetes), object: node, detail: 1 passed, 0 failed */
export const CHECKED = 10
/** Work was done for a client that had left. subject: request, object: node, value: ns of service */
export const WASTED = 11
/** An idle replica begins to wake up. subject: request that woke it, object: node, value: ready at */
export const SET_UP = 12
/** It waits at a balancer for a place at a replica. subject: request, object: balancer, value: how many wait with it */
export const HELD = 13
/** It waits there no more. subject: request, object: balancer, value: time waited, detail: outcome, 0 when it was sent */
export const RELEASED = 14

/** A session is served at a tier for the first time. subject: request, object: node, value: session (see model/visitors.ts) */
export const SESSION_BEGAN = 15
/** A session is served by another replica than before. subject: request, object: node, value: node before */
export const SESSION_MOVED = 16
/** What a replica knew of a session is gone. subject: request, object: node, value: node before, detail: what comes of it (see `LOSSES`) */
export const SESSION_LOST = 17

/** A health check that waits like a request sets out. subject: check (below 0), object: node, value: arrives at, detail: from (see `FRONT`) */
export const CHECK_SENT = 25

/** A replica has more slots, or fewer, than before. subject: slots before, object: node, value: slots now */
export const RESIZED = 26

/** One more try sets out. subject: try, object: pool or client population, value: further tries of its request so far, detail: who (see `BY_BALANCER`) */
export const RETRIED = 35
/** A try is over for whoever sent it. subject: try, object: pool or client population, value: ns since it set out, detail: outcome + 16 x who */
export const TRY_ENDED = 36
/** A further try is not made, as too many are under way. subject: try that has failed, object: pool, detail: who */
export const RETRY_OVERFLOWED = 37

/** It is held back at a replica. subject: request, object: node, value: until then, detail: 0 by a rate limit, 1 while its connection is opened or the request is sent */
export const HELD_BACK = 80
/** A connection is opened for it. subject: request, object: node, value: ns of work that the handshake is, detail: 0 without TLS, 1 full, 2 resumed */
export const CONNECTION_OPENED = 81
/** Connections are closed, or lost. subject: how many, object: node */
export const CONNECTION_CLOSED = 82

/** A limit that tells classes apart judges it. subject: request, object: node, value: class, over all limits of the tier, detail: 0 let in, 1 turned away */
export const JUDGED = 83

/** A node asks its cache. subject: request, object: node, value: bytes, detail: verdict (see `verdict`), + 16 when it has waited */
export const LOOKED_UP = 65
/** A fetch for a cache has ended. subject: request, object: node, value: bytes, detail: outcome, + 16 in the background, + 32 when it has not changed (304) */
export const FETCHED = 66
/** What a cache serves is old. subject: request, object: node, value: ns since it changed at its origin, 0 if it has not; detail: 1 beyond its ttl */
export const SERVED_OLD = 67
/** An object leaves a cache for another. subject: request that brought the other, object: node, value: object */
export const EVICTED = 68
/** Objects are taken out of a cache or made old from outside. subject: how many, object: node, detail: 1 made old */
export const PURGED = 69
/** A request has nothing to do with a cache that it comes to. subject: request, object: node, detail: 1 it changes something, 0 not */
export const WENT_PAST = 70
/** A write reaches a cache that holds what it has changed. subject: how many objects, object: node, detail: 0 taken out, 1 made new */
export const INVALIDATED = 71
/** A visitor asks its own cache. subject: request, object: client population, value: ns since what is held changed at its origin, 0 if it has not; detail: 1 it answers, 0 not */
export const ASKED_AT_HOME = 72
/** It waits beside a service for what the cache there fetches already. subject: request, object: node, detail: 1 it waits no more, and asks the service itself */
export const AWAITED = 73
/** A fetch in the background leaves the service that its cache stands beside. subject: request, object: node, detail: phase */
export const FETCH_LEFT = 74
/** A balancer hears of a replica, or that it is there no more. subject: balancer, object: node, detail: 1 it is there, 0 not */
export const HEARD = 50
/** Something else happens. subject: what it is about (see `HAPPENINGS`), object: node or -1, value: amount, detail: what, by number */
export const HAPPENED = 51

const NAMES = {
  [ARRIVED]: 'arrived',
  [SENT]: 'sent',
  [QUEUED]: 'queued',
  [STARTED]: 'started',
  [FORWARDED]: 'forwarded',
  [REPLIED]: 'replied',
  [WAITED]: 'waited',
  [SETTLED]: 'settled',
  [TRUTH]: 'truth',
  [BELIEVED]: 'believed',
  [CHECKED]: 'checked',
  [WASTED]: 'wasted',
  [SET_UP]: 'set-up',
  [HELD]: 'held',
  [RELEASED]: 'released',
  [CHECK_SENT]: 'check-sent',
  [RESIZED]: 'resized',
  [SESSION_BEGAN]: 'session-began',
  [SESSION_MOVED]: 'session-moved',
  [SESSION_LOST]: 'session-lost',
  [RETRIED]: 'retried',
  [TRY_ENDED]: 'try-ended',
  [RETRY_OVERFLOWED]: 'retry-overflowed',
  [LOOKED_UP]: 'looked-up',
  [FETCHED]: 'fetched',
  [SERVED_OLD]: 'served-old',
  [EVICTED]: 'evicted',
  [PURGED]: 'purged',
  [WENT_PAST]: 'went-past',
  [INVALIDATED]: 'invalidated',
  [ASKED_AT_HOME]: 'asked-at-home',
  [AWAITED]: 'awaited',
  [FETCH_LEFT]: 'fetch-left',
  [HELD_BACK]: 'held-back',
  [CONNECTION_OPENED]: 'connection-opened',
  [CONNECTION_CLOSED]: 'connection-closed',
  [JUDGED]: 'judged',
  [HEARD]: 'heard',
  [HAPPENED]: 'happened',
} as const

export type FactName = (typeof NAMES)[keyof typeof NAMES]

/** What caches say, by number. */
export * as verdict from '../policies/caching/verdicts.ts'

/** By kind. */
export const FACT_NAMES: Readonly<Record<number, FactName>> = NAMES

/** A request with at least this fraction in its number is a fetch that a cache makes for itself, of `MOST_CACHES` tiers at most. */
export const BACKGROUND_FETCH = 2 ** -8

/** Who tries again: a balancer, a client after a failure, a client whose answer is late. */
export const BY_BALANCER = 0
export const BY_CLIENT = 1
export const BY_HEDGE = 2

/** In the place of a sending node: the first balancer in front of the first tier; the next ones are FRONT - 1, FRONT - 2, … */
export const FRONT = -1

/** Where a call was when it left a replica: refused on arrival, waiting, being served, waiting for the next tier. */
export const PHASE_DOOR = 0
export const PHASE_QUEUE = 1
export const PHASE_SERVICE = 2
export const PHASE_DOWNSTREAM = 3
/** Being served, but only its TLS handshake: it is turned away after that. */
export const PHASE_HANDSHAKE = 4

/** Health as it truly is. */
export const HEALTH_UP = 0
export const HEALTH_CRASHED = 1
export const HEALTH_HUNG = 2
/** It does not exist (yet, or any more): nothing answers there. */
export const HEALTH_ABSENT = 3
/** It loads and refuses everything. */
export const HEALTH_STARTING = 4
/** It finishes what it has and refuses everything else. */
export const HEALTH_STOPPING = 5

/** What else happens, by number, with its subject. */
export const HAPPENINGS = [
  /** tier; value: new number of replicas wanted */
  'scale',
  /** tier */
  'deploy begins',
  'deploy ends',
  'deploy rolls back',
  /** client population; value: how many times as many requests */
  'spike',
  /** balancer */
  'balancer down',
  'balancer up',
  'reload',
  /** tier; value: replicas of the new version */
  'canary step',
  /** balancer, which serves from now on the address of its pair */
  'takes over',
  /** balancer; value: 1 when DNS gives its address, 0 when it does not any more */
  'dns',
  /** balancer; value: 1 when routers send to it, 0 when they do not any more */
  'routes',
] as const

/** What comes of a session whose state is lost, by number. */
export const LOSSES = ['error', 'login', 'rebuild'] as const

/** How a request (or one call of it) ended. */
export const OK = 0
/** A replica answered with an error. */
export const ERROR = 1
/** Nothing listened at the replica. */
export const REFUSED = 2
/** The replica died while it had the request. */
export const BROKEN = 3
/** The replica's queue was full. */
export const REJECTED = 4
/** The client's patience ended. */
export const TIMED_OUT = 5
/** It waited in a queue for longer than the tier allows. */
export const EXPIRED = 6
/** The balancer believed no replica to be ready. */
export const UNAVAILABLE = 7
/** Only of calls: called off because nobody waits for it any more. */
export const CANCELLED = 8
/** Whoever sent it on waited no longer. */
export const NO_ANSWER = 9
/** A replica turned it away because of its load. */
export const SHED = 10
/** It was not begun, because nobody waited for it any more. */
export const LATE = 11
/** Its client did not send it, because too many had been turned away. */
export const THROTTLED = 12
/** A rate limit, or a limit on connections, turned it away. */
export const LIMITED = 13
/** Its balancer had as much at all replicas together as it may. */
export const OVERFLOW = 14

export const OUTCOME_NAMES = [
  'ok',
  'error',
  'refused',
  'broken',
  'rejected',
  'timed out',
  'expired in queue',
  'unavailable',
  'cancelled',
  'no answer in time',
  'shed',
  'deadline passed',
  'throttled',
  'limited',
  'upstream overflow',
] as const

/** What the report counts an outcome as. */
export type OutcomeGroup = 'succeeded' | 'failed' | 'rejected' | 'timedOut'
export const OUTCOME_GROUPS: readonly OutcomeGroup[] = [
  'succeeded',
  'failed',
  'failed',
  'failed',
  'rejected',
  'timedOut',
  'rejected',
  'failed',
  'failed',
  'timedOut',
  'rejected',
  'timedOut',
  'rejected',
  'rejected',
  'rejected',
]
