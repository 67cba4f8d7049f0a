/**
 * A fixed number of doubly linked lists over members that are known by number, each member in at most one
 * list at a time. Every operation costs O(1); nothing is allocated but by growing.
 *
 * Each list has a head of its own before the members, so that no end is a special case: list l is node l,
 * member m is node m + `count`.
 */

import { grown } from './keyed-rows.ts'

/** No member: what a list without members begins and ends with. */
export const NOBODY = -1

export interface Lists {
  /** The nodes after and before each node. */
  next: Int32Array
  back: Int32Array
  /** How many lists there are. */
  readonly count: number
}

/** `count` empty lists, with room for members 0 … room-1. */
export function lists(count: number, room = 0): Lists {
  const made: Lists = { next: new Int32Array(count + room), back: new Int32Array(count + room), count }
  for (let list = 0; list < count; list++) empty(made, list)
  return made
}

/** Makes a list empty without looking at its members. */
export function empty(all: Lists, list: number): void {
  all.next[list] = list
  all.back[list] = list
}

/** Makes room for a member, and for as many more as growing by doubling gives, up to `atMost` members. */
export function makeRoom(all: Lists, member: number, atMost?: number): void {
  const { next, back, count } = all
  if (member + count < next.length) return
  let room = next.length - count
  while (room <= member) room = grown(room, atMost)
  all.next = new Int32Array(count + room)
  all.next.set(next)
  all.back = new Int32Array(count + room)
  all.back.set(back)
}

/** Puts a member that is in no list at the front of one. */
export function putFirst(all: Lists, list: number, member: number): void {
  putAfter(all, list, member + all.count)
}

/** Puts a member that is in no list at the end of one. */
export function putLast(all: Lists, list: number, member: number): void {
  putAfter(all, all.back[list]!, member + all.count)
}

/** Puts a member that is in no list behind one that is, in the same list. */
export function putBehind(all: Lists, other: number, member: number): void {
  putAfter(all, other + all.count, member + all.count)
}

/** Takes a member out of the list that it is in. */
export function takeOut(all: Lists, member: number): void {
  const { next, back } = all
  const node = member + all.count
  const before = back[node]!
  const after = next[node]!
  next[before] = after
  back[after] = before
}

/** The first member of a list, or `NOBODY`. */
export function firstOf(all: Lists, list: number): number {
  return memberOf(all, all.next[list]!)
}

/** The last member of a list, or `NOBODY`. */
export function lastOf(all: Lists, list: number): number {
  return memberOf(all, all.back[list]!)
}

/** The member before another in its list, or `NOBODY`. */
export function beforeOf(all: Lists, member: number): number {
  return memberOf(all, all.back[member + all.count]!)
}

function memberOf(all: Lists, node: number): number {
  return node < all.count ? NOBODY : node - all.count
}

function putAfter(all: Lists, before: number, node: number): void {
  const { next, back } = all
  const after = next[before]!
  next[before] = node
  back[node] = before
  next[node] = after
  back[after] = node
}
