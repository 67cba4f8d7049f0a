/** Hops that are no requests: handshakes while a connection is opened, and what comes onto a node from outside. */

import { OK } from '../model/facts.ts'
import { add, HANDSHAKE, type HopKind, NO_REQUEST, RESUMPTION, type Tracer } from './hops.ts'

/** A connection is opened for a request. @param how 0 without TLS, 1 with a full handshake, 2 resumed */
export function opens(t: Tracer, serial: number, how: number): void {
  const way = t.ways.get(serial)
  if (way && how > 0) way.opens = how === 1 ? HANDSHAKE : RESUMPTION
}

/** It is held back until its connection is open: messages go back to where it came from, and there again. */
export function shakesHands(t: Tracer, serial: number, node: number, at: number, until: number): void {
  const way = t.ways.get(serial)
  if (!way || way.opens === 0) return
  const from = way.senders.get(node) ?? way.front
  const middle = (at + until) / 2
  const opening = { address: way.address, kind: way.opens }
  add(t, serial, opening, node, from, at, middle, 1, OK)
  add(t, serial, opening, from, node, middle, until, 0, OK)
  way.opens = 0
}

/** Something comes from outside onto a node. */
export function outside(t: Tracer, kind: HopKind, node: number, at: number): void {
  add(t, NO_REQUEST, { kind, address: 0 }, node, node, at, at, 0, OK)
}
