/** Kinds of events, and what their subject and object are. The table of handlers is in rules.ts. */

/** subject: client population */
export const ARRIVAL = 0
/** subject: client population, object: user */
export const USER_WAKES = 1
/** subject: request; it has crossed the clients' network */
export const REACHES_FRONT = 2
/** subject: request, object: outcome; the answer has crossed the clients' network */
export const ANSWERED = 3
/** subject: request */
export const CLIENT_TIMEOUT = 4
/** subject: call */
export const CALL_ARRIVES = 5
/** subject: call */
export const SERVICE_ENDS = 6
/** subject: call */
export const PATIENCE_ENDS = 7
/** subject: node with processor sharing, whose least call is done */
export const SHARE_ENDS = 8
/** subject: call, object: outcome */
export const REPLY_ARRIVES = 9
/** subject: node */
export const SET_UP_ENDS = 10
/** subject: pool, object: replica in it */
export const CHECK_STARTS = 11
/** subject: pool, object: replica in it; the probe has reached the replica */
export const CHECK_ARRIVES = 12
/** subject: pool, object: replica in it; the answer is back, a pass */
export const CHECK_PASSES = 13
/** subject: pool, object: replica in it; refused */
export const CHECK_REFUSED = 14
/** subject: pool, object: replica in it; no answer within the timeout */
export const CHECK_TIMES_OUT = 15
/** subject: node; a random failure begins */
export const BREAKS = 16
/** subject: node; a random failure ends */
export const REPAIRED = 17
/** subject: call; it has waited at its balancer for as long as it may */
export const LINE_TIMES_OUT = 18
/** subject: pool; its strategy sees new counts */
export const REFRESHES = 19
/** subject: pool, object: replica in it, whose weight grows while it starts slowly */
export const WEIGHS = 20
/** subject: client population, object: session; its visitor has done with thinking */
export const SESSION_GOES_ON = 21
/** subject: pool, object: replica in it; it tells of its load because a strategy has asked */
export const PROBE_ANSWERED = 22
/** subject: sending; its pause before the next try is over */
export const RESUMES = 45
/** subject: sending; its balancer waits no longer for the answer to its try */
export const TRY_IS_LATE = 46
/** subject: request; its client tries again */
export const CLIENT_TRIES = 47
/** subject: try; its client waits for it no longer */
export const CLIENT_TRY_LATE = 48
/** subject: request; no answer is there yet, one more copy is sent */
export const HEDGES = 49
/** subject: call that waits for a fetch, object: outcome that the fetch shares with it; it looks again */
export const FETCH_IS_OVER = 75
/** subject: node with a cache, object: row of news about an object that was written */
export const NEWS_ARRIVES = 76
/** subject: request; its visitor's own cache has answered */
export const ANSWERED_AT_HOME = 96
/** subject: pool, object: replica in it; the answer to a check is back, an error */
export const CHECK_ERRS = 30
/** subject: pool, object: replica in it; what passive health says of it may change */
export const LOOKS_AGAIN = 31
/** subject: pool, object: number of the rule of passive health that looks at all replicas */
export const SWEEPS = 32
/** subject: pool, object: replica in it, which was marked down */
export const SESSIONS_SHUT = 33
/** subject: pool, object: replica in it */
export const AGENT_ASKS = 34
/** subject: pool, object: replica in it; the question has reached its agent */
export const AGENT_ARRIVES = 35
/** subject: pool, object: 128 x replica in it + percent of its weight */
export const AGENT_ANSWERED = 36
/** subject: kind of probe (see policies/health/kubelet.ts), object: node */
export const PROBE_STARTS = 37
/** subject: kind of probe, object: node; no answer within the timeout */
export const PROBE_ENDS = 38
/** subject: node; its container is killed for a restart */
export const CONTAINER_STOPS = 39
/** subject: node */
export const CONTAINER_STARTS = 40
/** subject: node, which can serve from now on */
export const START_UP_ENDS = 41
/** subject: node, which becomes a little faster after its start */
export const WARMS = 42
/** subject: call, which a rate limit has held back for long enough */
export const LIMIT_GOES_ON = 90
/** subject: call; its connection is open, and all of the request is there */
export const CONNECTION_OPENS = 91
/** subject: node; its first idle connections may have been idle for long enough */
export const CONNECTION_IDLES = 92
/** subject: pair of a balancer and a replica, object: tier; the connection between them that is idle for longest is closed */
export const KEPT_IDLES = 93
/** subject: node; the next step of its life: it has booted, can serve, or stops */
export const LIFE_GOES_ON = 60
/** subject: pool, object: replica in it; the balancer hears whether it is there */
export const HEARS = 62
/** first event: replicas that do not exist yet are told as facts */
export const ROOM_IS_TOLD = 63
/** subject: node; it stands still, or goes on */
export const PAUSE_TURNS = 64
/** subject: node; it crashes, or comes back */
export const FLAP_TURNS = 65
/** subject: client population, object: which of its copies */
export const SPIKE_ARRIVAL = 66
/** subject: call; what was cut off goes on */
export const PASSES_AGAIN = 67
/** subject: tier; the next step of its canary */
export const CANARY_GOES_ON = 68
/** subject: tier; one sample of its load */
export const LOAD_IS_SAMPLED = 69
/** subject: tier; the autoscaler decides */
export const SCALES = 70
/** subject: tier, object: which entry of its schedule, counted on through repetitions */
export const SCHEDULE_SCALES = 77
/** subject: tier; what its number and versions of replicas shall be is looked at */
export const TIER_TURNS = 71
/** subject: balancer of a pair, which has heard of no master for long enough */
export const TAKES_OVER = 72
/** subject: balancer behind DNS, which hears how it is */
export const DNS_HEARS = 73
