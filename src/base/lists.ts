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

/** Where the node before stands, behind the one after. */
const BACK = 1

export interface Lists {
  /** The nodes after and before each node: two numbers a node, side by side. */
  links: Int32Array
  /** How many lists there are. */
  readonly count: number
}

/** `count` empty lists, with room for members 0 … room-1. */
export function lists(count: number, room = 0): Lists {
  const made: Lists = { links: new Int32Array(2 * (count + room)), count }
  for (let list = 0; list < count; list++) empty(made, list)
  return made
}

/** Makes a list empty without looking at its members. */
export function empty(all: Lists, list: number): void {
  all.links[list << 1] = list
  all.links[(list << 1) | BACK] = list
}

/** Makes room for a member, and for as many more as growing by doubling gives, up to `atMost` members. */
export function makeRoom(all: Lists, member: number, atMost?: number): void {
  const { links, count } = all
  let room = (links.length >> 1) - count
  if (member < room) return
  while (room <= member) room = grown(room, atMost)
  all.links = new Int32Array(2 * (count + room))
  all.links.set(links)
}

/** Puts a member that is in no list at the front of one. */
export function putFirst(all: Lists, list: number, member: number): void {
  putAfter(all, list, member + all.count)
}

/** Puts a member that is in no list at the end of one. */
export function putLast(all: Lists, list: number, member: number): void {
  putAfter(all, all.links[(list << 1) | BACK]!, member + all.count)
}

/** Puts a member that is in no list behind one that is, in the same list. */
export function putBehind(all: Lists, other: number, member: number): void {
  putAfter(all, other + all.count, member + all.count)
}

/** Takes a member out of the list that it is in. */
export function takeOut(all: Lists, member: number): void {
  const { links } = all
  const node = (member + all.count) << 1
  const after = links[node]!
  const before = links[node | BACK]!
  links[before << 1] = after
  links[(after << 1) | BACK] = before
}

/** The first member of a list, or `NOBODY`. */
export function firstOf(all: Lists, list: number): number {
  return memberOf(all, all.links[list << 1]!)
}

/** The last member of a list, or `NOBODY`. */
export function lastOf(all: Lists, list: number): number {
  return memberOf(all, all.links[(list << 1) | BACK]!)
}

/** The member before another in its list, or `NOBODY`. */
export function beforeOf(all: Lists, member: number): number {
  return memberOf(all, all.links[((member + all.count) << 1) | BACK]!)
}

function memberOf(all: Lists, node: number): number {
  return node < all.count ? NOBODY : node - all.count
}

function putAfter(all: Lists, before: number, node: number): void {
  const { links } = all
  const after = links[before << 1]!
  links[before << 1] = node
  links[node << 1] = after
  links[(node << 1) | BACK] = before
  links[(after << 1) | BACK] = node
}
