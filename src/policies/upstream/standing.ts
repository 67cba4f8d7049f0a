/** Why a replica cannot be picked: one bit a reason. A replica with none of them can be picked. */

/** Its health checks say so. */
export const DOWN = 1
/** What its answers were like says so (passive health, outlier ejection). */
export const EJECTED = 2
/** It gets no new clients; those that stick to it stay. */
export const DRAINING = 4
/** An operator took it out. */
export const MAINTENANCE = 8
/** This balancer has not heard of it (yet, or any more). */
export const UNKNOWN = 16
/** It is not in the part of the tier that this balancer uses. */
export const OUTSIDE = 32
/** It has as many requests from this balancer as it may. */
export const FULL = 64
/** This request has tried it already. */
export const TRIED = 128
/** A backup behind another backup. */
export const STANDBY = 256
/** The program on it says so (agent checks). */
export const AGENT_DOWN = 512

/** What health says; ignored in panic. */
export const HEALTH = DOWN | EJECTED | AGENT_DOWN
/** What passes by itself and says nothing about health. */
export const MOMENTARY = FULL | TRIED | STANDBY
/** What even a client that sticks to the replica cannot get past. */
export const CLOSED = DOWN | EJECTED | AGENT_DOWN | MAINTENANCE | UNKNOWN | TRIED
