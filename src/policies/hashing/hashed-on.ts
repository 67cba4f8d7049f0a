/** What of a request is hashed: its key, or the client's address. */

import type { Asked } from '../balancing/strategy.ts'
import type { Param } from '../policy.ts'
import { digits, dotted, utf8 } from './bytes.ts'

export const ON = {
  kind: 'choice',
  title: 'Hashed on',
  summary:
    'What decides the replica: the key or path asked for, a header or cookie that a client always sends, or its address.',
  choices: ['key', 'path', 'header', 'cookie', 'address'],
  default: 'key',
} as const satisfies Param

/** True when what a client always sends stands in `asked.key`: the balancer puts it there. */
export function hashesClient(on: unknown): boolean {
  return on === 'header' || on === 'cookie'
}

/** The text that is hashed: that of the key (its digits, if it has no other), or the address with dots. */
export function hashedText(asked: Asked, byAddress: boolean): string {
  if (byAddress) return dotted(asked.address)
  return asked.text ?? String(asked.key)
}

/** The same as bytes; good until the next text is turned into bytes. */
export function hashedBytes(asked: Asked, byAddress: boolean): Uint8Array {
  if (asked.text === undefined && !byAddress) return digits(asked.key)
  return utf8(hashedText(asked, byAddress))
}
