/** Why balancers leave a replica out or give it less, in a word and a letter each; the worst first. */

export interface Standing {
  readonly bit: number
  readonly name:
    | 'maintenance'
    | 'ejected'
    | 'down'
    | 'unknown'
    | 'draining'
    | 'outside'
    | 'trial'
    | 'slow-start'
  readonly letter: string
  /** On a card. */
  readonly word: string
  /** In a sentence. */
  readonly says: string
}

/** Bits as in the protocol's levels. */
export const STANDINGS: readonly Standing[] = [
  { bit: 8, name: 'maintenance', letter: 'M', word: 'maintenance', says: 'in maintenance' },
  { bit: 2, name: 'ejected', letter: 'E', word: 'ejected', says: 'ejected for its answers' },
  { bit: 1, name: 'down', letter: 'D', word: 'down', says: 'down by its checks' },
  { bit: 16, name: 'unknown', letter: '?', word: 'not heard of', says: 'not heard of, by some balancer' },
  { bit: 4, name: 'draining', letter: 'R', word: 'draining', says: 'draining: no new clients' },
  {
    bit: 128,
    name: 'trial',
    letter: 'T',
    word: 'on trial',
    says: 'on trial: half-open, a few requests decide',
  },
  {
    bit: 64,
    name: 'slow-start',
    letter: 'S',
    word: 'slow start',
    says: 'in slow start: it gets less than its share',
  },
  { bit: 32, name: 'outside', letter: 'O', word: 'outside', says: 'outside the subset of some balancer' },
]

/** The worst of what is held against a replica; undefined: nothing. */
export function standingOf({ standing }: { readonly standing: number }): Standing | undefined {
  return standing === 0 ? undefined : STANDINGS.find(({ bit }) => (standing & bit) !== 0)
}
